import type { StateGraph } from '../graph/state-graph.ts'
import type { AncestorIndex } from '../labels/ancestor-index.ts'
import type { Hierarchy } from '../labels/hierarchy.ts'
import type { SeparatorTree } from '../labels/separator-tree.ts'

/** Units of a time that is none: there is no way, or it takes longer than a label can say (see `Weights`). */
export const FAR = 0xffff
/** Weights from here on close a move. Bytes alike, so that memory is filled with it quickly. */
export const CLOSED = 0x3f3f3f3f

/**
 * Words of a way between two places: the arc by which it leaves; the arc over which it arrives; the state that it goes
 * to from the end of the first (none: the places lie on one arc, one before the other); the move that it ends with behind
 * that state, which only a way round to the arc it began on has. None is 0xffffffff.
 */
export const WAY_WORDS = 4

/** What a kernel works on; the arrays are kept and must not change. */
export interface KernelInput {
  readonly graph: Pick<
    StateGraph,
    'model' | 'states' | 'firstOut' | 'head' | 'endState' | 'entryFirst' | 'entryStates'
  >
  readonly hierarchy: Hierarchy
  readonly ancestors: AncestorIndex
  readonly cells: SeparatorTree
}

/**
 * Places on streets, as `Place` has them: directed edges and how far along these (0..1). An edge that is none is a place
 * that is none: there is no way from it or to it.
 */
export interface PlaceList {
  readonly edges: Uint32Array
  readonly fractions: Float64Array
}

/** Places that a kernel has prepared: by their numbers in the list, under the weights that answer. */
export interface PreparedList {
  /** As `betweenPlaces`, from one of them to another. */
  between(from: number, to: number): number
  /** As a column of `tablePlaces`: from each of them to the goal, a place. */
  toGoal(unitDs: number, out: Float64Array): void
  /** Give their room back: they may not be asked for any more. */
  release(): void
}

/** Weights of one epoch. */
export interface Weights {
  /** Units by move; `CLOSED` or more: no way. */
  readonly moveUnits: Uint32Array
  /** Units from the start of each arc of the streets to its end, for times between places. */
  readonly arcUnits?: Uint32Array
  /**
   * The same in a bigger unit. It is taken where no proof is found that no finite time is lost: between two states,
   * with as much before it as a driver can have left of a move or an arc, and as much after it as a goal can lie behind
   * a state. The proof knows the weights alone, so that every machine takes the same ones. Without: taken as they are.
   */
  readonly coarser?: (() => Weights) | undefined
}

/**
 * Customizable hub labels over one state graph (Blum and Storandt, arXiv 2208.08709): each state has the times to its
 * ancestors in the elimination tree and from them. A time between two states is the least sum over the ancestors that
 * they share. All times are whole units, whatever these are. An answer below `FAR` is exact. Two kernels with the same
 * input give the same answers.
 */
export interface LabelKernel {
  /** New weights, at once. Before the first ones all is `FAR`. They are kept as long as they answer: do not change them. */
  customise(weights: Weights): void
  /**
   * The same in slices: each call of what it returns works on for about `work` arcs, and answers true when done.
   * Until then all is answered by the old weights; the labels stand twice from the first use on. A later customisation
   * of either sort ends this one, which then does nothing and answers true.
   */
  beginCustomise(weights: Weights): (work: number) => boolean
  /** Units between two states. */
  distance(from: number, to: number): number
  /**
   * The quickest way between two states as pairs (move, units), and of ways equally quick always the same; null where
   * there is none. For weights of which each is a unit at least. To be read before the next call.
   */
  moves(from: number, to: number): Uint32Array | null
  /**
   * Goal of the next queries: entry states on one chain of the elimination tree, with units to add to each, merged
   * into one label. No entry state: nothing is reached. It outlives a customisation.
   * @throws {Error} when the states do not lie on one chain, are more than 256, or one is none
   */
  aim(states: ArrayLike<number>, addUnits: ArrayLike<number>): void
  /** Units from a state to the goal. */
  timeToGoal(from: number): number
  /**
   * Makes a place the goal. `timeToGoal` and `nearest` are too long then by what this gives: in the turn model
   * states lie behind the places of their arcs, and what is to be added is raised to be no less than nothing.
   */
  aimPlace(edge: number, fraction: number): number
  /** Units from a place to the goal, a place too. `onlyArc`: the only one to leave by; -1: every one. */
  placeToGoal(edge: number, fraction: number, onlyArc: number): number
  /** Units from many places to the goal, a place too. */
  manyPlaces(from: PlaceList, out: Uint32Array): void
  /** Units between two places. */
  betweenPlaces(edge: number, fraction: number, toEdge: number, toFraction: number): number
  /** The same, and the way in `WAY_WORDS` words, where there is one. */
  wayBetween(edge: number, fraction: number, toEdge: number, toFraction: number, way: Uint32Array): number
  /**
   * Seconds between all pairs, a unit being `unitDs` tenths of one: `out[i * to.edges.length + j]`, `Infinity` where there
   * is no way. The goal is left alone.
   */
  tablePlaces(from: PlaceList, to: PlaceList, unitDs: number, out: Float64Array): void
  /** Prepare places for many questions. */
  prepare(places: PlaceList): PreparedList
  /**
   * Add an entry of a driver, or move it: he reaches `state` in `restUnits`. Entries are small numbers chosen by the
   * caller; a parked car has two. `classes`: eight bits.
   * @throws {RangeError} when there is no such state
   */
  place(entry: number, state: number, restUnits: number, driver: number, classes: number): void
  /** Take an entry away; one that is not there is no error. */
  remove(entry: number): void
  /**
   * Who comes first of drivers of `placeDriver` who are equally near: he of the lower order, a u32; those never told of,
   * and those of `place`, last. To be told while the driver stands nowhere.
   */
  setOrder(driver: number, order: number): void
  /**
   * Put a driver on a street, or move him: he leaves his place over `onlyArc`, or every open arc of its street (-1). He
   * holds the entries `2 * driver` and `2 * driver + 1`, one for each arc; drivers are small numbers. The edge must be
   * one of the streets. New weights time him anew where he stands.
   */
  placeDriver(driver: number, edge: number, fraction: number, onlyArc: number, classes: number): void
  /** The driver of `placeDriver` with one number bears another from now on, which nobody has. */
  renumber(from: number, to: number): void
  /**
   * Seconds from each driver of `placeDriver` to the goal, a place, a unit being `unitDs` tenths of one: `out[driver]`,
   * `Infinity` where he stands nowhere or there is no way.
   */
  driversToGoal(unitDs: number, out: Float64Array): void
  /**
   * The `k` nearest drivers to the goal who have all class bits of `needs`, those of lower order first where their units
   * are equal, and all others who share both with the last of them: into `out` as (units, driver), ascending by units and
   * order, each driver once by his best entry, as many as it holds; how many there are. Of a goal that is a place, those on its own street are timed as `placeToGoal` does.
   */
  nearest(k: number, needs: number, out: Uint32Array): number
}
