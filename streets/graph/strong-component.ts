/**
 * Marks the largest strongly connected component of a directed graph (1 inside, 0 outside): Tarjan without recursion.
 * The edges out of node `v` end in `head[firstOut[v]] … head[firstOut[v + 1] - 1]`. Ties go to the component found
 * first.
 */
export function largestStrongComponent(firstOut: Uint32Array, head: Uint32Array): Uint8Array {
  const nodes = firstOut.length - 1
  const next = firstOut.slice()
  /** When a node was entered, from 1; 0: not yet. */
  const seenAt = new Uint32Array(nodes)
  /** The earliest node still open that is known to be reached; later than all once its component is closed. */
  const low = new Uint32Array(nodes)
  const open = new Uint32Array(nodes)
  const path = new Uint32Array(nodes)
  const inside = new Uint8Array(nodes)
  let [clock, opened, best] = [0, 0, 0]
  for (let root = 0; root < nodes; root++) {
    if (seenAt[root]! > 0) continue
    let steps = 1
    path[0] = open[opened++] = root
    seenAt[root] = low[root] = ++clock
    while (steps > 0) {
      const v = path[steps - 1]!
      if (next[v]! < firstOut[v + 1]!) {
        const w = head[next[v]!++]!
        if (seenAt[w] === 0) {
          path[steps++] = open[opened++] = w
          seenAt[w] = low[w] = ++clock
        } else if (low[w]! < low[v]!) low[v] = low[w]!
        continue
      }
      if (--steps > 0) {
        const parent = path[steps - 1]!
        if (low[v]! < low[parent]!) low[parent] = low[v]!
      }
      if (low[v] !== seenAt[v]) continue
      let start = opened
      while (open[--start] !== v);
      const bigger = opened - start > best
      if (bigger) {
        best = opened - start
        inside.fill(0)
      }
      for (; opened > start; opened--) {
        const w = open[opened - 1]!
        low[w] = 0xffffffff
        if (bigger) inside[w] = 1
      }
    }
  }
  return inside
}
