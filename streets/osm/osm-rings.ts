/** Join ways, given as node ids, into closed rings; what does not close is left out. */
export function joinRings(ways: readonly (readonly number[])[]): number[][] {
  const ends = new Map<number, Set<number>>()
  const open = ways.map(way => [...way])
  const note = (node: number, way: number): void => {
    const at = ends.get(node)
    if (at) at.add(way)
    else ends.set(node, new Set([way]))
  }
  open.forEach((way, i) => {
    note(way[0]!, i)
    note(way.at(-1)!, i)
  })
  const used = new Uint8Array(open.length)
  const rings: number[][] = []
  for (let start = 0; start < open.length; start++) {
    if (used[start]) continue
    used[start] = 1
    const ring = open[start]!
    while (ring[0] !== ring.at(-1)) {
      const tip = ring.at(-1)!
      const next = firstUnused(ends.get(tip), used)
      if (next < 0) break
      used[next] = 1
      const way = open[next]!
      const turned = way[0] === tip ? way : way.toReversed()
      for (let k = 1; k < turned.length; k++) ring.push(turned[k]!)
    }
    if (ring.length > 3 && ring[0] === ring.at(-1)) rings.push(ring)
  }
  return rings
}

/** The first way of a set that is not used, or -1; those before it are used up and go. */
function firstUnused(ways: Set<number> | undefined, used: Uint8Array): number {
  for (const way of ways ?? []) {
    if (!used[way]) return way
    ways!.delete(way)
  }
  return -1
}
