/**
 * The goal's lanes in blocks of eight. The upper ones are most often farther from the goal than a search looks once it has
 * found as many as it wants: these are not added up.
 */

import { worstUnits } from './found.as'
import { beyond, leastOf, leastSum } from './lanes.as'
import { FAR, padded, put, u32at } from './memory.as'
import { blocks, goal } from './tables.as'

/** Blocks from here on can have a time that counts. */
let near: u32 = 0

/** Look at the blocks of `lanes` lanes: `blocks` has the least time of each and those before it, a word each. */
export function layOutBlocks(lanes: u32): void {
  near = 0
  let least = FAR
  const count = padded(lanes) >> 3
  for (let b: u32 = 0; b < count; b++) {
    least = min<u32>(least, leastOf(v128.load(goal + ((<usize>b) << 4))))
    put(blocks, b, least)
  }
  // So that whoever looks for a block stops there.
  put(blocks, count, 0)
}

/** Least time in the first `lanes` lanes of the goal. */
export function leastGoal(lanes: u32): u32 {
  const full = lanes >> 3
  const least = full ? u32at(blocks, full - 1) : FAR
  const rest = lanes & 7
  return rest ? min<u32>(least, leastOf(v128.or(v128.load(goal + ((<usize>full) << 4)), beyond(rest)))) : least
}

/** Least sum of the first `lanes` lanes at `label` and those of the goal: exact up to `worstUnits`, else anything above it. */
// @ts-expect-error: decorator
@inline
export function leastToGoal(label: usize, lanes: u32): u32 {
  while (u32at(blocks, near) > worstUnits) near++
  const from = near << 3
  if (lanes <= from) return FAR
  const at = (<usize>near) << 4
  return leastSum(label + at, goal + at, lanes - from)
}
