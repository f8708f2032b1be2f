/** The best drivers so far, ascending by units, each once; all who share the time of the last one wanted are there. */

import { FAR } from './memory.as'
import { found } from './tables.as'

export let foundCount: u32 = 0
/** Units above which no further driver counts. */
export let worstUnits: u32 = 0
/** Drivers wanted. */
export let wanted: u32 = 0

/** Drivers offered in this search (search << 32 | driver) at their hash or after it, up to half of the room. */
const KNOWN_BITS: u32 = 10
const KNOWN = memory.data(1 << 13, 16)
let searches: u32 = 0
let known: u32 = 0

/** Whether a driver has not been offered before in this search; sometimes false although he has not. */
function isNew(driver: u32): bool {
  if (known == 1 << (KNOWN_BITS - 1)) return false
  const key = ((<u64>searches) << 32) | (<u64>driver)
  let i = (driver * 0x9e3779b1) >> (32 - KNOWN_BITS)
  let was: u64
  for (; (was = load<u64>(KNOWN + ((<usize>i) << 3))) != key; i = (i + 1) & ((1 << KNOWN_BITS) - 1)) {
    if (<u32>(was >> 32) == searches) continue
    store<u64>(KNOWN + ((<usize>i) << 3), key)
    known++
    return true
  }
  return false
}

// @ts-expect-error: decorator
@inline
function keyAt(i: u32): usize {
  return found + ((<usize>i) << 3)
}

/** Begin a search for `k` drivers, k > 0. */
export function beginNearest(k: u32): void {
  wanted = k
  searches++
  known = 0
  foundCount = 0
  worstUnits = FAR - 1
}

/** A driver who would need `units`. */
export function offer(units: u32, driver: u32): void {
  if (units > worstUnits) return
  let i: u32 = 0
  if (isNew(driver)) i = foundCount
  else while (i < foundCount && load<u32>(keyAt(i)) != driver) i++
  if (i == foundCount) foundCount++
  else if (<u32>(load<u64>(keyAt(i)) >> 32) <= units) return
  for (; i > 0; i--) {
    const before = load<u64>(keyAt(i - 1))
    if (<u32>(before >> 32) <= units) break
    store<u64>(keyAt(i), before)
  }
  store<u64>(keyAt(i), ((<u64>units) << 32) | (<u64>driver))
  if (foundCount < wanted) return
  worstUnits = <u32>(load<u64>(keyAt(wanted - 1)) >> 32)
  while (<u32>(load<u64>(keyAt(foundCount - 1)) >> 32) > worstUnits) foundCount--
}
