/**
 * A graph that searches walk. A *state* is where a car can stand; a *move* is one step from a state to another, and
 * drives one arc of the street table. `junctions`: a state is a junction, or the copy of one where turns are
 * forbidden; `turns`: a state is the end of an arc, so that each turn has its cost.
 */
export interface StateGraph {
  readonly model: 'junctions' | 'turns'
  readonly states: number
  /** Moves out of a state: `firstOut[s] … firstOut[s+1]-1`; each drives `arc[m]` and ends in state `head[m]`. */
  readonly firstOut: Uint32Array
  readonly head: Uint32Array
  readonly arc: Uint32Array
  /** Time lost before a move's arc (turn, U-turn), tenths of a second; zeros in the junction model. */
  readonly turnDs: Uint16Array
  /** State in which one stands at the end of an arc; 0xffffffff for a closed arc. */
  readonly endState: Uint32Array
  /** Where a state lies, millionths of a degree, interleaved: for the order only. */
  readonly xy: Int32Array
  /** Pairs of states that must be adjacent in the hierarchy although no move joins them, interleaved. */
  readonly ties: Uint32Array
  /**
   * Ways onto an arc: a place on it is reached from the states `entryStates[entryFirst[arc]] …
   * entryStates[entryFirst[arc + 1] - 1]`, ascending. In the junction model these are where the arc begins, and the
   * time into the arc is added; in the turn model where it ends, and the time left on it is taken off.
   */
  readonly entryFirst: Uint32Array
  readonly entryStates: Uint32Array
}

/** What routes are read from: the rest of a graph has done its work when the hierarchy stands. */
export type DrivenGraph = Pick<
  StateGraph,
  'model' | 'states' | 'firstOut' | 'head' | 'arc' | 'turnDs' | 'endState'
>

/** A graph without the rest, so that it can go. */
export function drivenGraph({
  model,
  states,
  firstOut,
  head,
  arc,
  turnDs,
  endState,
}: StateGraph): DrivenGraph {
  return { model, states, firstOut, head, arc, turnDs, endState }
}

/** Time of each move in tenths of a second: the turn before its arc and the arc. */
export function moveWeights(graph: StateGraph, arcTimeDs: Uint32Array | Int32Array): Uint32Array {
  const weights = new Uint32Array(graph.arc.length)
  for (let m = 0; m < weights.length; m++) weights[m] = graph.turnDs[m]! + arcTimeDs[graph.arc[m]!]!
  return weights
}
