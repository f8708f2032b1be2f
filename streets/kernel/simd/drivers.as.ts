/**
 * Entries of drivers at ids: see `plain-drivers.ts`. What is asked of them by id lies in batches (`batches.as.ts`), the rest
 * in a record each.
 */

import {
  batchOf, classesIn, driverIn, entryIn, nextBatch, orderIn, placeAfter, placeBefore, putAt, restIn, setRestIn,
} from './batches.as'
import { allow, occupy, vacate } from './cells.as'
import { counts, offer } from './found.as'
import { FAR, NONE } from './memory.as'
import { lastEntry, setLastEntry } from './rows.as'
import { entries } from './tables.as'

/** Number of entries. */
export let entryCount: u32 = 0

// @ts-expect-error: decorator
@inline
export function entryAt(entry: u32): usize {
  return entries + ((<usize>entry) << 4)
}
// @ts-expect-error: decorator
@inline
export function idAt(p: usize): u32 {
  return load<u32>(p)
}
// @ts-expect-error: decorator
@inline
export function placeOf(p: usize): u32 {
  return load<u32>(p, 4)
}
// @ts-expect-error: decorator
@inline
function setPlace(p: usize, place: u32): void {
  store<u32>(p, place, 4)
}
/** `spotOf` its id: one line of memory less to ask for. */
// @ts-expect-error: decorator
@inline
export function spotAt(p: usize): u32 {
  return load<u32>(p, 8)
}

/** Another time left for an entry. */
export function setRest(p: usize, rest: u32): void {
  setRestIn(batchOf(placeOf(p)), placeOf(p) & 3, min<u32>(rest, FAR))
}

// @ts-expect-error: decorator
@inline
function link(p: usize, id: u32, spot: u32): void {
  const last = lastEntry(id)
  const place = placeAfter(last)
  setLastEntry(id, place)
  store<u32>(p, id)
  setPlace(p, place)
  store<u32>(p, spot, 8)
  if (last == NONE) occupy(spot >> 5, spot & 31)
}

/** The last entry of the id takes the place of the one that goes. */
// @ts-expect-error: decorator
@inline
function unlink(p: usize, id: u32): void {
  const place = placeOf(p)
  const last = lastEntry(id)
  if (place != last) {
    const from = batchOf(last)
    const i = last & 3
    const moved = entryIn(from, i)
    putAt(place, moved, driverIn(from, i), orderIn(from, i), restIn(from, i), classesIn(from, i))
    setPlace(entryAt(moved), place)
  }
  const before = placeBefore(last)
  setLastEntry(id, before)
  if (before == NONE) vacate(spotAt(p) >> 5, spotAt(p) & 31)
}

/** Its driver's order, for an entry that is about to be placed. */
// @ts-expect-error: decorator
@inline
export function setOrderOf(entry: u32, order: u32): void {
  store<u32>(entryAt(entry), order, 12)
}

/** An entry at an id, whose spot is `spot`. */
export function placeAt(entry: u32, id: u32, spot: u32, rest: u32, driver: u32, classes: u32): void {
  const p = entryAt(entry)
  const was = idAt(p)
  if (was != id) {
    if (was != NONE) unlink(p, was)
    else entryCount++
    link(p, id, spot)
  }
  putAt(placeOf(p), entry, driver, load<u32>(p, 12), min<u32>(rest, FAR), classes)
  if (classes) allow(spot >> 5, classes)
}

export function removeEntry(entry: u32): void {
  const p = entryAt(entry)
  const id = idAt(p)
  if (id == NONE) return
  unlink(p, id)
  store<u32>(p, NONE)
  entryCount--
}

/** All classes of the entries at an id. */
// @ts-expect-error: decorator
@inline
export function classesAtId(id: u32): u32 {
  let all: u32 = 0
  for (let last = lastEntry(id); last != NONE; ) {
    const p = batchOf(last)
    for (let i: u32 = 0; i <= (last & 3); i++) all |= classesIn(p, i)
    last = nextBatch(p)
  }
  return all
}

/** Offer the drivers of an id that is `units` before the goal; `last`: the place of its last entry. */
// @ts-expect-error: decorator
@inline
export function offerAll(last: u32, units: u32, needs: u32): void {
  while (last != NONE) {
    const p = batchOf(last)
    const end = last & 3
    last = nextBatch(p)
    for (let i: u32 = 0; i <= end; i++) {
      const time = units + restIn(p, i)
      if (!counts(time, orderIn(p, i)) || (classesIn(p, i) & needs) != needs) continue
      offer(time, driverIn(p, i), orderIn(p, i))
    }
  }
}
