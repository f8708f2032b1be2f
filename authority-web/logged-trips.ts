import type { Settled } from '@hexhail/audit/settled.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { LogModel } from './log-model.ts'
import type { AuthorityModel } from './model.ts'

/** A settled trip, and where its record stands in the public log. */
export interface LoggedTrip {
  readonly fact: Settled
  readonly terms: Hex
  readonly atMs: number
  readonly isFiled: boolean
  /** Null: no record of it is in the log. */
  readonly index: number | null
  /** The record that stands there, as it was filed. */
  readonly sealed: Uint8Array | null
  /** True where it should be there by now. */
  readonly isLate: boolean
}

/** How long a record may take from the settlement, ms. */
const DELAY_MS = 120_000

/** All settlements of this authority with the places of their records, newest first. */
export function loggedTrips(
  model: Pick<AuthorityModel, 'rows' | 'sealedOf' | 'nowMs'>,
  log: Pick<LogModel, 'placeOf' | 'size'>,
): LoggedTrip[] {
  void log.size.value // draws anew when the log grows
  return model.rows.value.map(({ fact }) => {
    const filed = model.sealedOf(fact.terms)
    const sealed = filed.find(each => log.placeOf(fact.terms, each) !== null) ?? null
    const atMs = fact.timestampS * 1_000
    return {
      fact,
      terms: fact.terms,
      atMs,
      isFiled: filed.length > 0,
      index: sealed && log.placeOf(fact.terms, sealed),
      sealed,
      isLate: model.nowMs() > atMs + DELAY_MS,
    }
  })
}
