/**
 * Numbers the nodes of a tree in preorder, small subtrees before big ones, ties by place. Nodes are given by their
 * parents: each node stands before its parent, the last one is the top.
 */
export function preorder(parent: Uint32Array): Uint32Array {
  const count = parent.length
  const size = new Uint32Array(count)
  const at = new Uint32Array(count + 2)
  for (let p = 0; p < count; p++) {
    const own = ++size[p]!
    at[own + 1]!++
    if (p + 1 < count) size[parent[p]!]! += own
  }
  for (let n = 1; n < at.length; n++) at[n]! += at[n - 1]!
  const bySize = new Uint32Array(count)
  for (let p = 0; p < count; p++) bySize[at[size[p]!]!++] = p

  // How far a node's number lies behind its parent's: one, and the sizes of the siblings before it.
  const number = new Uint32Array(count)
  const taken = new Uint32Array(count)
  for (let i = 0; i + 1 < count; i++) {
    const p = bySize[i]!
    const up = parent[p]!
    number[p] = ++taken[up]!
    taken[up]! += size[p]! - 1
  }
  for (let p = count - 2; p >= 0; p--) number[p]! += number[parent[p]!]!
  return number
}
