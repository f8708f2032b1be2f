import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Books } from '../checks/books.ts'
import type { Answer } from '../checks/check.ts'
import type { InclusionFile } from '../log/evidence.ts'
import type { Settled } from '../settled.ts'

/** Name of the format, first field of every file. */
export const EVIDENCE_FORMAT = 'hexhail-evidence-1'

/** One settlement that a finding is about, with what was filed for it. */
export interface EvidenceTrip {
  readonly settled: Settled
  /** The opened record's bytes, hex; null: nothing was filed, or it is not needed. */
  readonly record: Hex | null
  /** What was filed is sealed to a key that the auditor did not have. */
  readonly isSealed?: boolean
  /** That the sealed record stands in the public log, where it is known. */
  readonly log: InclusionFile | null
}

/** Where the settlements stand. */
export interface EvidenceChain {
  readonly chainId: number
  readonly vault: Hex
}

/**
 * A proof finding with all that it follows from, so that anyone recomputes it with no network and no state: settlements,
 * records, and of the books the part that the check looks at. What the file cannot prove by itself is said by `trusts`.
 */
export interface Evidence {
  readonly format: typeof EVIDENCE_FORMAT
  readonly check: string
  readonly name: string
  readonly says: string
  readonly chain: EvidenceChain
  readonly trips: readonly EvidenceTrip[]
  /** Of a finding in the books: which entry. */
  readonly subject: string | null
  readonly books: Books
  /** The answers that are not ok: expected and found. */
  readonly answers: readonly Answer[]
  /** sha256 of all the rest, as `evidenceBytes` writes it. */
  readonly digest: Hex
}
