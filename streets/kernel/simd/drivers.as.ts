/** Entries of drivers at ids: see `plain-drivers.ts`. */

import { allow, occupy, vacate } from './cells.as'
import { FAR, NONE, u32at } from './memory.as'
import { firstEntry, setFirstEntry } from './rows.as'
import { entries, idOf, spotOf } from './tables.as'

/** Number of entries. */
export let entryCount: u32 = 0

// @ts-expect-error: decorator
@inline
export function entryAt(entry: u32): usize {
  return entries + <usize>entry * 24
}
// @ts-expect-error: decorator
@inline
export function idAt(p: usize): u32 {
  return load<u32>(p)
}
// @ts-expect-error: decorator
@inline
export function nextAt(p: usize): u32 {
  return load<u32>(p, 4)
}
// @ts-expect-error: decorator
@inline
export function driverAt(p: usize): u32 {
  return load<u32>(p, 12)
}
// @ts-expect-error: decorator
@inline
export function restAt(p: usize): u32 {
  return load<u16>(p, 16)
}
// @ts-expect-error: decorator
@inline
export function setRest(p: usize, rest: u32): void {
  store<u16>(p, min<u32>(rest, FAR), 16)
}
// @ts-expect-error: decorator
@inline
export function classesAt(p: usize): u32 {
  return load<u8>(p, 18)
}

/** `spotOf` its id: one line of memory less to ask for. */
// @ts-expect-error: decorator
@inline
function spotAt(p: usize): u32 {
  return load<u32>(p, 20)
}

// @ts-expect-error: decorator
@inline
function link(p: usize, entry: u32, id: u32): void {
  const next = firstEntry(id)
  setFirstEntry(id, entry)
  store<u32>(p, id)
  store<u32>(p, next, 4)
  store<u32>(p, NONE, 8)
  if (next != NONE) store<u32>(entryAt(next), entry, 8)
  const spot = u32at(spotOf, id)
  store<u32>(p, spot, 20)
  if (next == NONE) occupy(spot >> 5, spot & 31)
}

// @ts-expect-error: decorator
@inline
function unlink(p: usize, id: u32): void {
  const next = nextAt(p)
  const previous = load<u32>(p, 8)
  if (next != NONE) store<u32>(entryAt(next), previous, 8)
  if (previous != NONE) store<u32>(entryAt(previous), next, 4)
  else {
    setFirstEntry(id, next)
    if (next == NONE) vacate(spotAt(p) >> 5, spotAt(p) & 31)
  }
}

export function place(entry: u32, state: u32, rest: u32, driver: u32, classes: u32): void {
  placeAt(entry, u32at(idOf, state), rest, driver, classes)
}

/** An entry at an id. */
export function placeAt(entry: u32, id: u32, rest: u32, driver: u32, classes: u32): void {
  const p = entryAt(entry)
  const was = idAt(p)
  if (was != id) {
    if (was != NONE) unlink(p, was)
    else entryCount++
    link(p, entry, id)
  }
  store<u32>(p, driver, 12)
  store<u32>(p, min<u32>(rest, FAR) | (classes << 16), 16)
  if (classes) allow(spotAt(p) >> 5, classes)
}

export function remove(entry: u32): void {
  const p = entryAt(entry)
  const id = idAt(p)
  if (id == NONE) return
  unlink(p, id)
  store<u32>(p, NONE)
  entryCount--
}
