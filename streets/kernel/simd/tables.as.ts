/**
 * Where the host has put things: byte offsets in memory, written by it into these globals, which bear the names that
 * the arrays have in `kernel-tables.ts`, `weight-set.ts` and `wasm-core.ts`.
 */

export const states: u32 = 0
export const cells: u32 = 0

export const idOf: usize = 0
export const upFirst: usize = 0
export const upHead: usize = 0
export const depth: usize = 0
export const labelAt: usize = 0
export const inlabel: usize = 0
export const ascendant: usize = 0
export const exitDepth: usize = 0

export const moveArc: usize = 0
export const moveDown: usize = 0
export const firstIn: usize = 0
export const inTail: usize = 0
export const inMove: usize = 0

export const firstChild: usize = 0
export const nextSibling: usize = 0
export const cellParent: usize = 0
export const common: usize = 0
export const minimaAt: usize = 0
export const kind: usize = 0
export const low: usize = 0
export const high: usize = 0
export const cellOf: usize = 0

/** Units of each move of the weights that are being worked in. */
export const moveUnits: usize = 0
/** The set of weights that answers. */
export const out: usize = 0
export const into: usize = 0
export const inUnits: usize = 0
export const minima: usize = 0

/** Lanes of the goal; u64 a goal's entry (units << 32 | id). */
export const goal: usize = 0
export const goalEntries: usize = 0

/** Five u32 an entry: id, next, previous, driver, rest | classes << 16 | apart << 24. */
export const entries: usize = 0
/** By id: first entry there. By cell: first entry, number of entries, eight numbers by class. */
export const firstAt: usize = 0
export const firstInCell: usize = 0
export const count: usize = 0
export const classCount: usize = 0

/** By id: the last search that settled it. */
export const settledBy: usize = 0
/** u64 each: the heap, and what was found (units << 32 | driver). */
export const heap: usize = 0
export const found: usize = 0
