/** The best drivers so far, ascending by units, each once; all who share the time of the last one wanted are there. */

import { FAR } from './memory.as'
import { found } from './tables.as'

export let foundCount: u32 = 0
/** Units above which no further driver counts. */
export let worstUnits: u32 = 0
/** Drivers wanted. */
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
  worstUnits = FAR - 1
}

/** A driver who would need `units`. */
export function offer(units: u32, driver: u32): void {
  if (units > worstUnits) return
  let i: u32 = 0
  while (i < foundCount && load<u32>(keyAt(i)) != driver) i++
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
