import type { StateGraph } from './state-graph.ts'
import { largestStrongComponent } from './strong-component.ts'

/** No state: the arc cannot be driven, or nobody comes back from it. */
export const NO_STATE = 0xffffffff

/** A graph as it is laid out first, with states that may lead nowhere. Columns as in `StateGraph`. */
export interface DraftGraph {
  readonly model: StateGraph['model']
  readonly xy: readonly number[]
  readonly firstOut: readonly number[]
  readonly head: readonly number[]
  readonly arc: readonly number[]
  readonly turnDs: readonly number[]
  readonly endState: Uint32Array
}

/** Keeps the states of which each reaches each other (the largest such part), in their order. */
export function strongGraph(draft: DraftGraph): StateGraph {
  const states = draft.xy.length / 2
  const from = new Uint32Array(draft.head.length)
  for (let s = 0; s < states; s++) from.fill(s, draft.firstOut[s]!, draft.firstOut[s + 1]!)
  const inside = largestStrongComponent(states, from, draft.head)
  const numberOf = new Uint32Array(states).fill(NO_STATE)
  let kept = 0
  for (let s = 0; s < states; s++) if (inside[s]) numberOf[s] = kept++

  const firstOut = new Uint32Array(kept + 1)
  const tail: number[] = []
  const head: number[] = []
  const arc: number[] = []
  const turnDs: number[] = []
  const xy = new Int32Array(kept * 2)
  for (let s = 0; s < states; s++) {
    if (!inside[s]) continue
    const state = numberOf[s]!
    xy[2 * state] = draft.xy[2 * s]!
    xy[2 * state + 1] = draft.xy[2 * s + 1]!
    for (let m = draft.firstOut[s]!; m < draft.firstOut[s + 1]!; m++) {
      if (!inside[draft.head[m]!]) continue
      tail.push(state)
      head.push(numberOf[draft.head[m]!]!)
      arc.push(draft.arc[m]!)
      turnDs.push(draft.turnDs[m]!)
    }
    firstOut[state + 1] = head.length
  }
  const entries = entriesByArc(draft.endState.length, arc, draft.model === 'junctions' ? tail : head)
  const graph = {
    model: draft.model,
    states: kept,
    firstOut,
    head: Uint32Array.from(head),
    arc: Uint32Array.from(arc),
    turnDs: Uint16Array.from(turnDs),
    endState: draft.endState.map(s => (s === NO_STATE ? NO_STATE : numberOf[s]!)),
    xy,
    entryStates: (a: number): readonly number[] => entries.get(a) ?? [],
  }
  return { ...graph, ties: tiesOf(graph) }
}

/** States beside which a place on an arc lies: where its moves begin (junctions) or end (turns), ascending. */
function entriesByArc(
  arcs: number,
  arc: readonly number[],
  state: readonly number[],
): Map<number, readonly number[]> {
  const sets: (Set<number> | undefined)[] = Array(arcs)
  arc.forEach((a, m) => {
    ;(sets[a] ??= new Set()).add(state[m]!)
  })
  const entries = new Map<number, readonly number[]>()
  sets.forEach((set, a) => {
    if (set)
      entries.set(
        a,
        [...set].sort((p, q) => p - q),
      )
  })
  return entries
}

/** All states that enter one segment must lie on one chain of the hierarchy: tie those that no move joins. */
function tiesOf(graph: Omit<StateGraph, 'ties'>): Uint32Array {
  const joins = (a: number, b: number): boolean => {
    for (let m = graph.firstOut[a]!; m < graph.firstOut[a + 1]!; m++) if (graph.head[m] === b) return true
    return false
  }
  const ties: number[] = []
  for (let arc = 0; arc < graph.endState.length; arc += 2) {
    const entries = [...new Set([...graph.entryStates(arc), ...graph.entryStates(arc + 1)])]
    entries.forEach((a, i) => {
      for (const b of entries.slice(0, i)) if (!joins(a, b) && !joins(b, a)) ties.push(b, a)
    })
  }
  return Uint32Array.from(ties)
}
