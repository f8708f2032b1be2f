/** Entries of drivers in cells: see `plain-drivers.ts`. */

import { FAR, NONE, put, u32at } from './memory.as'
import { cellOf, cellParent, classCount, count, entries, firstAt, firstInCell, idOf } from './tables.as'

// @ts-expect-error: decorator
@inline
export function entryAt(entry: u32): usize {
  return entries + <usize>entry * 20
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
export function classesAt(p: usize): u32 {
  return load<u8>(p, 18)
}
// @ts-expect-error: decorator
@inline
export function apartAt(p: usize): bool {
  return load<u8>(p, 19) != 0
}

/** Entries of eight classes in a cell, modulo 2^16: exact where there are no more entries than that. */
// @ts-ignore: decorator
@inline
function classesOf(cell: u32): usize {
  return classCount + ((<usize>cell) << 4)
}

/** Number of entries in a cell. */
// @ts-ignore: decorator
@inline
export function entriesIn(cell: u32): u32 {
  return u32at(count, cell)
}

/** Classes as lanes: -1 where the bit is set. */
// @ts-ignore: decorator
@inline
function asLanes(classes: u32): v128 {
  const bits = v128.and(i16x8.splat(<i16>classes), i16x8(1, 2, 4, 8, 16, 32, 64, 128))
  return i16x8.ne(bits, i16x8.splat(0))
}

/** One entry more in `cell` and those above. */
// @ts-ignore: decorator
@inline
function countIn(cell: u32, classes: u32): void {
  const lanes = asLanes(classes)
  for (; cell != NONE; cell = u32at(cellParent, cell)) {
    const p = classesOf(cell)
    v128.store(p, i16x8.sub(v128.load(p), lanes))
    put(count, cell, u32at(count, cell) + 1)
  }
}

/** One entry less in `cell` and those above. */
// @ts-ignore: decorator
@inline
function countOut(cell: u32, classes: u32): void {
  const lanes = asLanes(classes)
  for (; cell != NONE; cell = u32at(cellParent, cell)) {
    const p = classesOf(cell)
    v128.store(p, i16x8.add(v128.load(p), lanes))
    put(count, cell, u32at(count, cell) - 1)
  }
}

/** Into its cell's list, where the entries of one id stand together. */
// @ts-expect-error: decorator
@inline
function link(p: usize, entry: u32, id: u32, cell: u32): void {
  const first = u32at(firstAt, id)
  let next: u32
  if (first == NONE) {
    next = u32at(firstInCell, cell)
    put(firstInCell, cell, entry)
    put(firstAt, id, entry)
  } else {
    const head = entryAt(first)
    next = nextAt(head)
    store<u32>(head, entry, 4)
  }
  store<u32>(p, id)
  store<u32>(p, next, 4)
  store<u32>(p, first, 8)
  if (next != NONE) store<u32>(entryAt(next), entry, 8)
}

// @ts-expect-error: decorator
@inline
function unlink(p: usize, entry: u32, id: u32, cell: u32): void {
  const next = nextAt(p)
  const previous = load<u32>(p, 8)
  if (u32at(firstAt, id) == entry) put(firstAt, id, next != NONE && idAt(entryAt(next)) == id ? next : NONE)
  if (previous == NONE) put(firstInCell, cell, next)
  else store<u32>(entryAt(previous), next, 4)
  if (next != NONE) store<u32>(entryAt(next), previous, 8)
}

export function place(entry: u32, state: u32, rest: u32, driver: u32, classes: u32): void {
  const p = entryAt(entry)
  const id = u32at(idOf, state)
  const was = idAt(p)
  const cell = u32at(cellOf, id)
  if (was == NONE) countIn(cell, classes)
  else {
    const left = u32at(cellOf, was)
    const leftClasses = classesAt(p)
    if (left != cell || leftClasses != classes) {
      countOut(left, leftClasses)
      countIn(cell, classes)
    }
    if (was != id) unlink(p, entry, was, left)
  }
  if (was != id) link(p, entry, id, cell)
  store<u32>(p, driver, 12)
  store<u32>(p, min<u32>(rest, FAR) | (classes << 16), 16)
}

export function remove(entry: u32): void {
  const p = entryAt(entry)
  const id = idAt(p)
  if (id == NONE) return
  const cell = u32at(cellOf, id)
  const classes = classesAt(p)
  countOut(cell, classes)
  unlink(p, entry, id, cell)
  store<u32>(p, NONE)
}

/** Entries at a state, as many as fit into `result`; how many there are. */
export function entriesAt(state: u32, result: usize, room: u32): u32 {
  const id = u32at(idOf, state)
  let n: u32 = 0
  for (let e = u32at(firstAt, id); e != NONE; n++) {
    const p = entryAt(e)
    if (idAt(p) != id) break
    if (n < room) put(result, n, e)
    e = nextAt(p)
  }
  return n
}

/** False where no entry of a cell can have all classes of `needs`. */
// @ts-ignore: decorator
@inline
export function anyIn(cell: u32, needs: u32): bool {
  const all = u32at(count, cell)
  if (!needs || !all || all > 0xffff) return all != 0
  return !v128.any_true(v128.and(asLanes(needs), i16x8.eq(v128.load(classesOf(cell)), i16x8.splat(0))))
}
