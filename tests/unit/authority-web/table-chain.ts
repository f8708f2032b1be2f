import type { Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import type { SealedRecord } from '@hexhail/audit/desk-client.ts'
import type { AuthorityPorts, KeyShelf } from '@hexhail/authority-web/ports.ts'
import type { Lane, Permit } from '@hexhail/chain/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The ports of the authority's page over plain memory, with hands to move what is behind them. */
export interface TableChain {
  readonly ports: AuthorityPorts
  tell(type: 'fact' | 'undone', fact: ChainFact): void
  setUp(up: boolean): void
  readonly filed: SealedRecord[]
  readonly released: Spent[]
  readonly proven: Set<Hex>
  readonly permits: Map<Hex, Permit>
  /** What is held of a rider, by `rider lane`. */
  readonly lanes: Map<string, Lane>
  /** When open cases end, unix seconds, by trip. */
  readonly cases: Map<Hex, number>
  /** Levy that waits, by tariff. */
  readonly pots: Map<number, bigint>
  deskIsDown: boolean
  nowMs: number
  /** Runs what is due at every interval once. */
  tick(): void
}

/** A chain, a desk and a shelf on a table. */
export function tableChain(
  auditKey: Hex,
  tariffs: ReadonlyMap<number, Tariff>,
  shelf: KeyShelf = memoryShelf(),
): TableChain {
  const listeners = new Set<(change: { type: 'fact' | 'undone'; fact: ChainFact }) => void>()
  const statuses = new Set<(up: boolean) => void>()
  const timers = new Set<() => void>()
  const add = <T>(set: Set<T>, each: T) => {
    set.add(each)
    return () => void set.delete(each)
  }
  const table: TableChain = {
    filed: [],
    released: [],
    proven: new Set(),
    permits: new Map(),
    lanes: new Map(),
    cases: new Map(),
    pots: new Map(),
    deskIsDown: false,
    nowMs: 0,
    tell: (type, fact) => {
      for (const listener of listeners) listener({ type, fact })
    },
    setUp: up => {
      for (const status of statuses) status(up)
    },
    tick: () => {
      for (const run of timers) run()
    },
    ports: {
      reader: {
        tariff: async id => {
          const found = tariffs.get(id)
          if (!found) throw new Error(`no tariff ${id}`)
          return found
        },
        permit: async (_, driver) =>
          table.permits.get(driver) ?? { untilS: 0, credential: `0x${'0'.repeat(64)}`, vehicle: null },
        levy: async id => table.pots.get(id) ?? 0n,
        proves: async fact => table.proven.has(fact.txHash),
        caseEndsS: async terms => table.cases.get(terms) ?? 0,
        lane: async (rider, lane) =>
          table.lanes.get(`${rider} ${lane}`) ?? { held: 0n, seq: 0n, terms: `0x${'0'.repeat(64)}` },
      },
      follower: {
        on: listener => add(listeners, listener),
        onStatus: listener => add(statuses, listener),
        caughtUp: async () => {},
        [Symbol.asyncDispose]: async () => {
          listeners.clear()
          statuses.clear()
        },
      },
      desk: {
        releases: async () => {
          if (table.deskIsDown) throw new Error('the desk is down')
          return table.released
        },
        list: async after => {
          if (table.deskIsDown) throw new Error('the desk is away')
          return table.filed.filter(each => each.seq > after).slice(0, 500)
        },
      },
      shelf,
      auditKey,
      tariffId: 1,
      now: () => table.nowMs,
      every: (_, run) => add(timers, run),
      report: () => {},
    },
  }
  return table
}

/** A shelf that forgets when the page closes. */
export function memoryShelf(): KeyShelf {
  let kept: readonly CryptoKeyPair[] | null = null
  return {
    load: async () => kept,
    save: async keys => {
      kept = keys
    },
    remove: async () => {
      kept = null
    },
  }
}
