/** The best drivers so far, ascending by (units, driver), each driver once. */

import { FAR } from './memory.as'
import { found } from './tables.as'

export let foundCount: u32 = 0
/** Key that a further driver must be below. */
export let worst: u64 = u64.MAX_VALUE
export let wanted: u32 = 0

// @ts-expect-error: decorator
@inline
function keyAt(i: u32): usize {
  return found + ((<usize>i) << 3)
}

/** Begin a search for `k` drivers, k > 0. */
export function beginNearest(k: u32): void {
  wanted = k
  foundCount = 0
  worst = u64.MAX_VALUE
}

/** A driver who would need `units`. */
export function offer(units: u32, driver: u32): void {
  const key = ((<u64>units) << 32) | (<u64>driver)
  if (units >= FAR || key >= worst) return
  let i: u32 = 0
  while (i < foundCount && load<u32>(keyAt(i)) != driver) i++
  if (i < foundCount) {
    if (load<u64>(keyAt(i)) <= key) return
  } else if (foundCount < wanted) foundCount++
  else i--
  for (; i > 0; i--) {
    const before = load<u64>(keyAt(i - 1))
    if (before < key) break
    store<u64>(keyAt(i), before)
  }
  store<u64>(keyAt(i), key)
  if (foundCount == wanted) worst = load<u64>(keyAt(wanted - 1))
}

/** Units above which no further driver counts. */
// @ts-expect-error: decorator
@inline
export function worstUnits(): u32 {
  return <u32>(worst >> 32)
}
