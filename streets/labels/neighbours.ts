import type { StateGraph } from '../graph/state-graph.ts'

/** An undirected graph in compressed rows: neighbours of `v` are `items[first[v]] … items[first[v + 1] - 1]`. */
export interface Neighbours {
  readonly first: Uint32Array
  readonly items: Uint32Array
}

/** Which states a move or a tie joins, in either direction: each neighbour once, ascending, never the state itself. */
export function neighboursOf({
  states,
  firstOut,
  head,
  ties,
}: Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties'>): Neighbours {
  const moves = firstOut[states]!
  const pairs = moves + ties.length / 2
  const [a, b] = [new Uint32Array(pairs), new Uint32Array(pairs)]
  for (let s = 0; s < states; s++) a.fill(s, firstOut[s], firstOut[s + 1])
  b.set(head.subarray(0, moves))
  for (let i = 0; 2 * i < ties.length; i++) {
    a[moves + i] = ties[2 * i]!
    b[moves + i] = ties[2 * i + 1]!
  }

  const first = new Uint32Array(states + 1)
  for (let i = 0; i < pairs; i++) {
    first[a[i]! + 1]!++
    first[b[i]! + 1]!++
  }
  for (let s = 0; s < states; s++) first[s + 1]! += first[s]!
  const unsorted = new Uint32Array(2 * pairs)
  const at = first.slice()
  for (let i = 0; i < pairs; i++) {
    unsorted[at[a[i]!]!++] = b[i]!
    unsorted[at[b[i]!]!++] = a[i]!
  }

  // The graph is its own mirror: handing each state in turn to its neighbours sorts all rows.
  const sorted = new Uint32Array(2 * pairs)
  at.set(first)
  for (let s = 0; s < states; s++)
    for (let k = first[s]!; k < first[s + 1]!; k++) sorted[at[unsorted[k]!]!++] = s

  let kept = 0
  for (let s = 0; s < states; s++) {
    const [from, to] = [first[s]!, first[s + 1]!]
    first[s] = kept
    let last = s
    for (let k = from; k < to; k++) {
      const next = sorted[k]!
      if (next !== last && next !== s) sorted[kept++] = next
      last = next
    }
  }
  first[states] = kept
  return { first, items: sorted.slice(0, kept) }
}
