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
  const half = unitDs >> 1
  const arcUnits = new Uint32Array(arcTimeDs.length)
  for (let arc = 0; arc < arcUnits.length; arc++)
    arcUnits[arc] = Math.max(1, Math.floor((arcTimeDs[arc]! + half) / unitDs))
  const turnUnits = new Uint32Array(graph.arc.length)
  const weightsDs = new Uint32Array(graph.arc.length)
  for (let m = 0; m < weightsDs.length; m++) {
    turnUnits[m] = Math.floor((graph.turnDs[m]! + half) / unitDs)
    weightsDs[m] = (turnUnits[m]! + arcUnits[graph.arc[m]!]!) * unitDs
  }
  return { unitDs, arcUnits, turnUnits, weightsDs }
}
