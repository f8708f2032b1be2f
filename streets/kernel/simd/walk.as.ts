/**
 * A walk over the moves backward from the goal: where drivers stand close together it meets all that are wanted within a
 * few states, sooner than labels are read. It finds what the search of cells finds, or leaves that to it.
 */

import { goalCount } from './distance.as'
import { goalArcAt, offerRound } from './driver-places.as'
import { classesAt, driverAt, entryAt, entryCount, nextAt, restAt } from './drivers.as'
import { foundCount, offer, wanted, worstUnits } from './found.as'
import { clearHeap, heapSize, pop, push } from './heap.as'
import { FAR, NONE, put, u32at } from './memory.as'
import { firstAt, firstIn, goalEntries, inTail, inUnits, isTurns, settledBy, states } from './tables.as'

/** Number of this walk, for `settledBy`. */
let walks: u32 = 0

/** Offer the drivers at an id that is `units` before the goal. */
// @ts-expect-error: decorator
@inline
function meet(id: u32, units: u32, needs: u32): void {
  const first = u32at(firstAt, id)
  if (first == NONE) return
  const arc = isTurns ? goalArcAt(id) : NONE
  if (arc != NONE) return offerRound(id, arc, needs)
  for (let e = first; e != NONE; ) {
    const entry = entryAt(e)
    if ((classesAt(entry) & needs) == needs) offer(units + restAt(entry), driverAt(entry))
    e = nextAt(entry)
  }
}

/**
 * Settle up to `limit` states; true when nothing better is left. Not begun where drivers are few, for it would have to go
 * on in the cells, and left early where fewer than half of those are met that must be.
 */
export function walk(needs: u32, limit: u32): bool {
  if (<u64>entryCount * limit * 2 < <u64>wanted * states * 3) return false
  let settled: u32 = 0
  walks++
  clearHeap()
  for (let i: u32 = 0; i < goalCount; i++) push(load<u64>(goalEntries + ((<usize>i) << 3)))
  while (heapSize()) {
    const top = pop()
    const units = <u32>(top >> 32)
    const id = <u32>top
    if (units > worstUnits || units >= FAR) return true
    if (u32at(settledBy, id) == walks) continue
    if (settled == limit || (settled >= 16 && foundCount * limit < (wanted * settled) >> 1)) return false
    settled++
    put(settledBy, id, walks)
    meet(id, units, needs)
    const end = u32at(firstIn, id + 1)
    for (let m = u32at(firstIn, id); m < end; m++) {
      const time = units + u32at(inUnits, m)
      const tail = u32at(inTail, m)
      if (time <= worstUnits && u32at(settledBy, tail) != walks) push(((<u64>time) << 32) | (<u64>tail))
    }
  }
  return true
}
