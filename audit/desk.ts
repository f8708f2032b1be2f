import { isHex } from '@hexhail/protocol/hex.ts'
import { RECORD_ENVELOPE_MAX } from '@hexhail/protocol/record-envelope.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Lines of text that stay: a file, or memory in tests. */
export interface DeskLog {
  /** All whole lines, oldest first. */
  read(): Promise<readonly string[]>
  /** Resolves when the line would survive a crash. */
  append(line: string): Promise<void>
}

/** A sealed trip record as it lies at the desk; only the authority's key opens it. */
export interface FiledRecord {
  /** 1, 2, 3 … in the order of arrival, without a gap. */
  readonly seq: number
  readonly terms: Hex
  /** Base64. */
  readonly sealed: string
  readonly atMs: number
}

/** A filed record with whether the chain has a settlement for its trip; `pending` may still get one. */
export type ListedRecord = FiledRecord & { readonly status: 'settled' | 'pending' | 'unknown' }

/** Why something is not taken in. */
export type DeskCode = 'terms' | 'sealed' | 'size' | 'crowded' | 'full'

/** The audit node's memory of sealed trip records. */
export interface Desk {
  /** Takes a record in, or says why not. What lies here already is accepted again with its number. */
  file(terms: unknown, sealed: unknown): Promise<Verdict<{ seq: number; isNew: boolean }, DeskCode>>
  /** Records after a number, oldest first, at most `limit`. */
  list(after: number, limit?: number): readonly ListedRecord[]
  /** Trips that something is filed for, whose digest begins with these hex digits: who asks need not say for which. */
  filed(prefix: string): readonly Hex[]
  readonly size: number
}

/** What the desk needs from outside. */
export interface DeskDeps {
  readonly log: DeskLog
  readonly now: () => number
  /** Whether the chain has a settlement for these terms; absent = not known here. */
  readonly isSettled?: (terms: Hex) => boolean
}

/** Sealed bytes of one record, at most. */
export const SEALED_MAX = RECORD_ENVELOPE_MAX
/** Smallest thing that can be a sealed message: an X25519 key, a tag and one byte. */
const SEALED_MIN = 49
/** Different records for one trip, at most: anyone may file, so a stranger's junk must not shut out the true one. */
const MOST_PER_TRIP = 8
/** Records in all: about 300 MB of log, and of memory. */
const MOST_RECORDS = 100_000
/** Records in one answer, at most. */
export const MOST_LISTED = 500

/** Opens the desk over its log; lines that are torn or not ours are passed over. */
export async function createDesk({ log, now, isSettled }: DeskDeps): Promise<Desk> {
  const records: FiledRecord[] = []
  const byTrip = new Map<Hex, FiledRecord[]>()
  const keep = (record: FiledRecord) => {
    records.push(record)
    byTrip.set(record.terms, [...(byTrip.get(record.terms) ?? []), record])
  }
  for (const line of await log.read()) {
    const record = parseLine(line, records.length + 1)
    if (record) keep(record)
  }
  let tail: Promise<unknown> = Promise.resolve()

  const take = async (
    terms: Hex,
    sealed: string,
  ): Promise<Verdict<{ seq: number; isNew: boolean }, DeskCode>> => {
    const there = byTrip.get(terms) ?? []
    const same = there.find(each => each.sealed === sealed)
    if (same) return accept({ seq: same.seq, isNew: false })
    if (there.length >= MOST_PER_TRIP) return ignore('crowded')
    if (records.length >= MOST_RECORDS) return ignore('full')
    const record: FiledRecord = { seq: records.length + 1, terms, sealed, atMs: now() }
    await log.append(JSON.stringify(record))
    keep(record)
    return accept({ seq: record.seq, isNew: true })
  }

  return {
    get size() {
      return records.length
    },
    file(terms, sealed) {
      if (!isHex(terms, 32)) return Promise.resolve(reject('terms'))
      const fault = sealedFault(sealed)
      if (fault) return Promise.resolve(reject(fault))
      const taken = tail.then(() => take(terms.toLowerCase() as Hex, sealed as string))
      tail = taken.catch(() => undefined) // a full disk fails this filing, not the next
      return taken
    },
    filed: prefix => [...byTrip.keys()].filter(terms => terms.startsWith(`0x${prefix}`)),
    list(after, limit = MOST_LISTED) {
      const from = Math.max(0, Math.floor(after))
      return records.slice(from, from + Math.min(MOST_LISTED, Math.max(1, limit))).map(record => ({
        ...record,
        status: isSettled ? (isSettled(record.terms) ? 'settled' : 'pending') : 'unknown',
      }))
    },
  }
}

/** A log in memory: for tests, and for an audit node that keeps nothing. */
export function createMemoryLog(lines: string[] = []): DeskLog {
  return {
    read: async () => [...lines],
    append: async line => {
      lines.push(line)
    },
  }
}

function sealedFault(sealed: unknown): 'sealed' | 'size' | null {
  if (typeof sealed !== 'string') return 'sealed'
  if (sealed.length > Math.ceil(SEALED_MAX / 3) * 4) return 'size'
  if (sealed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(sealed)) return 'sealed'
  const padding = sealed.endsWith('==') ? 2 : sealed.endsWith('=') ? 1 : 0
  const bytes = (sealed.length / 4) * 3 - padding
  return bytes > SEALED_MAX || bytes < SEALED_MIN ? 'size' : null
}

function parseLine(line: string, seq: number): FiledRecord | null {
  try {
    const { terms, sealed, atMs } = JSON.parse(line) as Partial<FiledRecord>
    if (!isHex(terms, 32) || sealedFault(sealed) !== null || !Number.isSafeInteger(atMs)) return null
    return { seq, terms: terms.toLowerCase() as Hex, sealed: sealed as string, atMs: atMs as number }
  } catch {
    return null
  }
}
