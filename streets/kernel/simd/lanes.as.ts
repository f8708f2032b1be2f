/** Runs of u16 lanes, eight to a vector. Labels begin on a vector and are filled up with 0xffff. */

const TAIL = memory.data<u16>([0, 0, 0, 0, 0, 0, 0, 0, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff])

/** 0xffff in every lane but the first `lanes` (1 … 7). */
// @ts-expect-error: decorator
@inline
export function beyond(lanes: u32): v128 {
  return v128.load(TAIL + ((<usize>(8 - lanes)) << 1))
}

/** into[i] = min(into[i], from[i] + add) for `lanes` lanes rounded up to eight. */
// @ts-expect-error: decorator
@inline
export function relax(into: usize, from: usize, add: u32, lanes: u32): void {
  const adds = i16x8.splat(<i16>add)
  const end = into + (((<usize>lanes + 7) & ~7) << 1)
  for (; into < end; into += 16, from += 16) {
    v128.store(into, i16x8.min_u(v128.load(into), i16x8.add_sat_u(v128.load(from), adds)))
  }
}

/** into[i] = from[i] + add for `lanes` lanes rounded up to eight. */
// @ts-expect-error: decorator
@inline
export function raised(into: usize, from: usize, add: u32, lanes: u32): void {
  const adds = i16x8.splat(<i16>add)
  const end = into + (((<usize>lanes + 7) & ~7) << 1)
  for (; into < end; into += 16, from += 16) v128.store(into, i16x8.add_sat_u(v128.load(from), adds))
}

/** 0xffff into whole vectors from `into` up to `end`. */
// @ts-expect-error: decorator
@inline
export function farUpTo(into: usize, end: usize): void {
  for (; into < end; into += 16) v128.store(into, i16x8.splat(-1))
}

/** into[i] = min(into[i], from[i]) for exactly `lanes` lanes. */
// @ts-expect-error: decorator
@inline
export function keepLeast(into: usize, from: usize, lanes: u32): void {
  const full = into + ((<usize>(lanes & ~7)) << 1)
  for (; into < full; into += 16, from += 16) v128.store(into, i16x8.min_u(v128.load(into), v128.load(from)))
  const rest = lanes & 7
  if (rest) v128.store(into, i16x8.min_u(v128.load(into), v128.or(v128.load(from), beyond(rest))))
}

/** Least of eight lanes. */
// @ts-expect-error: decorator
@inline
export function leastOf(least: v128): u32 {
  least = i16x8.min_u(least, i8x16.shuffle(least, least, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  least = i16x8.min_u(least, i8x16.shuffle(least, least, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11))
  least = i16x8.min_u(least, i8x16.shuffle(least, least, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13))
  return <u32>i16x8.extract_lane_u(least, 0)
}

/** Least a[i] + b[i] over exactly `lanes` lanes, 0xffff at most. */
// @ts-expect-error: decorator
@inline
export function leastSum(a: usize, b: usize, lanes: u32): u32 {
  let least = i16x8.splat(-1)
  const full = a + ((<usize>(lanes & ~7)) << 1)
  for (; a < full; a += 16, b += 16) least = i16x8.min_u(least, i16x8.add_sat_u(v128.load(a), v128.load(b)))
  const rest = lanes & 7
  if (rest) least = i16x8.min_u(least, v128.or(i16x8.add_sat_u(v128.load(a), v128.load(b)), beyond(rest)))
  return leastOf(least)
}

/**
 * Least of min(one[i] + oneAdd, two[i] + twoAdd) + min(b[i] + bAdd, c[i] + cAdd) over exactly `lanes` lanes, 0xffff at
 * most; `two` and `c` have `twoLanes` and `cLanes` lanes, filled up to whole eights.
 */
// @ts-expect-error: decorator
@inline
export function leastSumOfPairs(
  one: usize, oneAdd: u32, two: usize, twoAdd: u32, twoLanes: u32,
  b: usize, bAdd: u32, c: usize, cAdd: u32, cLanes: u32, lanes: u32,
): u32 {
  const oneAdds = i16x8.splat(<i16>min<u32>(oneAdd, 0xffff))
  const twoAdds = i16x8.splat(<i16>min<u32>(twoAdd, 0xffff))
  const bAdds = i16x8.splat(<i16>min<u32>(bAdd, 0xffff))
  const cAdds = i16x8.splat(<i16>min<u32>(cAdd, 0xffff))
  let least = i16x8.splat(-1)
  const full = (<usize>(lanes & ~7)) << 1
  const twoEnd = (<usize>((twoLanes + 7) & ~7)) << 1
  const cEnd = (<usize>((cLanes + 7) & ~7)) << 1
  const all = min<usize>(full, min<usize>(twoEnd, cEnd))
  let i: usize = 0
  for (; i < all; i += 16) {
    const from = i16x8.min_u(i16x8.add_sat_u(v128.load(one + i), oneAdds), i16x8.add_sat_u(v128.load(two + i), twoAdds))
    const to = i16x8.min_u(i16x8.add_sat_u(v128.load(b + i), bAdds), i16x8.add_sat_u(v128.load(c + i), cAdds))
    least = i16x8.min_u(least, i16x8.add_sat_u(from, to))
  }
  for (const end = (<usize>((lanes + 7) & ~7)) << 1; i < end; i += 16) {
    let from = i16x8.add_sat_u(v128.load(one + i), oneAdds)
    if (i < twoEnd) from = i16x8.min_u(from, i16x8.add_sat_u(v128.load(two + i), twoAdds))
    let to = i16x8.add_sat_u(v128.load(b + i), bAdds)
    if (i < cEnd) to = i16x8.min_u(to, i16x8.add_sat_u(v128.load(c + i), cAdds))
    let sum = i16x8.add_sat_u(from, to)
    if (i == full) sum = v128.or(sum, beyond(lanes & 7))
    least = i16x8.min_u(least, sum)
  }
  return leastOf(least)
}

/**
 * Least b[i] + min(one[i] + oneAdd, two[i] + twoAdd) over exactly `lanes` lanes, 0xffff at most; `two` has `twoLanes`
 * lanes, filled up to whole eights.
 */
// @ts-expect-error: decorator
@inline
export function leastSumOfTwo(
  one: usize, oneAdd: u32, two: usize, twoAdd: u32, twoLanes: u32, b: usize, lanes: u32,
): u32 {
  const oneAdds = i16x8.splat(<i16>min<u32>(oneAdd, 0xffff))
  const twoAdds = i16x8.splat(<i16>min<u32>(twoAdd, 0xffff))
  let least = i16x8.splat(-1)
  const full = one + ((<usize>(lanes & ~7)) << 1)
  const twoEnd = one + ((<usize>((twoLanes + 7) & ~7)) << 1)
  const both = min<usize>(full, twoEnd)
  for (; one < both; one += 16, two += 16, b += 16) {
    const a = i16x8.min_u(i16x8.add_sat_u(v128.load(one), oneAdds), i16x8.add_sat_u(v128.load(two), twoAdds))
    least = i16x8.min_u(least, i16x8.add_sat_u(a, v128.load(b)))
  }
  for (; one < full; one += 16, b += 16) {
    least = i16x8.min_u(least, i16x8.add_sat_u(i16x8.add_sat_u(v128.load(one), oneAdds), v128.load(b)))
  }
  const rest = lanes & 7
  if (rest) {
    let a = i16x8.add_sat_u(v128.load(one), oneAdds)
    if (one < twoEnd) a = i16x8.min_u(a, i16x8.add_sat_u(v128.load(two), twoAdds))
    least = i16x8.min_u(least, v128.or(i16x8.add_sat_u(a, v128.load(b)), beyond(rest)))
  }
  return leastOf(least)
}
