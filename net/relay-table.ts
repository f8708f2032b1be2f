import type { RelayRecord } from './relay-record.ts'

/** What became of a record that was handed to the table. */
export type Filing = 'new' | 'renewed' | 'older' | 'full' | 'crowded'

/** Bounds of the table. */
interface TableLimits {
  readonly maxRelays: number
  /** Relays of one network: one party may own all of it. */
  readonly maxPerPrefix: number
}

const LIMITS: TableLimits = { maxRelays: 64, maxPerPrefix: 4 }

/**
 * The newest record of each relay that is believed. Who stands in it keeps his place while he renews it; newcomers push nobody
 * out, so a flood of new relays cannot make us forget the old ones.
 */
export class RelayTable {
  readonly #records = new Map<string, RelayRecord>()
  readonly #limits: TableLimits
  readonly #now: () => number

  constructor(now: () => number, limits: Partial<TableLimits> = {}) {
    this.#now = now
    this.#limits = { ...LIMITS, ...limits }
  }

  get(peer: string): RelayRecord | undefined {
    const record = this.#records.get(peer)
    return record !== undefined && record.expiresAtMs > this.#now() ? record : undefined
  }

  list(): RelayRecord[] {
    return [...this.#records.values()].filter(record => record.expiresAtMs > this.#now())
  }

  put(record: RelayRecord): Filing {
    this.sweep()
    const known = this.#records.get(record.peer)
    if (known !== undefined && known.issuedAtMs >= record.issuedAtMs) return 'older'
    if (known === undefined && this.#records.size >= this.#limits.maxRelays) return 'full'
    const prefixes = new Set(record.addrs.map(addr => addr.prefix))
    const neighbours = [...this.#records.values()].filter(
      other => other !== known && other.addrs.some(addr => prefixes.has(addr.prefix)),
    )
    if (neighbours.length >= this.#limits.maxPerPrefix) return 'crowded'
    this.#records.set(record.peer, record)
    return known === undefined ? 'new' : 'renewed'
  }

  /** Forgets the records that are over; returns their relays. */
  sweep(): string[] {
    const over = [...this.#records.values()].filter(record => record.expiresAtMs <= this.#now())
    for (const { peer } of over) this.#records.delete(peer)
    return over.map(({ peer }) => peer)
  }
}
