/**
 * A walk over the moves backward from the goal: where drivers stand close together it meets all that are wanted within
 * some hundred states, sooner than labels are read. It finds what the search of cells finds, or leaves that to it.
 */

import { goalCount } from './distance.as'
import { goalArcAt, offerRound } from './driver-places.as'
import { entryCount, offerAll } from './drivers.as'
import { foundCount, wanted, worstUnits } from './found.as'
import { FAR, NONE, u32at } from './memory.as'
import {
  clearQueue, idOfNode, isNode, MOST_PUT, nextNode, putCount, putIn, queueBits, queueWords, RANGE, takeOut,
} from './queue.as'
import { isLong, lastEntry, moveIn, tailOf, unitsOfMove } from './rows.as'
import { firstIn, goalEntries, inTail, inUnits, isTurns, states } from './tables.as'

/** Number of this walk. */
let walks: u32 = 0
const SETTLED_BITS: u32 = 10
/** Ids settled by this walk (walk << 32 | id) at their hash or after it, and by former ones: few lines of memory. */
const SETTLED = memory.data(1 << 13, 16)
/** Most entries of a goal to walk from. */
const MOST_GOALS: u32 = 256

/** False where the id was settled before. */
// @ts-expect-error: decorator
@inline
function settle(id: u32): bool {
  const key = ((<u64>walks) << 32) | (<u64>id)
  let i = (id * 0x9e3779b1) >> (32 - SETTLED_BITS)
  let was: u64
  for (; (was = load<u64>(SETTLED + ((<usize>i) << 3))) != key; i = (i + 1) & ((1 << SETTLED_BITS) - 1)) {
    if (<u32>(was >> 32) == walks) continue
    store<u64>(SETTLED + ((<usize>i) << 3), key)
    return true
  }
  return false
}

/** Offer the drivers at an id that is `units` before the goal; `last`: see `offerAll`. */
// @ts-expect-error: decorator
@inline
function meet(id: u32, last: u32, units: u32, needs: u32): void {
  const arc = isTurns ? goalArcAt(id) : NONE
  if (arc != NONE) return offerRound(id, arc, needs)
  offerAll(last, units, needs)
}

/** Put in where a move comes from, unless that is too far. */
// @ts-expect-error: decorator
@inline
function follow(move: u32, units: u32, most: u32): void {
  const time = units + unitsOfMove(move)
  putIn(time, tailOf(move), move != NONE && time <= most)
}

/** The same for the moves into an id that has many or long ones; false where they do not go into the queue. */
function followLong(id: u32, units: u32, most: u32): bool {
  const end = u32at(firstIn, id + 1)
  let m = u32at(firstIn, id)
  if (putCount() + (end - m) > MOST_PUT >> 1) return false
  for (; m < end; m++) {
    const time = units + min<u32>(u32at(inUnits, m), FAR)
    if (time <= most) putIn(time, u32at(inTail, m), true)
  }
  return true
}

/**
 * Settle up to `limit` states, 512 at most; true when nothing better is left. Not begun where drivers are few, for it
 * would have to go on in the cells, and left early where it meets too few of them to be done in time.
 */
export function walk(needs: u32, limit: u32): bool {
  if (<u64>entryCount * limit < <u64>wanted * states * 3 || goalCount > MOST_GOALS) return false
  let settled: u32 = 0
  walks++
  clearQueue()
  for (let i: u32 = 0; i < goalCount; i++) {
    const entry = load<u64>(goalEntries + ((<usize>i) << 3))
    putIn(<u32>(entry >> 32), <u32>entry, <u32>(entry >> 32) < RANGE)
  }
  for (let word: u32 = 0; word < queueWords(); word++) {
    for (let bits: u64; (bits = queueBits(word)); ) {
      const units = (word << 6) + <u32>ctz<u64>(bits)
      if (units > worstUnits) return true
      for (let node = takeOut(units); isNode(node); node = nextNode(node)) {
        const id = idOfNode(node)
        if (!settle(id)) continue
        if (settled == limit || (2 * foundCount + 3) * limit < 2 * wanted * settled) return false
        settled++
        const last = lastEntry(id)
        if (last != NONE) meet(id, last, units, needs)
        const most = min<u32>(worstUnits, RANGE - 1)
        if (isLong(id)) {
          if (!followLong(id, units, most)) return false
          continue
        }
        follow(moveIn(id, 0), units, most)
        follow(moveIn(id, 1), units, most)
        if (moveIn(id, 2) != NONE) follow(moveIn(id, 2), units, most)
      }
    }
  }
  // What is farther than the queue reaches was left out.
  return worstUnits < RANGE
}
