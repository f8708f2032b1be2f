/** k nearest drivers: see `plain-nearest.ts` for the idea. */

import { lcaDepth } from './ancestors.as'
import { goalCount, goalId, toGoal } from './distance.as'
import { anyIn, apartAt, classesAt, driverAt, entriesIn, entryAt, idAt, nextAt, restAt } from './drivers.as'
import { foundCount, offer, wanted, worstUnits } from './found.as'
import { clearHeap, heapSize, pop, push } from './heap.as'
import { leastSum } from './lanes.as'
import { FAR, NONE, put, u16at, u32at } from './memory.as'
import {
  common, depth, firstAt, firstChild, firstIn, firstInCell, goal, goalEntries, high, inTail, inUnits, kind, low, minima,
  minimaAt, nextSibling, settledBy, states,
} from './tables.as'

const CHAIN: u32 = 2

let search: u32 = 0

/** Flag an entry as timed by the caller, or take the flag away. */
export function setApart(entry: u32, apart: u32): void {
  store<u8>(entryAt(entry), <u8>apart, 19)
}

/** Whether an entry has all classes of `needs`. */
export function fits(entry: u32, needs: u32): bool {
  const p = entryAt(entry)
  return idAt(p) != NONE && (classesAt(p) & needs) == needs
}

export function driverOf(entry: u32): u32 {
  return driverAt(entryAt(entry))
}

/** Walk the moves backward from the goal, `limit` states at most; true when nothing better is left. See plain-nearest. */
function walk(needs: u32, limit: u32): bool {
  if (<u64>entriesIn(0) * limit * 2 < <u64>wanted * states * 3) return false
  let settled: u32 = 0
  search++
  clearHeap()
  for (let i: u32 = 0; i < goalCount; i++) push(load<u64>(goalEntries + ((<usize>i) << 3)))
  while (heapSize()) {
    const top = pop()
    const units = <u32>(top >> 32)
    const id = <u32>top
    if (units > worstUnits() || units >= FAR) return true
    if (u32at(settledBy, id) == search) continue
    if (settled == limit || (settled >= 16 && foundCount * limit < (wanted * settled) >> 1)) return false
    settled++
    put(settledBy, id, search)
    for (let e = u32at(firstAt, id); e != NONE; ) {
      const p = entryAt(e)
      if (idAt(p) != id) break
      if ((classesAt(p) & needs) == needs && !apartAt(p)) offer(units + restAt(p), driverAt(p))
      e = nextAt(p)
    }
    const end = u32at(firstIn, id + 1)
    for (let m = u32at(firstIn, id); m < end; m++) {
      const tail = u32at(inTail, m)
      const time = units + u32at(inUnits, m)
      if (time < FAR && time <= worstUnits() && u32at(settledBy, tail) != search) {
        push(((<u64>time) << 32) | (<u64>tail))
      }
    }
  }
  return true
}

/** Entries of a leaf cell; `lanes` 0: each id has its own lowest common ancestor with the goal. */
// @ts-expect-error: decorator
@inline
function searchLeaf(cell: u32, lanes: u32, needs: u32): void {
  let last: u32 = NONE
  let units: u32 = FAR
  for (let e = u32at(firstInCell, cell); e != NONE; ) {
    const p = entryAt(e)
    e = nextAt(p)
    if ((classesAt(p) & needs) != needs || apartAt(p)) continue
    const id = idAt(p)
    if (id != last) {
      last = id
      units = toGoal(id, lanes ? lanes : lcaDepth(id, goalId) + 1)
    }
    offer(units + restAt(p), driverAt(p))
  }
}

// @ts-expect-error: decorator
@inline
function holdsGoal(cell: u32): bool {
  return goalId >= u32at(low, cell) && goalId <= u32at(high, cell)
}

/** Cells of an inner cell into the heap; `lanes` 0: the goal is in it. */
// @ts-expect-error: decorator
@inline
function open(cell: u32, lanes: u32, needs: u32): void {
  const first = u32at(firstChild, cell)
  let shared: u32 = 0
  if (!lanes) {
    shared = u16at(depth, goalId) + 1
    for (let c = first; c != NONE; c = u32at(nextSibling, c)) {
      if (load<u8>(kind + c) != CHAIN && holdsGoal(c)) shared = u16at(common, c)
    }
  }
  for (let c = first; c != NONE; c = u32at(nextSibling, c)) {
    if (!anyIn(c, needs)) continue
    let own = lanes
    if (!lanes && load<u8>(kind + c) != CHAIN && !holdsGoal(c)) own = min<u32>(u16at(common, c), shared)
    const bound = own ? leastSum(minima + ((<usize>u32at(minimaAt, c)) << 1), goal, own) : 0
    if (bound < FAR && bound <= worstUnits()) push(((<u64>bound) << 48) | ((<u64>own) << 32) | (<u64>c))
  }
}

/** Best-first over the separator tree. */
function searchCells(needs: u32): void {
  clearHeap()
  push(0)
  while (heapSize()) {
    const top = pop()
    if (<u32>(top >> 48) > worstUnits()) return
    const cell = <u32>top
    const lanes = <u32>(top >> 32) & 0xffff
    if (u32at(firstChild, cell) == NONE) searchLeaf(cell, lanes, needs)
    else open(cell, lanes, needs)
  }
}

/** Fill the list begun by `beginNearest`; up to `near` states are walked first. Number of drivers found. */
export function nearest(needs: u32, near: u32): u32 {
  if (goalId != NONE && anyIn(0, needs) && !walk(needs, near)) searchCells(needs)
  return foundCount
}
