import type { ArcGraph } from './arc-graph.ts'
import { MinHeap } from './min-heap.ts'

const FAR = 2 ** 29 - 1

/** One Dijkstra search over an arc graph, forward or from the goal; its arrays are kept from query to query. */
export class SearchSide {
  readonly heap = new MinHeap()
  readonly #dist: Int32Array
  readonly #viaArc: Int32Array
  readonly #viaNode: Int32Array
  readonly #touched: number[] = []
  readonly #graph: ArcGraph
  readonly #times: Int32Array
  readonly #backward: boolean

  constructor(graph: ArcGraph, times: Int32Array, backward: boolean) {
    this.#graph = graph
    this.#times = times
    this.#backward = backward
    this.#dist = new Int32Array(graph.nodes).fill(FAR)
    this.#viaArc = new Int32Array(graph.nodes)
    this.#viaNode = new Int32Array(graph.nodes)
  }

  /** Forget the last query: costs only what that query touched. */
  clear(): void {
    for (const node of this.#touched) this.#dist[node] = FAR
    this.#touched.length = 0
    this.heap.clear()
  }

  /** Time found so far, tenths of a second; `Infinity` where the search has not been. */
  timeTo(node: number): number {
    const d = this.#dist[node]!
    return d === FAR ? Infinity : d
  }

  /**
   * Offer a time to a node; `arc` leads there from `from` (forward) or from there to `from` (backward);
   * at the start it is -1 minus the arc that the place itself lies on.
   */
  reach(node: number, time: number, arc: number, from: number): void {
    if (time >= this.#dist[node]!) return
    if (this.#dist[node] === FAR) this.#touched.push(node)
    this.#dist[node] = time
    this.#viaArc[node] = arc
    this.#viaNode[node] = from
    this.heap.push(time, node)
  }

  /** Settle the next node and spread from it; -1 for an entry that a shorter way has made stale. */
  step(): number {
    const time = this.heap.topKey
    const node = this.heap.pop()
    if (time > this.#dist[node]!) return -1
    const graph = this.#graph
    if (this.#backward) {
      for (let k = graph.firstIn[node]!; k < graph.firstIn[node + 1]!; k++) {
        const arc = graph.inArc[k]!
        this.reach(graph.inTail[k]!, time + this.#times[arc]!, arc, node)
      }
    } else {
      for (let k = graph.firstOut[node]!; k < graph.firstOut[node + 1]!; k++) {
        const arc = graph.outArc[k]!
        this.reach(graph.headNode[arc]!, time + this.#times[arc]!, arc, node)
      }
    }
    return node
  }

  /** Arcs from a node to where this search began, nearest first, and the arc the search stood on there. */
  trace(node: number): { arcs: number[]; rootArc: number } {
    const arcs: number[] = []
    let at = node
    while (this.#viaArc[at]! >= 0) {
      arcs.push(this.#viaArc[at]!)
      at = this.#viaNode[at]!
    }
    return { arcs, rootArc: -1 - this.#viaArc[at]! }
  }
}
