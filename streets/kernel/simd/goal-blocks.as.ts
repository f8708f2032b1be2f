/**
 * The goal's lanes in blocks of eight, the one with the least time first. What is farther from the goal than a search
 * looks, or than it has found already, is not read: most of the lanes of a label.
 */

import { beyond, leastOf } from './lanes.as'
import { blocks, goal } from './tables.as'

let count: u32 = 0

/** Sort the blocks of `lanes` lanes: a word each, least time << 16 | number. The deepest, most often near, come first. */
export function sortBlocks(lanes: u32): void {
  count = 0
  for (let b = (lanes + 7) >> 3; b-- > 0; ) {
    const least = leastOf(v128.load(goal + ((<usize>b) << 4)))
    if (least == 0xffff) continue
    const key = (least << 16) | b
    let i = count++
    for (; i > 0; i--) {
      const before = load<u32>(blocks + ((<usize>i - 1) << 2))
      if (before < key) break
      store<u32>(blocks + ((<usize>i) << 2), before)
    }
    store<u32>(blocks + ((<usize>i) << 2), key)
  }
}

/** Least time in the first `lanes` lanes of the goal. */
export function leastGoal(lanes: u32): u32 {
  let least = i16x8.splat(-1)
  let p = goal
  for (const full = goal + ((<usize>(lanes & ~7)) << 1); p < full; p += 16) least = i16x8.min_u(least, v128.load(p))
  const rest = lanes & 7
  if (rest) least = i16x8.min_u(least, v128.or(v128.load(p), beyond(rest)))
  return leastOf(least)
}

/** Least sum of the first `lanes` lanes at `label` and those of the goal: exact up to `limit`, else anything above it. */
// @ts-expect-error: decorator
@inline
export function leastToGoal(label: usize, lanes: u32, limit: u32): u32 {
  let least = i16x8.splat(-1)
  const full = lanes >> 3
  const rest = lanes & 7
  const end = blocks + ((<usize>count) << 2)
  for (let p = blocks; p < end; p += 4) {
    const key = load<u32>(p)
    const near = key >> 16
    if (near > limit || v128.any_true(i16x8.le_u(least, i16x8.splat(<i16>near)))) break
    const b = key & 0xffff
    if (b > full || (b == full && !rest)) continue
    const at = (<usize>b) << 4
    const sum = i16x8.add_sat_u(v128.load(label + at), v128.load(goal + at))
    least = i16x8.min_u(least, b == full ? v128.or(sum, beyond(rest)) : sum)
  }
  return leastOf(least)
}
