/** A road graph by node: arcs `from[u]` to `from[u + 1]`, whole tenths of a second. */
export interface RoadGraph {
  readonly from: Uint32Array
  readonly to: Uint16Array
  readonly ds: Uint16Array
}

/** Where cars drive and people go. */
export interface City {
  readonly nodes: number
  readonly graph: RoadGraph
  /** Longitude and latitude by node. */
  readonly places: Float64Array
  /** All pairs, tenths of a second; 65,535 where there is no way. */
  readonly times: Uint16Array
  /** Origins and destinations of trips to draw from, two nodes each. */
  readonly trips: Uint16Array
}

/** Arcs in any order as a graph. */
export function roadGraph(nodes: number, arcs: readonly (readonly [number, number, number])[]): RoadGraph {
  const from = new Uint32Array(nodes + 1)
  for (const [u] of arcs) from[u + 1]!++
  for (let u = 0; u < nodes; u++) from[u + 1]! += from[u]!
  const next = from.slice()
  const to = new Uint16Array(arcs.length)
  const ds = new Uint16Array(arcs.length)
  for (const [u, v, time] of arcs) {
    const at = next[u]!++
    to[at] = v
    ds[at] = Math.max(1, time)
  }
  return { from, to, ds }
}

/** Times between all pairs of nodes: Dijkstra from each one, with buckets of a tenth of a second as queue (Dial 1969). */
export function allTimes({ from, to, ds }: RoadGraph): Uint16Array {
  const nodes = from.length - 1
  const times = new Uint16Array(nodes * nodes).fill(65_535)
  const span = ds.reduce((most, time) => Math.max(most, time), 0) + 1
  const head = new Int32Array(span).fill(-1)
  const next = new Int32Array(to.length + 1)
  const value = new Int32Array(to.length + 1)
  for (let source = 0; source < nodes; source++) {
    const row = times.subarray(source * nodes, (source + 1) * nodes)
    let free = 0
    let left = 1
    row[source] = 0
    value[free] = source
    next[free] = -1
    head[0] = free++
    for (let t = 0; left > 0; t++) {
      const bucket = t % span
      for (let e = head[bucket]!; e !== -1; e = head[bucket]!) {
        head[bucket] = next[e]!
        left--
        const u = value[e]!
        if (row[u] !== t) continue
        for (let a = from[u]!; a < from[u + 1]!; a++) {
          const v = to[a]!
          const time = t + ds[a]!
          if (time >= row[v]!) continue
          row[v] = time
          const at = time % span
          value[free] = v
          next[free] = head[at]!
          head[at] = free++
          left++
        }
      }
    }
  }
  return times
}

/** The node that a car passed last on its quickest way from `u` to `v` when it has driven for so long. */
export function placeOnWay({ nodes, graph, times }: City, u: number, v: number, drivenDs: number): number {
  let at = u
  let left = drivenDs
  while (at !== v) {
    let best = -1
    let bestTime = Number.POSITIVE_INFINITY
    for (let a = graph.from[at]!; a < graph.from[at + 1]!; a++) {
      const time = graph.ds[a]! + times[graph.to[a]! * nodes + v]!
      if (time < bestTime) [best, bestTime] = [a, time]
    }
    if (best === -1 || left < graph.ds[best]!) break
    left -= graph.ds[best]!
    at = graph.to[best]!
  }
  return at
}
