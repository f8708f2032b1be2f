import type { Hierarchy } from './hierarchy.ts'

/**
 * Answers how deep the lowest common ancestor of two ids lies, in constant time (Schieber and Vishkin 1988). The tree
 * falls into paths, each with a number (*inlabel*) that tells where the path hangs in a complete binary tree.
 */
export interface AncestorIndex {
  /** Path of each id: 1 … states. */
  readonly inlabel: Uint32Array
  /** Heights in the binary tree of the paths above each id and of its own, as bits. */
  readonly ascendant: Uint32Array
  /** For each path: depth of the id above its upper end (`depth[parent[head of path]]`); unused for the top path. */
  readonly exitDepth: Uint16Array
}

/** Index the elimination tree of a hierarchy. */
export function ancestorIndex(_tree: Pick<Hierarchy, 'parent'>): AncestorIndex {
  throw new Error('Not written yet.')
}

/** Depth of the lowest common ancestor of two ids (each is its own ancestor). */
export function lcaDepth(_index: AncestorIndex, _depth: Uint16Array, _a: number, _b: number): number {
  throw new Error('Not written yet.')
}
