/**
 * The best drivers so far, ascending by units and then by order, each once; all who share both with the last one wanted are
 * there.
 */

import { FAR, NONE } from './memory.as'
import { found } from './tables.as'

export let foundCount: u32 = 0
/** Units above which no further driver counts. */
export let worstUnits: u32 = 0
/** And their order, of those who have these. */
let worstOrder: u32 = 0
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
function foundAt(i: u32): usize {
  return found + ((<usize>i) << 4)
}
/** Units << 32 | order. */
// @ts-expect-error: decorator
@inline
function keyAt(i: u32): u64 {
  return load<u64>(foundAt(i))
}

/** Whether a time and an order may be among those wanted. */
// @ts-expect-error: decorator
@inline
export function counts(units: u32, order: u32): bool {
  return units < worstUnits || (units == worstUnits && order <= worstOrder)
}

/** Begin a search for `k` drivers, k > 0. */
export function beginNearest(k: u32): void {
  wanted = k
  searches++
  known = 0
  foundCount = 0
  worstUnits = FAR - 1
  worstOrder = NONE
}

/** A driver who would need `units`, and may be among those wanted. */
export function offer(units: u32, driver: u32, order: u32): void {
  const key = ((<u64>units) << 32) | (<u64>order)
  let i: u32 = 0
  if (isNew(driver)) i = foundCount
  else while (i < foundCount && load<u32>(foundAt(i), 8) != driver) i++
  if (i == foundCount) foundCount++
  else if (keyAt(i) <= key) return
  for (; i > 0 && keyAt(i - 1) > key; i--) v128.store(foundAt(i), v128.load(foundAt(i - 1)))
  store<u64>(foundAt(i), key)
  store<u32>(foundAt(i), driver, 8)
  if (foundCount < wanted) return
  const worst = keyAt(wanted - 1)
  worstUnits = <u32>(worst >> 32)
  worstOrder = <u32>worst
  while (keyAt(foundCount - 1) > worst) foundCount--
}
