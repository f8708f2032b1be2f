import type { StateGraph } from '../graph/state-graph.ts'
import type { Neighbours } from './neighbours.ts'

/** Which later places a move or a tie joins with each place, in either direction; a neighbour may stand twice. */
export function laterNeighbours(
  { states, firstOut, head, ties }: Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties'>,
  placeOf: Uint32Array,
): Neighbours {
  const first = new Uint32Array(states + 2)
  for (let s = 0; s < states; s++) {
    const p = placeOf[s]!
    for (let m = firstOut[s]!, end = firstOut[s + 1]!; m < end; m++) {
      const q = placeOf[head[m]!]!
      if (p !== q) first[(p < q ? p : q) + 2]!++
    }
  }
  for (let i = 0; i < ties.length; i += 2) {
    const p = placeOf[ties[i]!]!
    const q = placeOf[ties[i + 1]!]!
    if (p !== q) first[(p < q ? p : q) + 2]!++
  }
  for (let p = 2; p < states + 2; p++) first[p]! += first[p - 1]!
  // `first[p + 1]` goes from the first item of a place to that of the next one.
  const items = new Uint32Array(first[states + 1]!)
  for (let s = 0; s < states; s++) {
    const p = placeOf[s]!
    for (let m = firstOut[s]!, end = firstOut[s + 1]!; m < end; m++) {
      const q = placeOf[head[m]!]!
      if (p < q) items[first[p + 1]!++] = q
      else if (q < p) items[first[q + 1]!++] = p
    }
  }
  for (let i = 0; i < ties.length; i += 2) {
    const p = placeOf[ties[i]!]!
    const q = placeOf[ties[i + 1]!]!
    if (p < q) items[first[p + 1]!++] = q
    else if (q < p) items[first[q + 1]!++] = p
  }
  return { first: first.subarray(0, states + 1), items }
}
