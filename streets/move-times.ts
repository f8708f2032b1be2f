import type { StateGraph } from './state-graph.ts'

/** Times of one epoch of traffic, in whole units of `unitDs` tenths of a second. */
export interface MoveTimes {
  readonly unitDs: number
  /** By arc, at least one. */
  readonly arcUnits: Uint32Array
  /** Lost before a move's arc. */
  readonly turnUnits: Uint32Array
  /** Turn and arc of each move, tenths of a second: a multiple of the unit, so that a kernel rounds nothing. */
  readonly weightsDs: Uint32Array
}

/** Rounds arc times (tenths of a second) to units, half up, before anything is summed. */
export function moveTimes(graph: StateGraph, arcTimeDs: ArrayLike<number>, unitDs: number): MoveTimes {
  const units = (ds: number): number => Math.floor((ds + (unitDs >> 1)) / unitDs)
  const arcUnits = Uint32Array.from(arcTimeDs, ds => Math.max(1, units(ds)))
  const turnUnits = Uint32Array.from(graph.turnDs, units)
  const weightsDs = Uint32Array.from(graph.arc, (arc, m) => (turnUnits[m]! + arcUnits[arc]!) * unitDs)
  return { unitDs, arcUnits, turnUnits, weightsDs }
}
