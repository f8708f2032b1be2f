import { isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { inBatches } from './in-batches.ts'
import { sealedFault } from './sealed-fault.ts'
import type { RecordStore, StoredRecord } from './store/record-store.ts'

/** A sealed trip record as it lies at the desk; only the authority's key opens it. */
interface FiledRecord {
  /** 1, 2, 3 … in the order of arrival, without a gap. */
  readonly seq: number
  readonly terms: Hex
  /** Base64. */
  readonly sealed: string
  readonly atMs: number
}

/** A filed record with whether the chain has a settlement for its trip; `pending` may still get one. */
export type ListedRecord = FiledRecord & { readonly status: 'settled' | 'pending' | 'unknown' }

/** A record that is on disk. */
export interface Filed {
  readonly record: StoredRecord
  readonly isNew: boolean
}

/** Why something is not taken in. */
export type DeskCode = 'terms' | 'sealed' | 'size' | 'crowded'

/** The audit node's desk for sealed trip records. */
export interface Desk {
  /** Takes a record in, or says why not. What lies here already is accepted again with its number. */
  file(terms: unknown, sealed: unknown): Promise<Verdict<Filed, DeskCode>>
  /** Records after a number, oldest first, at most `limit`. */
  list(after: number, limit?: number): Promise<readonly ListedRecord[]>
  /** Trips that something is filed for, whose digest begins with these hex digits: who asks need not say for which. */
  filed(prefix: string): Promise<readonly Hex[]>
  size(): Promise<number>
}

/** What the desk needs from outside. */
export interface DeskDeps {
  readonly records: RecordStore
  readonly now: () => number
  /** Whether the chain has a settlement for these terms; absent = not known here. */
  readonly isSettled?: (terms: Hex) => boolean
}

/** Records in one answer, at most. */
export const MOST_LISTED = 500

/** A desk over its records. */
export function createDesk({ records, now, isSettled }: DeskDeps): Desk {
  const put = inBatches(records.add)
  const statusOf = (terms: Hex): ListedRecord['status'] =>
    isSettled ? (isSettled(terms) ? 'settled' : 'pending') : 'unknown'
  return {
    size: records.size,
    async file(given, sealed) {
      if (!isHex(given, 32)) return reject('terms')
      const fault = sealedFault(sealed)
      if (fault) return reject(fault)
      const bytes = fromBase64(sealed as string)
      if (bytes === null) return reject('sealed')
      const filing = { terms: given.toLowerCase() as Hex, sealed: bytes, atMs: now() }
      const taken = await put(filing)
      if (taken === null) return ignore('crowded')
      return accept({ record: { ...filing, seq: taken.seq }, isNew: taken.isNew })
    },
    filed: records.trips,
    async list(after, limit = MOST_LISTED) {
      const from = Math.max(0, Math.floor(after))
      const page = await records.list(from, Math.min(MOST_LISTED, Math.max(1, limit)))
      return page.map(({ seq, terms, sealed, atMs }) => ({
        ...{ seq, terms, sealed: toBase64(sealed), atMs, status: statusOf(terms) },
      }))
    },
  }
}
