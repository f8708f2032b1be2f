/**
 * Numbers the nodes of a tree in preorder, small subtrees before big ones, ties by place. Nodes are given by their
 * parents: each node stands before its parent, the last one is the top.
 */
export function preorder(parent: Uint32Array): Uint32Array {
  const count = parent.length
  const size = new Uint32Array(count).fill(1)
  for (let p = 0; p + 1 < count; p++) size[parent[p]!]! += size[p]!

  const at = new Uint32Array(count + 2)
  for (let p = 0; p < count; p++) at[size[p]! + 1]!++
  for (let n = 0; n <= count; n++) at[n + 1]! += at[n]!
  const bySize = new Uint32Array(count)
  for (let p = 0; p < count; p++) bySize[at[size[p]!]!++] = p

  // How far a node's number lies behind its parent's: one, and the sizes of the siblings before it.
  const behind = new Uint32Array(count)
  const taken = new Uint32Array(count).fill(1)
  for (const p of bySize) {
    behind[p] = taken[parent[p]!]!
    taken[parent[p]!]! += size[p]!
  }
  const number = new Uint32Array(count)
  for (let p = count - 2; p >= 0; p--) number[p] = number[parent[p]!]! + behind[p]!
  return number
}
