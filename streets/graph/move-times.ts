import type { DrivenGraph } from './state-graph.ts'

/** Times of one epoch of traffic, in whole units of `unitDs` tenths of a second. */
export interface MoveTimes {
  readonly unitDs: number
  /** By arc, at least one. */
  readonly arcUnits: Uint32Array
  /** Lost before a move's arc. */
  readonly turnUnits: Uint16Array
  /** Turn and arc of each move. */
  readonly moveUnits: Uint32Array
}

/** Rounds arc times (tenths of a second) to units, half up, before anything is summed. */
export function moveTimes(
  graph: Pick<DrivenGraph, 'arc' | 'turnDs'>,
  arcTimeDs: ArrayLike<number>,
  unitDs: number,
): MoveTimes {
  const half = unitDs >> 1
  const arcUnits = new Uint32Array(arcTimeDs.length)
  if (unitDs === 1) arcUnits.set(arcTimeDs)
  else
    for (let a = 0; a < arcUnits.length; a++)
      arcUnits[a] = Math.max(1, Math.floor((arcTimeDs[a]! + half) / unitDs))
  const turnUnits = unitDs === 1 ? graph.turnDs : graph.turnDs.map(ds => Math.floor((ds + half) / unitDs))
  const { arc } = graph
  const moveUnits = new Uint32Array(arc.length)
  for (let m = 0; m < moveUnits.length; m++) moveUnits[m] = turnUnits[m]! + arcUnits[arc[m]!]!
  return { unitDs, arcUnits, turnUnits, moveUnits }
}
