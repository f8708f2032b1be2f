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
   * Ways onto an arc: states from which a place on `arc` is reached, with what to add to the time to that state
   * (tenths of a second; junctions: + the time into the arc; turns: − the time left on it, since the label goes to
   * the arc's end).
   */
  readonly entryStates: (arc: number) => readonly number[]
}

/** Time of each move in tenths of a second: the turn before its arc and the arc. */
export function moveWeights(graph: StateGraph, arcTimeDs: Uint32Array | Int32Array): Uint32Array {
  const weights = new Uint32Array(graph.arc.length)
  for (let m = 0; m < weights.length; m++) weights[m] = graph.turnDs[m]! + arcTimeDs[graph.arc[m]!]!
  return weights
}
