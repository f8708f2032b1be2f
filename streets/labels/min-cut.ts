import { type LocalGraph, rimOf } from './local-graph.ts'

const FREE = 0
const SOURCE = 1
const SINK = 2

/** Level of a node that no way leads from to a sink, and of one among them that a way leads to from a source. */
const FAR = 0x7fffffff
const HELD = 0x7ffffffe

/**
 * Fewest edges that part the one end of a line of nodes from the other: Dinic's maximum flow where every edge carries
 * one unit, in either direction. Levels are distances to the sinks, so that a unit on its way from a source runs into
 * few dead ends. The buffers are made once for all graphs up to a size.
 */
export class MinCut {
  readonly #role: Uint8Array
  readonly #flow: Int8Array
  /** Distance of each node to the sinks, and what it is before any is known. */
  readonly #level: Int32Array
  readonly #atFirst: Int32Array
  /** The edge that a node tries next. */
  readonly #next: Uint32Array
  readonly #queue: Uint32Array
  readonly #path: Uint32Array
  readonly #sourceRim: Uint32Array
  readonly #sinkRim: Uint32Array

  constructor(maxNodes: number, maxEdges: number) {
    this.#role = new Uint8Array(maxNodes)
    this.#flow = new Int8Array(maxEdges)
    this.#level = new Int32Array(maxNodes)
    this.#atFirst = new Int32Array(maxNodes)
    this.#next = new Uint32Array(maxNodes)
    this.#queue = new Uint32Array(maxNodes)
    this.#path = new Uint32Array(maxNodes)
    this.#sourceRim = new Uint32Array(maxNodes)
    this.#sinkRim = new Uint32Array(maxNodes)
  }

  /**
   * Size of the smallest cut between the first and the last `ends` nodes of `line`, which names all nodes. `side[v]`
   * becomes 1 for what lies on the side of the last ones, else 0: of all smallest cuts one that halves the graph well.
   * Gives up with `limit` once the cut cannot be smaller than that; `side` then says nothing.
   */
  run(graph: LocalGraph, line: Uint32Array, ends: number, limit: number, side: Uint8Array): number {
    const { nodes, first } = graph
    const role = this.#role
    const level = this.#level
    const rim = this.#sourceRim
    role.fill(FREE, 0, nodes)
    for (let i = 0; i < ends; i++) {
      role[line[i]!] = SOURCE
      role[line[nodes - 1 - i]!] = SINK
    }
    for (let v = 0; v < nodes; v++) this.#atFirst[v] = role[v] === SINK ? 0 : FAR
    this.#flow.fill(0, 0, first[nodes])
    const sources = rimOf(graph, role, SOURCE, rim)
    const sinks = rimOf(graph, role, SINK, this.#sinkRim)
    let total = 0
    while (this.#layer(graph, role, sinks)) {
      for (let i = 0; i < sources; i++) while (this.#augment(graph, rim[i]!)) total++
      if (total >= limit) return limit
    }
    this.#balance(graph, line, sources)
    for (let v = 0; v < nodes; v++) side[v] = level[v]! < HELD ? 1 : 0
    return total
  }

  /** Distances to the sinks over edges that can carry more, sources in between not counted; whether any source has one. */
  #layer({ nodes, first, head, back }: LocalGraph, role: Uint8Array, sinks: number): boolean {
    const level = this.#level
    const next = this.#next
    const queue = this.#queue
    const flow = this.#flow
    level.set(this.#atFirst.subarray(0, nodes))
    queue.set(this.#sinkRim.subarray(0, sinks))
    let end = sinks
    let isReached = false
    for (let i = 0; i < end; i++) {
      const u = queue[i]!
      const away = level[u]! + 1
      for (let e = first[u]!, last = first[u + 1]!; e < last; e++) {
        const v = head[e]!
        if (level[v] !== FAR || flow[back[e]!]! > 0) continue
        level[v] = away
        next[v] = first[v]!
        if (role[v] === SOURCE) isReached = true
        else queue[end++] = v
      }
    }
    return isReached
  }

  /** Sends one unit from a source down the levels to a sink, if it can. */
  #augment({ first, head, back }: LocalGraph, source: number): boolean {
    const level = this.#level
    const next = this.#next
    const flow = this.#flow
    const path = this.#path
    if (level[source] === FAR) return false
    let depth = 0
    let u = source
    while (level[u] !== 0) {
      const below = level[u]! - 1
      const end = first[u + 1]!
      let e = next[u]!
      while (e < end && (level[head[e]!] !== below || flow[e]! > 0)) e++
      next[u] = e
      if (e < end) {
        path[depth++] = e
        u = head[e]!
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

  /**
   * Moves the cut from the sinks towards the middle as long as it does not grow: whoever joins the sinks' side brings
   * all nodes that could still send a unit to it. What a source could still send a unit to cannot join.
   */
  #balance({ nodes, first, head, back }: LocalGraph, line: Uint32Array, sources: number): void {
    const level = this.#level
    const queue = this.#queue
    const flow = this.#flow
    let joined = 0
    for (let v = 0; v < nodes; v++) if (level[v] !== FAR) joined++
    if (2 * joined >= nodes) return
    for (let v = 0; v < nodes; v++) if (this.#role[v] === SOURCE) level[v] = HELD
    queue.set(this.#sourceRim.subarray(0, sources))
    let end = sources
    for (let i = 0; i < end; i++) {
      const u = queue[i]!
      for (let e = first[u]!, last = first[u + 1]!; e < last; e++) {
        const v = head[e]!
        if (level[v] !== FAR || flow[e]! > 0) continue
        level[v] = HELD
        queue[end++] = v
      }
    }
    for (let i = nodes - 1; i >= 0 && 2 * joined < nodes; i--) {
      if (level[line[i]!] !== FAR) continue
      queue[0] = line[i]!
      level[line[i]!] = 0
      end = 1
      for (let k = 0; k < end; k++) {
        const u = queue[k]!
        for (let e = first[u]!, last = first[u + 1]!; e < last; e++) {
          const v = head[e]!
          if (level[v] !== FAR || flow[back[e]!]! > 0) continue
          level[v] = 0
          queue[end++] = v
        }
      }
      // One step too far is worse than none: then the smaller side would be smaller than it was.
      if (nodes - joined - end < joined) for (let k = 0; k < end; k++) level[queue[k]!] = HELD
      else joined += end
    }
  }
}
