import { entriesByArc, tiesOf } from './entries-by-arc.ts'
import { withParkedStarts } from './parked-starts.ts'
import type { StateGraph } from './state-graph.ts'
import { largestStrongComponent } from './strong-component.ts'

/** No state: the arc cannot be driven, or nobody comes back from it. */
export const NO_STATE = 0xffffffff

/** A graph as it is laid out first, with states that may lead nowhere. */
export type DraftGraph = Pick<
  StateGraph,
  'model' | 'xy' | 'firstOut' | 'head' | 'arc' | 'turnDs' | 'endState'
>

/**
 * Keeps the states of which each reaches each other (the largest such part), in their order, and those in which only a
 * parked car stands on a street of that part.
 */
export function strongGraph(draft: DraftGraph): StateGraph {
  const inside = withParkedStarts(draft, largestStrongComponent(draft.firstOut, draft.head))
  const numberOf = new Uint32Array(inside.length).fill(NO_STATE)
  let [states, moves] = [0, 0]
  for (let s = 0; s < inside.length; s++) {
    if (inside[s] === 0) continue
    numberOf[s] = states++
    for (let m = draft.firstOut[s]!, end = draft.firstOut[s + 1]!; m < end; m++)
      moves += inside[draft.head[m]!]!
  }
  const firstOut = new Uint32Array(states + 1)
  const head = new Uint32Array(moves)
  const arc = new Uint32Array(moves)
  const turnDs = new Uint16Array(moves)
  const xy = new Int32Array(states * 2)
  for (let s = 0, state = 0, kept = 0; s < inside.length; s++) {
    if (inside[s] === 0) continue
    xy[2 * state] = draft.xy[2 * s]!
    xy[2 * state + 1] = draft.xy[2 * s + 1]!
    for (let m = draft.firstOut[s]!, end = draft.firstOut[s + 1]!; m < end; m++) {
      if (inside[draft.head[m]!] === 0) continue
      head[kept] = numberOf[draft.head[m]!]!
      arc[kept] = draft.arc[m]!
      turnDs[kept] = draft.turnDs[m]!
      kept++
    }
    firstOut[++state] = kept
  }
  const endState = new Uint32Array(draft.endState.length)
  for (let a = 0; a < endState.length; a++) {
    const s = draft.endState[a]!
    endState[a] = s === NO_STATE ? NO_STATE : numberOf[s]!
  }
  const graph = { model: draft.model, states, firstOut, head, arc, turnDs, endState, xy }
  const entries = entriesByArc(graph)
  return { ...graph, ...entries, ties: tiesOf(graph, entries) }
}
