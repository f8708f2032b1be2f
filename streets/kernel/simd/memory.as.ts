/** Words in linear memory: `p` is a byte offset, `i` an index. */

export const FAR: u32 = 0xffff
export const CLOSED: u32 = 0x3f3f3f3f
export const NONE: u32 = 0xffffffff

// @ts-expect-error: decorator
@inline
export function u32at(p: usize, i: u32): u32 {
  return load<u32>(p + ((<usize>i) << 2))
}

// @ts-expect-error: decorator
@inline
export function put(p: usize, i: u32, value: u32): void {
  store<u32>(p + ((<usize>i) << 2), value)
}

// @ts-expect-error: decorator
@inline
export function u16at(p: usize, i: u32): u32 {
  return load<u16>(p + ((<usize>i) << 1))
}

/** Lanes rounded up to whole vectors of eight. */
// @ts-expect-error: decorator
@inline
export function padded(lanes: u32): u32 {
  return (lanes + 7) & ~7
}
