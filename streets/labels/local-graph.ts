import type { Neighbours } from './neighbours.ts'

/** A small undirected graph in compressed rows, each edge twice: `back[e]` is the same edge seen from its other end. */
export interface LocalGraph {
  nodes: number
  readonly first: Uint32Array
  readonly head: Uint32Array
  readonly back: Uint32Array
}

/** Room for the graph of any part of a graph. */
export function roomForPart(states: number, edges: number): LocalGraph {
  return {
    nodes: 0,
    first: new Uint32Array(states + 1),
    head: new Uint32Array(edges),
    back: new Uint32Array(edges),
  }
}

/**
 * Fills in the graph of a part: the `members`, ascending, become nodes 0, 1, 2 …; `localOf` must be -1 everywhere and
 * then tells which.
 */
export function takePart(
  part: LocalGraph,
  whole: Neighbours,
  members: Uint32Array,
  localOf: Int32Array,
  scratch: Uint32Array,
): void {
  const { first, head, back } = part
  const nodes = (part.nodes = members.length)
  for (let i = 0; i < nodes; i++) localOf[members[i]!] = i
  let edges = 0
  for (let i = 0; i < nodes; i++) {
    first[i] = scratch[i] = edges
    const s = members[i]!
    for (let k = whole.first[s]!, end = whole.first[s + 1]!; k < end; k++) {
      const j = localOf[whole.items[k]!]!
      if (j >= 0) head[edges++] = j
    }
  }
  first[nodes] = edges
  // Rows ascend: walking all of them meets the edges into a node in the order of its own row.
  for (let e = 0; e < edges; e++) back[e] = scratch[head[e]!]!++
}

/** Collects the nodes of a role that have a neighbour without it, and gives their number. */
export function rimOf(
  { nodes, first, head }: LocalGraph,
  role: Uint8Array,
  wanted: number,
  rim: Uint32Array,
): number {
  let count = 0
  for (let v = 0; v < nodes; v++) {
    if (role[v] !== wanted) continue
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      if (role[head[e]!] === wanted) continue
      rim[count++] = v
      break
    }
  }
  return count
}
