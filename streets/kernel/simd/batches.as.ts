/**
 * Entries of drivers by id, in batches of four: a cache line each, so that a crowd at one id is read line by line. A *place*
 * is where an entry lies: the batch's address >> 4, and the entry's number in it. By id the place of the last entry is
 * kept (`rows.as.ts`): batches before the first one are full. A batch: the place of the last entry of the next one, then
 * each four times entry, driver, order (u32), rest (u16) and classes (u8).
 */

import { NONE } from './memory.as'

/** A chain of batches that nobody needs, as places. */
let free: u32 = NONE

/** Batch of a place. */
// @ts-expect-error: decorator
@inline
export function batchOf(place: u32): usize {
  return (<usize>(place & ~3)) << 4
}
/** The next batch, as the place of its last entry; `NONE`. */
// @ts-expect-error: decorator
@inline
export function nextBatch(p: usize): u32 {
  return load<u32>(p)
}
// @ts-expect-error: decorator
@inline
export function entryIn(p: usize, i: u32): u32 {
  return load<u32>(p + ((<usize>i) << 2), 4)
}
// @ts-expect-error: decorator
@inline
export function driverIn(p: usize, i: u32): u32 {
  return load<u32>(p + ((<usize>i) << 2), 20)
}
// @ts-expect-error: decorator
@inline
export function orderIn(p: usize, i: u32): u32 {
  return load<u32>(p + ((<usize>i) << 2), 36)
}
// @ts-expect-error: decorator
@inline
export function restIn(p: usize, i: u32): u32 {
  return load<u16>(p + ((<usize>i) << 1), 52)
}
// @ts-expect-error: decorator
@inline
export function setRestIn(p: usize, i: u32, rest: u32): void {
  store<u16>(p + ((<usize>i) << 1), <u16>rest, 52)
}
// @ts-expect-error: decorator
@inline
export function classesIn(p: usize, i: u32): u32 {
  return load<u8>(p + <usize>i, 60)
}

/** Write the entry at a place. */
// @ts-expect-error: decorator
@inline
export function putAt(place: u32, entry: u32, driver: u32, order: u32, rest: u32, classes: u32): void {
  const p = batchOf(place)
  const i = place & 3
  const words = p + ((<usize>i) << 2)
  store<u32>(words, entry, 4)
  store<u32>(words, driver, 20)
  store<u32>(words, order, 36)
  setRestIn(p, i, rest)
  store<u8>(p + <usize>i, <u8>classes, 60)
}

/** The place after `last`, which the last entry of an id has; `NONE`: its first one. */
// @ts-expect-error: decorator
@inline
export function placeAfter(last: u32): u32 {
  if (last != NONE && (last & 3) != 3) return last + 1
  const taken = free
  const p = batchOf(taken)
  free = nextBatch(p)
  store<u32>(p, last)
  return taken
}

/** The place before `last`, which is given up; `NONE` where there is none. */
// @ts-expect-error: decorator
@inline
export function placeBefore(last: u32): u32 {
  if (last & 3) return last - 1
  const p = batchOf(last)
  const before = nextBatch(p)
  store<u32>(p, free)
  free = last
  return before
}

/** Room for `count` batches more. */
export function addBatches(at: usize, count: u32): void {
  for (let p = at + ((<usize>count) << 6); p > at; ) {
    p -= 64
    store<u32>(p, free)
    free = <u32>(p >> 4)
  }
}
