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

/** Cuts the elimination tree into cells; subtrees of up to `leafSize` ids are not cut further. */
export function separatorTree(
  { parent: parentOf, depth }: Pick<Hierarchy, 'parent' | 'depth'>,
  leafSize = 64,
): SeparatorTree {
  const states = parentOf.length
  const size = new Uint32Array(states).fill(1)
  for (let id = states - 1; id > 0; id--) size[parentOf[id]!]! += size[id]!
  const cellOf = new Uint32Array(states)
  const cells: Cell[] = []
  const add = (parent: number, kind: number, common: number, low: number, high: number): void => {
    if (kind === GROUP_CELL) cellOf.fill(cells.length, low, high + 1)
    cells.push({ parent, kind, common, low, high })
  }
  if (states > 0) add(NO_CELL, INNER_CELL, 0, 0, states - 1)
  for (let cell = 0; cell < cells.length; cell++) {
    const { kind, low, high } = cells[cell]!
    if (kind !== INNER_CELL) continue
    const chain = cells.length
    add(cell, CHAIN_CELL, depth[low]!, low, high)
    // The separator goes down as long as there is one big child. Children stand in order of their sizes.
    for (let top = low; ; ) {
      cellOf[top] = chain
      const end = top + size[top]!
      let id = top + 1
      while (id < end && size[id]! <= leafSize) {
        const start = id
        while (id < end && size[id]! <= leafSize && id + size[id]! - start <= leafSize) id += size[id]!
        add(cell, GROUP_CELL, depth[top]! + 1, start, id - 1)
      }
      if (id < end && id + size[id]! === end) {
        top = id
        continue
      }
      for (; id < end; id += size[id]!) add(cell, INNER_CELL, depth[id]!, id, id + size[id]! - 1)
      break
    }
  }
  return { ...columnsOf(cells), cellOf }
}

interface Cell {
  readonly parent: number
  readonly kind: number
  readonly common: number
  readonly low: number
  readonly high: number
}

/** Cells as columns: siblings stand side by side. */
function columnsOf(cells: readonly Cell[]): Omit<SeparatorTree, 'cellOf'> {
  const firstChild = new Uint32Array(cells.length).fill(NO_CELL)
  const nextSibling = new Uint32Array(cells.length).fill(NO_CELL)
  const minOffset = new Uint32Array(cells.length + 1)
  for (const [c, { parent, common }] of cells.entries()) {
    minOffset[c + 1] = minOffset[c]! + ((common + 7) & ~7)
    if (parent === NO_CELL) continue
    if (firstChild[parent] === NO_CELL) firstChild[parent] = c
    else nextSibling[c - 1] = c
  }
  return {
    cells: cells.length,
    firstChild,
    nextSibling,
    parent: Uint32Array.from(cells, cell => cell.parent),
    common: Uint16Array.from(cells, cell => cell.common),
    minOffset,
    kind: Uint8Array.from(cells, cell => cell.kind),
    low: Uint32Array.from(cells, cell => cell.low),
    high: Uint32Array.from(cells, cell => cell.high),
  }
}
