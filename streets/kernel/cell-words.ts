import { MOST_IDS, type SeparatorTree } from '../labels/separator-tree.ts'

/** Words of a cell: one half of a cache line. The first four and the next two numbers are as in `SeparatorTree`. */
export const CELL_WORDS = 8
export const PARENT = 0
export const FIRST = 1
export const SIZE = 2
/** Where the cell's minima begin, in lanes. */
export const MINIMA = 3
/**
 * Which of the cell's ids have entries, or which of its children do: a bit each. The last bit stands for all children
 * from number 31 on.
 */
export const OCCUPIED = 4
/** `common`, and lanes of the minima << 16. */
export const LANES = 5
/** Kind, the cell's bit in its parent << 8, and the classes that its entries may have << 16: these, and maybe more. */
export const TRAITS = 6

/** Cells as words, without entries. */
export function cellWords(cells: SeparatorTree, cellLanes: Uint16Array, minimaAt: Uint32Array): Uint32Array {
  const { kind, parent, first, size, common } = cells
  const words = new Uint32Array(cells.cells * CELL_WORDS)
  for (let c = 0; c < cells.cells; c++) {
    const slot = c === 0 ? 0 : Math.min(c - first[parent[c]!]!, MOST_IDS - 1)
    const at = c * CELL_WORDS
    words[at + PARENT] = parent[c]!
    words[at + FIRST] = first[c]!
    words[at + SIZE] = size[c]!
    words[at + MINIMA] = minimaAt[c]!
    words[at + LANES] = common[c]! | (cellLanes[c]! << 16)
    words[at + TRAITS] = kind[c]! | (slot << 8)
  }
  return words
}
