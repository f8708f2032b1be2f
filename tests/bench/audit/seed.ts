/** What is told apart from the trips: which of them are frauds. */
import type { Deed } from './frauds.ts'
import type { MadeTrip } from './honest-trip.ts'

/** One seeded fraud: the check that must find it, and the rows of which one must be accused. */
export interface Seed {
  readonly kind: string
  readonly check: string
  readonly rows: number[]
  /** What follows from it and may be found too: `C4 123`, a check and a row. */
  readonly also?: string[]
  /** Of a fraud that is in the registers, not in trips. */
  readonly subject?: string
}

/** A trip that is to be written. */
export interface Draft extends Deed {
  readonly trip: MadeTrip
  readonly seed: Seed | null
  /** The trip before in the shift whose record is not to be had, so that its number is missing. */
  readonly after?: Seed | null
}
