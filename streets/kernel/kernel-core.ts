import type { PlaceList, PreparedList } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** The first or the second of two sets of weights. */
export type WhichSet = 0 | 1

/**
 * The hot half of a kernel: one in TypeScript, one in WebAssembly, with the same answers. Times are units, states are
 * those of the graph. `kernel-over.ts` makes a whole kernel of it.
 */
export interface KernelCore {
  /** Room for the units of every move, for `spread`; more than `CLOSED` is as much. Do not keep it: memory may move. */
  moveUnits(): Uint32Array
  /** A set of weights, made when first asked for, all `FAR`. Do not keep it. */
  weights(set: WhichSet): WeightSet
  /** The set that answers from now on. */
  answerBy(set: WhichSet): void
  /** Give the moves `from … end-1` to the arcs of the hierarchy; next move. */
  spread(set: WhichSet, from: number, end: number): number
  /** Arcs around lower triangles: `done` ids (counted from the last) are finished, about `work` arcs are next. */
  triangles(set: WhichSet, done: number, work: number): number
  /** After the triangles: a bound, in units, that no time exceeds; see `plain-longest-time.ts`. The labels are lost. */
  longestTime(set: WhichSet, hub: number): number
  /** Labels from id `v` on, for about `work` arcs, and the minima of the cells that they are in; next id. */
  labels(set: WhichSet, v: number, work: number): number
  /** Cell minima of inner cells. */
  leastOfCells(set: WhichSet): void

  distance(from: number, to: number): number
  clearGoal(): void
  /** Take in one more entry state; falsy when it does not lie on one chain with the others. */
  addGoal(state: number, units: number): boolean | number
  /** Make the goal's label of its entry states under the present weights. */
  mergeGoal(): void
  timeToGoal(from: number): number

  aimPlace(edge: number, fraction: number): number
  placeToGoal(edge: number, fraction: number, onlyArc: number): number
  manyPlaces(from: PlaceList, out: Uint32Array): void
  betweenPlaces(edge: number, fraction: number, toEdge: number, toFraction: number): number
  wayBetween(edge: number, fraction: number, toEdge: number, toFraction: number, way: Uint32Array): number
  tablePlaces(from: PlaceList, to: PlaceList, unitDs: number, out: Float64Array): void
  prepare(places: PlaceList): PreparedList

  /** Make room for entries below `entries`. */
  reserve(entries: number): void
  place(entry: number, state: number, rest: number, driver: number, classes: number): void
  remove(entry: number): void
  /** For one who stands nowhere. */
  setOrder(driver: number, order: number): void
  placeDriver(driver: number, edge: number, fraction: number, onlyArc: number, classes: number): void
  /** Both have room. */
  renumber(from: number, to: number): void
  /** Time those below `drivers` who stand on streets by the present weights. */
  retime(drivers: number): void
  /** Seconds from those below `drivers`, who have room, to the goal, a place. */
  driversToGoal(drivers: number, unitDs: number, out: Float64Array): void
  /** k > 0. */
  nearest(k: number, needs: number, out: Uint32Array): number
}
