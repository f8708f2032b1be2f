/** Cells of the separator tree: see `cell-words.ts` for their words. */

import { cellWords, minima } from './tables.as'

export const GROUP: u32 = 1
export const CHAIN: u32 = 2
/** The last bit of a word of 32, which stands for all further children too. */
export const LAST: u32 = 31

// @ts-expect-error: decorator
@inline
export function cellAt(cell: u32): usize {
  return cellWords + ((<usize>cell) << 5)
}
// @ts-expect-error: decorator
@inline
export function parentOf(p: usize): u32 {
  return load<u32>(p)
}
// @ts-expect-error: decorator
@inline
export function firstOf(p: usize): u32 {
  return load<u32>(p, 4)
}
// @ts-expect-error: decorator
@inline
export function sizeOf(p: usize): u32 {
  return load<u32>(p, 8)
}
// @ts-expect-error: decorator
@inline
export function minimaOf(p: usize): usize {
  return minima + ((<usize>load<u32>(p, 12)) << 1)
}
// @ts-expect-error: decorator
@inline
export function occupiedOf(p: usize): u32 {
  return load<u32>(p, 16)
}
// @ts-expect-error: decorator
@inline
export function commonOf(p: usize): u32 {
  return load<u16>(p, 20)
}
// @ts-expect-error: decorator
@inline
export function lanesOf(p: usize): u32 {
  return load<u16>(p, 22)
}
// @ts-expect-error: decorator
@inline
export function kindOf(p: usize): u32 {
  return load<u8>(p, 24)
}
// @ts-expect-error: decorator
@inline
function bitOf(p: usize): u32 {
  return load<u8>(p, 25)
}
// @ts-expect-error: decorator
@inline
export function classesIn(p: usize): u32 {
  return load<u8>(p, 26)
}
// @ts-expect-error: decorator
@inline
export function setClassesIn(p: usize, classes: u32): void {
  store<u8>(p, <u8>classes, 26)
}

/** False where no entry of a cell can have all classes of `needs`. */
// @ts-expect-error: decorator
@inline
export function anyIn(p: usize, needs: u32): bool {
  return occupiedOf(p) != 0 && (classesIn(p) & needs) == needs
}

/** Number `bit` of a leaf's ids has an entry now; so has what it is in. */
export function occupy(cell: u32, bit: u32): void {
  for (;;) {
    const p = cellAt(cell)
    const was = occupiedOf(p)
    store<u32>(p, was | (<u32>1 << bit), 16)
    if (was || !cell) return
    bit = bitOf(p)
    cell = parentOf(p)
  }
}

/** Number `bit` of a leaf's ids has no entry any more. */
export function vacate(cell: u32, bit: u32): void {
  for (;;) {
    const p = cellAt(cell)
    if (bit == LAST && !kindOf(p) && anyFrom(p)) return
    const left = occupiedOf(p) & ~(<u32>1 << bit)
    store<u32>(p, left, 16)
    if (left) return
    setClassesIn(p, 0)
    if (!cell) return
    bit = bitOf(p)
    cell = parentOf(p)
  }
}

/** Whether one of the children that share the last bit is occupied. */
function anyFrom(p: usize): bool {
  const end = firstOf(p) + sizeOf(p)
  for (let c = firstOf(p) + LAST; c < end; c++) if (occupiedOf(cellAt(c))) return true
  return false
}

/** There is an entry of these classes in a leaf now, and in what it is in. */
// @ts-expect-error: decorator
@inline
export function allow(cell: u32, classes: u32): void {
  for (;;) {
    const p = cellAt(cell)
    const was = classesIn(p)
    if ((was & classes) == classes) return
    setClassesIn(p, was | classes)
    if (!cell) return
    cell = parentOf(p)
  }
}
