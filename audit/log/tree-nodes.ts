import { EMPTY_ROOT, type TreeHash } from './tree-hash.ts'

/** A whole subtree: the `index`-th, from 0, of those of 2^level leaves. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Leaves `start` to `end`, without `end`; `start` is where a subtree of the tree begins. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** The hash of a whole subtree, from wherever the tree is kept. */
export type NodeHash = (node: TreeNode) => Uint8Array

/** The greatest power of two below `n`. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** The whole subtrees that make up a range, left to right: at most one of each height. */
export function nodesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = []
  let at = start
  for (let rest = end - start; rest > 0; ) {
    const size = rest === 1 ? 1 : splitOf(rest + 1)
    nodes.push({ level: Math.round(Math.log2(size)), index: at / size })
    at += size
    rest -= size
  }
  return nodes
}

/** The ranges whose hashes are the inclusion proof of a leaf, from the leaf up. Source: RFC 6962 section 2.1.1. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

/** The ranges whose hashes are the consistency proof from a size to a greater one. Source: RFC 6962 section 2.1.2. */
export function consistencyRanges(size1: number, size2: number): LeafRange[] {
  const ranges: LeafRange[] = []
  if (size1 === 0) return ranges
  let [start, end] = [0, size2]
  let isOld = true // the range in hand begins where the old tree begins
  while (size1 < end) {
    const middle = start + splitOf(end - start)
    if (size1 <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
      isOld = false
    }
  }
  if (!isOld) ranges.push({ start, end })
  return ranges.reverse()
}

/** Hash of a range of at least one leaf. */
export function rangeHash(range: LeafRange, nodeHash: NodeHash, hash: TreeHash): Uint8Array {
  const parts = nodesOf(range).map(nodeHash)
  return parts.reduceRight((right, left) => hash.node(left, right))
}

/** Root of the tree of the first `size` leaves. */
export const rootOf = (size: number, nodeHash: NodeHash, hash: TreeHash): Uint8Array =>
  size === 0 ? EMPTY_ROOT : rangeHash({ start: 0, end: size }, nodeHash, hash)
