/**
 * Moves of drivers wait until there are some, or something is asked. What a move needs is anywhere in memory, and one line of
 * it tells where the next one is: so each of these steps is made for all moves that wait before the next one.
 */

import { batchOf, entryIn } from './batches.as'
import { cellAt } from './cells.as'
import { forgetLabel, moveDriver, standAt } from './driver-places.as'
import { entryAt, idAt, placeAt, placeOf, removeEntry, setOrderOf, spotAt } from './drivers.as'
import { NONE, u32at } from './memory.as'
import { lastEntry } from './rows.as'
import { endOf, spotAtEnd } from './street-ends.as'
import { idOf, spotOf } from './tables.as'

const MOST: u32 = 16
/** By move, 24 bytes: fraction (f64), driver, edge, the only arc, classes. */
const MOVES = memory.data(16 * 24, 16)
const MOVE: usize = 24
const SEEN = memory.data(64, 16)
let count: u32 = 0

export function placeDriver(driver: u32, edge: u32, fraction: f64, onlyArc: u32, classes: u32): void {
  const move = MOVES + <usize>count * MOVE
  store<f64>(move, fraction)
  store<u32>(move, driver, 8)
  store<u32>(move, edge, 12)
  store<u32>(move, onlyArc, 16)
  store<u32>(move, classes, 20)
  if (++count == MOST) makeMoves()
}

export function place(entry: u32, state: u32, rest: u32, driver: u32, classes: u32): void {
  needMoves()
  setOrderOf(entry, NONE)
  forgetLabel(entry >> 1)
  const id = u32at(idOf, state)
  placeAt(entry, id, u32at(spotOf, id), rest, driver, classes)
}

export function remove(entry: u32): void {
  needMoves()
  removeEntry(entry)
  forgetLabel(entry >> 1)
}

/** Make the moves that wait. */
// @ts-expect-error: decorator
@inline
export function needMoves(): void {
  if (count) makeMoves()
}

function makeMoves(): void {
  const end = MOVES + <usize>count * MOVE
  if (count > 1) bringNear(end)
  count = 0
  for (let move: usize = MOVES; move < end; move += MOVE) {
    moveDriver(load<u32>(move, 8), load<u32>(move, 12), load<f64>(move), load<u32>(move, 16), load<u32>(move, 20))
  }
}

/** The batch of a place, or where there is none anything that is near. */
// @ts-expect-error: decorator
@inline
function batchAt(place: u32): usize {
  return select<usize>(SEEN, batchOf(place), place == NONE)
}

/** See that what the moves before `end` need is near. */
function bringNear(end: usize): void {
  let seen: u32 = 0
  for (let move: usize = MOVES; move < end; move += MOVE) {
    const driver = load<u32>(move, 8)
    seen |= load<u32>(standAt(driver)) | idAt(entryAt(driver << 1)) | endOf(load<u32>(move, 12))
  }
  for (let move: usize = MOVES; move < end; move += MOVE) {
    for (let k: u32 = 0; k < 2; k++) {
      const p = entryAt((load<u32>(move, 8) << 1) | k)
      const was = idAt(p)
      const arc = (load<u32>(move, 12) & ~1) | k
      const id = endOf(arc)
      const isThere = was != NONE
      seen |= lastEntry(select<u32>(was, 0, isThere)) | load<u32>(batchAt(select<u32>(placeOf(p), NONE, isThere)))
      seen |= load<u32>(cellAt(select<u32>(spotAt(p) >> 5, 0, isThere)))
      const next = select<u32>(0, id, id == NONE)
      seen |= lastEntry(next) | spotAtEnd(arc, next)
    }
  }
  for (let move: usize = MOVES; move < end; move += MOVE) {
    for (let k: u32 = 0; k < 2; k++) {
      const was = idAt(entryAt((load<u32>(move, 8) << 1) | k))
      const arc = (load<u32>(move, 12) & ~1) | k
      const id = endOf(arc)
      const next = select<u32>(0, id, id == NONE)
      const last = lastEntry(select<u32>(was, 0, was != NONE))
      seen |= entryIn(batchAt(last), last & 3) | load<u32>(batchAt(lastEntry(next)))
      seen |= load<u32>(cellAt(spotAtEnd(arc, next) >> 5))
    }
  }
  store<u32>(SEEN, seen & 1)
}
