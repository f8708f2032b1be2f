import type { Hierarchy } from './hierarchy.ts'

/** Kind of a cell that has cells in it. */
export const INNER_CELL = 0
/** Kind of a cell without cells in it: some small subtrees that hang on the same id. */
export const GROUP_CELL = 1
/** Kind of a cell without cells in it: a separator, a downward run of ids of the elimination tree. */
export const CHAIN_CELL = 2
/** No cell. */
export const NO_CELL = 0xffffffff

/**
 * The elimination tree in cells, for best-first search: cell 0 holds all ids, an inner cell falls into its separator
 * (a chain cell, always its first child) and what the separator parts (inner and group cells). Parents have smaller
 * numbers than their children.
 */
export interface SeparatorTree {
  readonly cells: number
  /** `NO_CELL` for leaves; and for the last sibling; and for cell 0. */
  readonly firstChild: Uint32Array
  readonly nextSibling: Uint32Array
  readonly parent: Uint32Array
  /** Ancestors (depths 0 … common-1) that all ids of a cell share and that are not in it. */
  readonly common: Uint16Array
  /** Room for `common` u16 minima, rounded up to eight: from `minOffset[c]`, in u16; the last entry is the sum. */
  readonly minOffset: Uint32Array
  /** `INNER_CELL`, `GROUP_CELL` or `CHAIN_CELL`. */
  readonly kind: Uint8Array
  /** Ids `low[c] … high[c]` are those of the cell; of a chain cell they are those of its parent. */
  readonly low: Uint32Array
  readonly high: Uint32Array
  /** Leaf cell of each id. */
  readonly cellOf: Uint32Array
}

/** Cut the elimination tree into cells; subtrees of up to `leafSize` ids are not cut further. */
export function separatorTree(_tree: Pick<Hierarchy, 'parent' | 'depth'>, _leafSize = 64): SeparatorTree {
  throw new Error('Not written yet.')
}
