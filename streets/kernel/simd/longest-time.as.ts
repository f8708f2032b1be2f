/** A bound of all times over one id: see `plain-longest-time.ts`. */

import { CLOSED, NONE, u32at } from './memory.as'
import { arcs, endId, entryFirst, entryId, firstIn, inTail, isTurns, states, upFirst, upHead } from './tables.as'

let mostTo: u32 = 0
let mostFrom: u32 = 0

// @ts-expect-error: decorator
@inline
function pair(p: usize, i: u32): v128 {
  return v128.load64_zero(p + ((<usize>i) << 3))
}

// @ts-expect-error: decorator
@inline
function putLeast(p: usize, i: u32, times: v128): void {
  v128.store64_lane(p + ((<usize>i) << 3), i32x4.min_u(pair(p, i), times), 0)
}

/** Times from each id to `hub`, and from it: `times[2 * v]` and `times[2 * v + 1]`. */
function timesOver(ways: usize, times: usize, hub: u32): void {
  memory.fill(times, 0x3f, (<usize>states) << 3)
  store<u64>(times + ((<usize>hub) << 3), 0)
  for (let v = hub; ; ) {
    const first = u32at(upFirst, v)
    const end = u32at(upFirst, v + 1)
    for (let e = first; e < end; e++) {
      const back = i32x4.shuffle(pair(ways, e), pair(ways, e), 1, 0, 2, 3)
      putLeast(times, u32at(upHead, e), i32x4.add(pair(times, v), back))
    }
    if (first == end) break
    v = u32at(upHead, end - 1)
  }
  for (let v: u32 = 0, e: u32 = 0; v < states; v++) {
    let least = pair(times, v)
    for (const end = u32at(upFirst, v + 1); e < end; e++) {
      least = i32x4.min_u(least, i32x4.add(pair(times, u32at(upHead, e)), pair(ways, e)))
    }
    v128.store64_lane(times + ((<usize>v) << 3), least, 0)
  }
}

// @ts-expect-error: decorator
@inline
function lengthenTo(times: usize, id: u32, rest: u32): void {
  const time = u32at(times, id << 1)
  if (time < CLOSED) mostTo = max<u32>(mostTo, time + rest)
}

// @ts-expect-error: decorator
@inline
function lengthenFrom(times: usize, id: u32, add: u32): void {
  const time = u32at(times, (id << 1) | 1)
  if (time < CLOSED) mostFrom = max<u32>(mostFrom, time + add)
}

/** The bound, `CLOSED` at most; `times` is room for two words an id. */
export function longestTime(ways: usize, inUnits: usize, arcUnits: usize, times: usize, hub: u32): u32 {
  timesOver(ways, times, hub)
  mostTo = 0
  mostFrom = 0
  let longest: u32 = 0
  let lostTo: u64 = 0
  let lostFrom: u64 = 0
  for (let v: u32 = 0, i: u32 = 0; v < states; v++) {
    lengthenTo(times, v, 0)
    lengthenFrom(times, v, 0)
    for (const end = u32at(firstIn, v + 1); i < end; i++) {
      const units = u32at(inUnits, i)
      if (units >= CLOSED) continue
      const tail = u32at(inTail, i)
      longest = max<u32>(longest, units)
      lengthenTo(times, v, units)
      lengthenFrom(times, tail, units)
      if (u32at(times, v << 1) >= CLOSED && u32at(times, tail << 1) >= CLOSED) lostTo += units
      if (u32at(times, (v << 1) | 1) >= CLOSED && u32at(times, (tail << 1) | 1) >= CLOSED) lostFrom += units
    }
  }
  for (let a: u32 = 0; a < arcs; a++) {
    if (u32at(endId, a) == NONE) continue
    const units = u32at(arcUnits, a)
    longest = max<u32>(longest, units)
    lengthenTo(times, u32at(endId, a), units)
    const add = isTurns && u32at(endId, a ^ 1) != NONE ? max<u32>(units, u32at(arcUnits, a ^ 1)) : units
    const end = u32at(entryFirst, a + 1)
    for (let i = u32at(entryFirst, a); i < end; i++) lengthenFrom(times, u32at(entryId, i), add)
  }
  const bound = max<u64>(<u64>mostTo + <u64>mostFrom, max<u64>(lostTo, lostFrom) + 2 * <u64>longest)
  return <u32>min<u64>(bound, CLOSED)
}
