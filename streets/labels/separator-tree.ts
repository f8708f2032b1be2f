import type { Hierarchy } from './hierarchy.ts'

/** Kind of a cell that has cells in it. */
export const INNER_CELL = 0
/** Kind of a cell without cells in it: some small subtrees that hang on the same id. */
export const GROUP_CELL = 1
/** Kind of a cell without cells in it: a piece of a separator, a downward run of ids of the elimination tree. */
export const CHAIN_CELL = 2
/** No cell. */
export const NO_CELL = 0xffffffff
/** Most ids of a leaf: a bit each in a word. */
export const MOST_IDS = 32

/**
 * The elimination tree in cells, for best-first search: cell 0 holds all ids, an inner cell falls into its separator
 * (chain cells, always its first children) and what the separator parts (inner and group cells). Siblings stand side
 * by side, after their parent.
 */
export interface SeparatorTree {
  readonly cells: number
  /** `INNER_CELL`, `GROUP_CELL` or `CHAIN_CELL`. */
  readonly kind: Uint8Array
  /** `NO_CELL` for cell 0. */
  readonly parent: Uint32Array
  /** First child of an inner cell; first id of a group, which is a run of ids; of a chain, its first place in `chainIds`. */
  readonly first: Uint32Array
  /** How many children or ids from there on. */
  readonly size: Uint32Array
  /** Ids of all chains. */
  readonly chainIds: Uint32Array
  /** Ancestors (depths 0 … common-1) that all ids of a cell share and that are not in it. */
  readonly common: Uint16Array
  /** Leaf of each id, and which of its ids it is: `cell * MOST_IDS + number`. */
  readonly spotOf: Uint32Array
}

/** Cuts the elimination tree into cells; subtrees of up to `leafSize` ids (`MOST_IDS` at most) are not cut further. */
export function separatorTree(
  { parent: parentOf, depth }: Pick<Hierarchy, 'parent' | 'depth'>,
  leafSize = MOST_IDS,
): SeparatorTree {
  const states = parentOf.length
  const sizeOf = new Uint32Array(states).fill(1)
  for (let id = states - 1; id > 0; id--) sizeOf[parentOf[id]!]! += sizeOf[id]!
  const chainIds: number[] = []
  const cells: Cell[] = []
  if (states > 0) cells.push({ kind: INNER_CELL, parent: NO_CELL, first: 0, size: states, common: 0 })
  for (let c = 0; c < cells.length; c++) {
    const cell = cells[c]!
    if (cell.kind !== INNER_CELL) continue
    // What an inner cell is told at first: its top id, and how many ids there are.
    const low = cell.first
    cell.first = cells.length
    const chain = chainUnder(low, sizeOf, leafSize)
    for (let at = 0; at < chain.length; at += leafSize) {
      const size = Math.min(leafSize, chain.length - at)
      const first = chainIds.push(...chain.slice(at, at + size)) - size
      cells.push({ kind: CHAIN_CELL, parent: c, first, size, common: depth[low]! + at })
    }
    for (let i = 0; i < chain.length; i++) {
      const top = chain[i]!
      const end = chain[i + 1] ?? top + sizeOf[top]!
      const common = depth[top]! + 1
      for (let id = top + 1; id < end; ) {
        const first = id
        while (id < end && id + sizeOf[id]! - first <= leafSize) id += sizeOf[id]!
        const kind = id > first ? GROUP_CELL : INNER_CELL
        if (id === first) id += sizeOf[id]!
        cells.push({ kind, parent: c, first, size: id - first, common })
      }
    }
    cell.size = cells.length - cell.first
  }
  return {
    ...columnsOf(cells),
    chainIds: Uint32Array.from(chainIds),
    spotOf: spotsOf(cells, chainIds, states),
  }
}

function columnsOf(cells: readonly Cell[]) {
  const kind = new Uint8Array(cells.length)
  const parent = new Uint32Array(cells.length)
  const first = new Uint32Array(cells.length)
  const size = new Uint32Array(cells.length)
  const common = new Uint16Array(cells.length)
  for (let c = 0; c < cells.length; c++) {
    const cell = cells[c]!
    kind[c] = cell.kind
    parent[c] = cell.parent
    first[c] = cell.first
    size[c] = cell.size
    common[c] = cell.common
  }
  return { cells: cells.length, kind, parent, first, size, common }
}

function spotsOf(cells: readonly Cell[], chainIds: readonly number[], states: number): Uint32Array {
  const spotOf = new Uint32Array(states)
  for (let c = 0; c < cells.length; c++) {
    const { kind, first, size } = cells[c]!
    if (kind === INNER_CELL) continue
    for (let i = 0; i < size; i++)
      spotOf[kind === CHAIN_CELL ? chainIds[first + i]! : first + i] = c * MOST_IDS + i
  }
  return spotOf
}

interface Cell {
  readonly kind: number
  readonly parent: number
  first: number
  size: number
  readonly common: number
}

/** The separator under an id: it goes down as long as there is one big child. Children stand in order of their sizes. */
function chainUnder(low: number, sizeOf: Uint32Array, leafSize: number): number[] {
  const chain = [low]
  for (let top = low; ; ) {
    const end = top + sizeOf[top]!
    let id = top + 1
    while (id < end && sizeOf[id]! <= leafSize) id += sizeOf[id]!
    if (id >= end || id + sizeOf[id]! < end) return chain
    chain.push(id)
    top = id
  }
}
