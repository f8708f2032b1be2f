/**
 * By id one row of 16 bytes, for walks: where its last entry of a driver lies, and the moves into it, three at most, each
 * as the id it comes from << 12 | its units, then `NONE`. What does not go into that is looked up in the long tables.
 * Ids near each other in the town lie near each other in the elimination tree, and so do their rows.
 */

import { FAR, NONE, put, u32at } from './memory.as'
import { firstIn, inTail, inUnits, rows, states } from './tables.as'

const UNIT_BITS: u32 = 12
const UNITS: u32 = (1 << UNIT_BITS) - 1
/** In place of the first move: see the long tables. */
const LONG: u32 = NONE - 1
const MOST_MOVES: u32 = 3

// @ts-expect-error: decorator
@inline
function rowAt(id: u32): usize {
  return rows + ((<usize>id) << 4)
}

/** Place of the last entry of a driver at an id, see `batches.as.ts`; `NONE`. */
// @ts-expect-error: decorator
@inline
export function lastEntry(id: u32): u32 {
  return load<u32>(rowAt(id))
}
// @ts-expect-error: decorator
@inline
export function setLastEntry(id: u32, place: u32): void {
  store<u32>(rowAt(id), place)
}

/** Move number 0, 1 or 2 into an id; `NONE`. */
// @ts-expect-error: decorator
@inline
export function moveIn(id: u32, number: u32): u32 {
  return u32at(rowAt(id), number + 1)
}
/** Whether its moves are not in the row. */
// @ts-expect-error: decorator
@inline
export function isLong(id: u32): bool {
  return moveIn(id, 0) == LONG
}
// @ts-expect-error: decorator
@inline
export function tailOf(move: u32): u32 {
  return move >> UNIT_BITS
}
// @ts-expect-error: decorator
@inline
export function unitsOfMove(move: u32): u32 {
  return move & UNITS
}

/** Take over the units of the set of weights that answers. */
export function takeMoves(): void {
  for (let id: u32 = 0, m: u32 = 0; id < states; id++) {
    const row = rowAt(id)
    for (let i: u32 = 1; i <= MOST_MOVES; i++) put(row, i, NONE)
    let n: u32 = 0
    for (const end = u32at(firstIn, id + 1); m < end; m++) {
      const units = u32at(inUnits, m)
      if (units >= FAR) continue
      const tail = u32at(inTail, m)
      const isIn = n < MOST_MOVES && units < UNITS && tail < NONE >> UNIT_BITS
      n = isIn ? n + 1 : MOST_MOVES + 1
      if (isIn) put(row, n, (tail << UNIT_BITS) | units)
    }
    if (n > MOST_MOVES) put(row, 1, LONG)
  }
}
