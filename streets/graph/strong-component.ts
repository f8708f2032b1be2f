/**
 * Marks the largest strongly connected component of a directed graph (1 inside, 0 outside): Tarjan without recursion.
 * Ties go to the component found first.
 */
export function largestStrongComponent(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): Uint8Array {
  const first = new Uint32Array(nodes + 2)
  for (let e = 0; e < from.length; e++) first[from[e]! + 2]!++
  for (let v = 2; v < first.length; v++) first[v]! += first[v - 1]!
  const heads = new Uint32Array(from.length)
  for (let e = 0; e < from.length; e++) heads[first[from[e]! + 1]!++] = to[e]!

  const component = new Int32Array(nodes).fill(-1)
  const seenAt = new Int32Array(nodes)
  const low = new Int32Array(nodes)
  const next = new Uint32Array(nodes)
  const open: number[] = []
  const path: number[] = []
  const sizes: number[] = []
  let clock = 0
  const enter = (v: number): void => {
    path.push(v)
    open.push(v)
    seenAt[v] = low[v] = ++clock
    next[v] = first[v]!
  }
  for (let root = 0; root < nodes; root++) {
    if (seenAt[root]) continue
    enter(root)
    while (path.length > 0) {
      const v = path.at(-1)!
      if (next[v]! < first[v + 1]!) {
        const w = heads[next[v]!++]!
        if (!seenAt[w]) enter(w)
        else if (component[w]! < 0) low[v] = Math.min(low[v]!, seenAt[w]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[v]!)
      if (low[v] !== seenAt[v]) continue
      let size = 0
      for (let w = -1; w !== v; size++) {
        w = open.pop()!
        component[w] = sizes.length
      }
      sizes.push(size)
    }
  }
  let best = 0
  for (let c = 1; c < sizes.length; c++) if (sizes[c]! > sizes[best]!) best = c
  return Uint8Array.from(component, c => (c === best ? 1 : 0))
}
