import type { Hierarchy } from './hierarchy.ts'

/**
 * Answers how deep the lowest common ancestor of two ids lies, in constant time (Schieber and Vishkin 1988). The tree
 * falls into paths, each with a number (*inlabel*) that tells where the path hangs in a complete binary tree: the
 * height there is the number of zero bits at its end.
 */
export interface AncestorIndex {
  /** Path of each id: 1 … states. */
  readonly inlabel: Uint32Array
  /** Heights in the binary tree of the paths above each id and of its own, as bits. */
  readonly ascendant: Uint32Array
  /** For each path: depth of the id above its upper end (`depth[parent[head of path]]`); unused for the top path. */
  readonly exitDepth: Uint16Array
}

/** Indexes the elimination tree of a hierarchy. */
export function ancestorIndex({ parent, depth }: Pick<Hierarchy, 'parent' | 'depth'>): AncestorIndex {
  const states = parent.length
  const size = new Uint32Array(states).fill(1)
  for (let id = states - 1; id > 0; id--) size[parent[id]!]! += size[id]!
  const inlabel = new Uint32Array(states)
  const ascendant = new Uint32Array(states)
  const exitDepth = new Uint16Array(states + 1)
  for (let id = 0; id < states; id++) {
    // The number with most zeros at its end among those of the subtree, id + 1 … id + size.
    const last = id + size[id]!
    const height = 31 - Math.clz32(id ^ last)
    const path = ((last >>> height) << height) >>> 0
    inlabel[id] = path
    const up = parent[id]!
    ascendant[id] = (up < 0 ? 0 : ascendant[up]!) | (path & -path)
    if (up >= 0 && inlabel[up] !== path) exitDepth[path] = depth[up]!
  }
  return { inlabel, ascendant, exitDepth }
}

/** Depth of the lowest common ancestor of two ids (each is its own ancestor). */
export function lcaDepth(index: AncestorIndex, depth: Uint16Array, a: number, b: number): number {
  const { inlabel, ascendant } = index
  const pathA = inlabel[a]!
  const pathB = inlabel[b]!
  if (pathA === pathB) return Math.min(depth[a]!, depth[b]!)
  // Both climb to the lowest path that holds an ancestor of each; the one who enters it higher up is at the answer.
  const apart = 31 - Math.clz32((pathA ^ pathB) | (pathA & -pathA) | (pathB & -pathB))
  const shared = ascendant[a]! & ascendant[b]! & (-1 << apart)
  const below = (shared & -shared) - 1
  return Math.min(depthAbove(index, depth, a, below), depthAbove(index, depth, b, below))
}

/** Depth at which an id's climb leaves the paths whose heights are in `below`. */
function depthAbove(
  { inlabel, ascendant, exitDepth }: AncestorIndex,
  depth: Uint16Array,
  id: number,
  below: number,
): number {
  const left = ascendant[id]! & below
  if (left === 0) return depth[id]!
  const height = 31 - Math.clz32(left)
  return exitDepth[((inlabel[id]! >>> height) | 1) << height]!
}
