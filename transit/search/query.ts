/** A way between a door and a stop, on foot or by a car: `money` in minor units, `metres` those walked. */
export interface DoorWay {
  readonly stop: number
  readonly by: 'walk' | 'ride'
  readonly seconds: number
  readonly metres: number
  readonly money: number
  /** Of an access way: it cannot begin before this second of the day (a car has to come first). */
  readonly notBeforeS?: number
}

/** A way from door to door with no line in it; the search gives no journey that one of these makes pointless. */
export interface DirectWay {
  readonly seconds: number
  readonly metres: number
  readonly money: number
}

/**
 * Steps that a criterion is counted in: each leg's amount is rounded to the nearest step, a journey has the sum, and one
 * of more than `most` steps is not searched for. No steps at all (`most` 0 of any size) leave the criterion out.
 */
export interface Steps {
  readonly size: number
  readonly most: number
}

/** What the search is asked; seconds are of the view's day. */
export interface Query {
  readonly access: readonly DoorWay[]
  readonly egress: readonly DoorWay[]
  readonly direct?: readonly DirectWay[]
  /** Departures from the door: `departS`, and each `gridS` (60) after it up to `windowS` (0) later. */
  readonly departS: number
  readonly windowS?: number
  readonly gridS?: number
  /** No journey arrives later than this after the last departure: 4 h. */
  readonly horizonS?: number
  /** Lines taken, one after the other: 5. */
  readonly maxRides?: number
  /** Least time from a line's arrival, or from the end of the way on foot after it, to the next departure: 0. */
  readonly changeS?: number
  /** Longest way on foot between two stops: as the timetable has them. */
  readonly maxFootM?: number
  readonly walk?: Steps
  readonly money?: Steps
  /** What boarding a line costs, by the timetable's line, in minor units: nothing. */
  readonly linePrice?: ArrayLike<number>
}

/** Left out: everything rounds to 0 steps. */
export const NO_STEPS: Steps = { size: Number.POSITIVE_INFINITY, most: 0 }

/** An amount in whole steps. */
export const inSteps = (amount: number, { size }: Steps): number => Math.round(amount / size)

/** The least of all things, and later than everything. */
export const NEVER = 0x3fffffff
