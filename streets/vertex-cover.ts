import type { LocalGraph } from './local-graph.ts'

/**
 * Fewest nodes that touch every edge between the two sides of a cut (König: in a graph of two sides as many as the
 * largest matching). `cover[v]` becomes 1 for them, else 0; gives their number.
 */
export function coverCut({ nodes, first, head }: LocalGraph, side: Uint8Array, cover: Uint8Array): number {
  const near: number[] = []
  const mate = new Map<number, number>()
  for (let v = 0; v < nodes; v++) {
    cover[v] = 0
    for (let e = first[v]!; side[v] === 1 && e < first[v + 1]!; e++) {
      if (side[head[e]!] === 1) continue
      near.push(v)
      break
    }
  }

  const farSeen = new Set<number>()
  const match = (v: number): boolean => {
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const w = head[e]!
      if (side[w] === 1 || farSeen.has(w)) continue
      farSeen.add(w)
      const rival = mate.get(w)
      if (rival !== undefined && !match(rival)) continue
      mate.set(w, v)
      return true
    }
    return false
  }
  for (const v of near) {
    farSeen.clear()
    match(v)
  }

  // What alternating paths from unmatched near nodes reach: near nodes outside it and far nodes inside it cover all.
  const matched = new Set(mate.values())
  farSeen.clear()
  const reached = near.filter(v => !matched.has(v))
  const nearSeen = new Set(reached)
  for (const v of reached) {
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const w = head[e]!
      if (side[w] === 1 || farSeen.has(w)) continue
      farSeen.add(w)
      const next = mate.get(w)!
      if (nearSeen.has(next)) continue
      nearSeen.add(next)
      reached.push(next)
    }
  }
  for (const v of near) if (!nearSeen.has(v)) cover[v] = 1
  for (const w of farSeen) cover[w] = 1
  return mate.size
}
