import type { LocalGraph } from './local-graph.ts'

/**
 * Fewest nodes that touch every edge between the two sides of a cut (König: in a graph of two sides as many as the
 * largest matching). `cover[v]` becomes 1 for them, else 0; gives their number.
 */
export function coverCut(graph: LocalGraph, side: Uint8Array, cover: Uint8Array): number {
  const across = edgesAcross(graph, side)
  const mateOfNear = new Map<number, number>()
  const mateOfFar = new Map<number, number>()

  /** Walks alternating paths from near nodes, up to a far node without a mate: then all on the way change mates. */
  const walk = (from: readonly number[]): { seen: Set<number>; via: Map<number, number> } => {
    const seen = new Set(from)
    const via = new Map<number, number>()
    for (const v of seen) {
      for (const w of across.get(v)!) {
        if (via.has(w)) continue
        via.set(w, v)
        const next = mateOfFar.get(w)
        if (next === undefined) {
          swapMates(w, via, mateOfNear, mateOfFar)
          return { seen, via }
        }
        seen.add(next)
      }
    }
    return { seen, via }
  }
  for (const v of across.keys()) walk([v])

  // What unmatched near nodes reach: the near nodes outside of it and the far nodes inside cover all edges.
  const { seen, via } = walk([...across.keys()].filter(v => !mateOfNear.has(v)))
  cover.fill(0, 0, graph.nodes)
  for (const v of across.keys()) if (!seen.has(v)) cover[v] = 1
  for (const w of via.keys()) cover[w] = 1
  return mateOfNear.size
}

/** Nodes of side 1 that have neighbours on side 0, with these. */
function edgesAcross({ nodes, first, head }: LocalGraph, side: Uint8Array): Map<number, number[]> {
  const across = new Map<number, number[]>()
  for (let v = 0; v < nodes; v++) {
    if (side[v] === 0) continue
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      if (side[head[e]!] === 1) continue
      const row = across.get(v)
      if (row) row.push(head[e]!)
      else across.set(v, [head[e]!])
    }
  }
  return across
}

/** Gives the last far node of an alternating path the near node before it, and so on back to the start. */
function swapMates(
  last: number,
  via: ReadonlyMap<number, number>,
  mateOfNear: Map<number, number>,
  mateOfFar: Map<number, number>,
): void {
  for (let far: number | undefined = last; far !== undefined; ) {
    const near: number = via.get(far)!
    const left = mateOfNear.get(near)
    mateOfFar.set(far, near)
    mateOfNear.set(near, far)
    far = left
  }
}
