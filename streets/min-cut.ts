/** A small undirected graph in compressed rows, each edge twice: `back[e]` is the same edge seen from its other end. */
export interface LocalGraph {
  nodes: number
  readonly first: Uint32Array
  readonly head: Uint32Array
  readonly back: Uint32Array
}

/** Role of a node that flow comes from. */
export const SOURCE = 1
/** Role of a node that flow goes to. */
export const SINK = 2

const FAR = 0x7fffffff

/**
 * Fewest edges that part sources from sinks: Dinic's maximum flow where every edge carries one unit, in either
 * direction. Levels are distances to the sinks, so that a unit on its way from a source runs into few dead ends. The
 * buffers are made once for all graphs up to a size.
 */
export class MinCut {
  readonly #flow: Int8Array
  readonly #level: Int32Array
  readonly #next: Uint32Array
  readonly #queue: Uint32Array
  readonly #path: Uint32Array
  readonly #sourceRim: Uint32Array
  readonly #sinkRim: Uint32Array

  constructor(maxNodes: number, maxEdges: number) {
    this.#flow = new Int8Array(maxEdges)
    this.#level = new Int32Array(maxNodes)
    this.#next = new Uint32Array(maxNodes)
    this.#queue = new Uint32Array(maxNodes)
    this.#path = new Uint32Array(maxNodes)
    this.#sourceRim = new Uint32Array(maxNodes)
    this.#sinkRim = new Uint32Array(maxNodes)
  }

  /**
   * Size of the cut, and `side[v] = 1` for what lies on the sinks' side of the cut that is nearest to them (else 0).
   * Gives up with `limit` once the cut cannot be smaller than that; `side` then says nothing.
   */
  run(graph: LocalGraph, role: Uint8Array, limit: number, side: Uint8Array): number {
    const { nodes, first } = graph
    const level = this.#level
    const next = this.#next
    const rim = this.#sourceRim
    this.#flow.fill(0, 0, first[nodes])
    const sources = rimOf(graph, role, SOURCE, rim)
    const sinks = rimOf(graph, role, SINK, this.#sinkRim)
    let total = 0
    for (;;) {
      const start = this.#layer(graph, role, sinks)
      if (start === FAR) break
      for (let v = 0; v < nodes; v++) next[v] = first[v]!
      for (let i = 0; i < sources; i++) while (this.#augment(graph, rim[i]!, start)) total++
      if (total >= limit) return limit
    }
    for (let v = 0; v < nodes; v++) side[v] = level[v] === FAR ? 0 : 1
    return total
  }

  /** Distances to the sinks over edges that can carry more, up to the first source: its distance, `FAR` if none. */
  #layer({ nodes, first, head, back }: LocalGraph, role: Uint8Array, sinks: number): number {
    const level = this.#level
    const queue = this.#queue
    const flow = this.#flow
    for (let v = 0; v < nodes; v++) level[v] = role[v] === SINK ? 0 : FAR
    queue.set(this.#sinkRim.subarray(0, sinks))
    let end = sinks
    for (let i = 0; i < end; i++) {
      const u = queue[i]!
      const away = level[u]! + 1
      for (let e = first[u]!, last = first[u + 1]!; e < last; e++) {
        const v = head[e]!
        if (level[v] !== FAR || flow[back[e]!]! > 0) continue
        if (role[v] === SOURCE) return away
        level[v] = away
        queue[end++] = v
      }
    }
    return FAR
  }

  /** Sends one unit from a source down the levels to a sink, if it can. */
  #augment({ first, head, back }: LocalGraph, source: number, start: number): boolean {
    const level = this.#level
    const next = this.#next
    const flow = this.#flow
    const path = this.#path
    let depth = 0
    let u = source
    for (;;) {
      const below = start - depth - 1
      const end = first[u + 1]!
      let e = next[u]!
      while (e < end && (level[head[e]!] !== below || flow[e]! > 0)) e++
      next[u] = e
      if (e < end) {
        path[depth++] = e
        u = head[e]!
        if (below === 0) break
      } else if (depth === 0) return false
      else {
        u = head[back[path[--depth]!]!]!
        next[u]!++
      }
    }
    while (depth > 0) {
      const e = path[--depth]!
      flow[e]!++
      flow[back[e]!]!--
    }
    return true
  }
}

/** Collects the nodes of a role that have a neighbour without it: flow passes through these alone. */
function rimOf(
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
