/**
 * Where the host has put things: byte offsets in memory, written by it into these globals, which bear the names that
 * the arrays have in `kernel-tables.ts`, `weight-set.ts` and `wasm-core.ts`.
 */

export let states: u32 = 0
export let cells: u32 = 0
export let arcs: u32 = 0
/** Whether states are the ends of arcs. */
export let isTurns: bool = false

export let idOf: usize = 0
export let upFirst: usize = 0
export let upHead: usize = 0
/** Four words an id: `labelAt`, `inlabel`, `ascendant` and `depth` side by side. */
export let idFacts: usize = 0
export let exitDepth: usize = 0

export let moveWay: usize = 0
export let firstIn: usize = 0
export let inTail: usize = 0
export let inMove: usize = 0

export let endId: usize = 0
export let entryFirst: usize = 0
export let entryId: usize = 0
export let soleEntry: usize = 0
/** In the turn model 64 bytes a street: see `street-ends.as.ts`. */
export let streetEnds: usize = 0

export let cellWords: usize = 0
export let chainIds: usize = 0
export let spotOf: usize = 0
export let cellParent: usize = 0
export let cellLanes: usize = 0
export let minimaAt: usize = 0

/** Units of each move of the weights that are being worked in. */
export let moveUnits: usize = 0
/** The set of weights that answers. */
export let out: usize = 0
export let into: usize = 0
export let inUnits: usize = 0
export let minima: usize = 0
export let arcUnits: usize = 0

/** Lanes of the goal; u64 a goal's entry (units << 32 | id). */
export let goal: usize = 0
export let goalEntries: usize = 0

/** A word for each eight lanes of the goal, and one more: see `goal-blocks.as.ts`. */
export let blocks: usize = 0

/** Four u32 an entry: id, place (see `batches.as.ts`), `spotOf` the id, the driver's order. */
export let entries: usize = 0
/** By driver, 16 bytes: how far along its edge he stands (f64), the edge, the stamp of his kept label. */
export let stands: usize = 0
/** By id, 16 bytes: see `rows.as.ts`. */
export let rows: usize = 0

/** The heap, u64 each; and what was found, 16 bytes each: order, units, driver. */
export let heap: usize = 0
export let found: usize = 0
