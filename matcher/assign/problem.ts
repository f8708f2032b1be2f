/**
 * Who takes whom: an assignment problem with integer costs, in which each rider may stay unmatched at the price of his
 * patience. Source: reference/matching.md 3 and 5 (exact, sparse, the same on every machine).
 *
 * Costs are whole tenths of a second (`Ds`). Inside, an edge has a *weight*: `cost * TIE_UNIT + tie`, where the tie comes
 * from a hash of epoch and ids and all ties of a solution together stay below `TIE_UNIT`. The least weight is then the
 * least cost and, among equal costs, the one that the hashes choose: one solution, whoever computes it. Weights, prices
 * and all their sums are whole and below 2^53, so that numbers hold them exactly.
 */

/** One unit of cost (0.1 s) as weight: 2^34. */
export const TIE_UNIT = 2 ** 34
/** No cost or patience is above this: 131,071 tenths of a second, 3.6 hours. */
export const MAX_COST_DS = 2 ** 17 - 1
/** No more riders, and no more drivers, in one problem. */
export const MAX_AGENTS = 65_535
/** No more pairs in one problem. */
export const MAX_EDGES = 2 ** 24

/** A rider who waits, and the cost from which on he rather stays unmatched. */
export interface WaitingRider {
  readonly id: string
  readonly patienceDs: number
}

/** Riders and drivers of an epoch, in any order; ids are compared by their UTF-16 code units. */
export interface Agents {
  /** Number of the epoch: ties are decided anew in each one. */
  readonly epoch: number
  readonly riders: readonly WaitingRider[]
  readonly drivers: readonly string[]
}

/** What a driver would cost a rider: places in the lists of `Agents`, one entry a pair, in any order. */
export interface PairCosts {
  readonly rider: ArrayLike<number>
  readonly driver: ArrayLike<number>
  readonly costDs: ArrayLike<number>
}

/** A problem in its one canonical form: riders and drivers by id, rows by weight. Made by `canonicalProblem`. */
export interface AssignProblem {
  readonly epoch: number
  readonly riders: readonly string[]
  readonly drivers: readonly string[]
  /** By rider, weight. */
  readonly patience: Float64Array
  /** Row of rider r: entries `from[r]` to `from[r + 1]`. */
  readonly from: Uint32Array
  /** By entry. */
  readonly driver: Uint32Array
  /** By entry, ascending in each row, below the rider's patience. */
  readonly weight: Float64Array
}

/** A solution, by the places of riders and drivers in an `AssignProblem`. */
export interface Assignment {
  /** By rider; -1: unmatched. */
  readonly driverOf: Int32Array
  /**
   * By driver, weight: the least prices at which everybody likes his own driver best. What the others would gain if the
   * driver were there twice; 0 where he is free.
   */
  readonly priceOf: Float64Array
  /** By rider, weight: his driver's weight and price, or his patience. Their sum less all prices is the objective. */
  readonly dualOf: Float64Array
  readonly matched: number
  /** Cost of all pairs and the patience of all who stay unmatched. */
  readonly costDs: number
}
