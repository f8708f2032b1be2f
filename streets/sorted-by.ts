const DIGIT_BITS = 11
const DIGITS = 2 ** DIGIT_BITS

/** Indices in ascending order of their keys, ties as in `order`: one stable pass for each digit of the keys. */
export function sortedBy(
  keys: Uint32Array,
  order: Uint32Array = Uint32Array.from(keys, (_, i) => i),
): Uint32Array {
  let from = order.slice()
  let to = new Uint32Array(keys.length)
  let most = 0
  for (let i = 0; i < keys.length; i++) if (keys[i]! > most) most = keys[i]!
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGIT_BITS) {
    const at = new Uint32Array(DIGITS + 1)
    for (let i = 0; i < keys.length; i++) at[((keys[i]! >>> shift) & (DIGITS - 1)) + 1]!++
    for (let d = 0; d < DIGITS; d++) at[d + 1]! += at[d]!
    for (let i = 0; i < from.length; i++) to[at[(keys[from[i]!]! >>> shift) & (DIGITS - 1)]!++] = from[i]!
    ;[from, to] = [to, from]
  }
  return from
}
