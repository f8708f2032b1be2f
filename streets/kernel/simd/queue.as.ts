/**
 * Queue of ids by units below `RANGE`: a list a unit, and a bit for each list that is not empty. It compares nothing, for
 * what a heap compares is what a processor guesses wrong.
 */

export const RANGE: u32 = 1 << 14
/** Most ids that are put in between two `clearQueue`. */
export const MOST_PUT: u32 = 1 << 12
const NODE_BYTES: i32 = (1 << 12) * 8
/** By unit: the last node put in there, if its bit is set. The unit `RANGE` is never looked at. */
const LAST = memory.data(((1 << 14) + 64) * 2, 16)
const BITS = memory.data(((1 << 14) + 64) / 8, 16)
/** Id | next node of its unit << 32. */
const NODES = memory.data(NODE_BYTES, 16)
const END: u32 = 0xffff

/** Ids put in. */
let count: u32 = 0
/** One more than the last word of bits that may be set. */
let words: u32 = 0

// @ts-expect-error: decorator
@inline
function wordOf(word: u32): usize {
  return BITS + ((<usize>word) << 3)
}
// @ts-expect-error: decorator
@inline
function lastOf(units: u32): usize {
  return LAST + ((<usize>units) << 1)
}
// @ts-expect-error: decorator
@inline
function nodeAt(node: u32): usize {
  return NODES + ((<usize>node) << 3)
}

// @ts-expect-error: decorator
@inline
export function clearQueue(): void {
  memory.fill(BITS, 0, (<usize>words) << 3)
  words = 0
  count = 0
}

// @ts-expect-error: decorator
@inline
export function putCount(): u32 {
  return count
}

/** Put in an id, `isWanted` or not: it takes the same steps. */
// @ts-expect-error: decorator
@inline
export function putIn(units: u32, id: u32, isWanted: bool): void {
  const at = select<u32>(units, RANGE, isWanted)
  const word = at >> 6
  const bits = load<u64>(wordOf(word))
  const bit = (<u64>1) << (<u64>(at & 63))
  const next = select<u32>(<u32>load<u16>(lastOf(at)), END, (bits & bit) != 0)
  store<u64>(nodeAt(count), ((<u64>next) << 32) | (<u64>id))
  store<u16>(lastOf(at), <u16>count)
  store<u64>(wordOf(word), bits | bit)
  count += u32(isWanted)
  words = max<u32>(words, select<u32>(word + 1, 0, isWanted))
}

/** Words of 64 units that may have ids. */
// @ts-expect-error: decorator
@inline
export function queueWords(): u32 {
  return words
}
/** Which units of a word have ids: a bit each. */
// @ts-expect-error: decorator
@inline
export function queueBits(word: u32): u64 {
  return load<u64>(wordOf(word))
}

/** Take out all ids of a unit that has some; the first of their nodes. */
// @ts-expect-error: decorator
@inline
export function takeOut(units: u32): u32 {
  const word = wordOf(units >> 6)
  store<u64>(word, load<u64>(word) & ~((<u64>1) << (<u64>(units & 63))))
  return <u32>load<u16>(lastOf(units))
}
// @ts-expect-error: decorator
@inline
export function isNode(node: u32): bool {
  return node != END
}
// @ts-expect-error: decorator
@inline
export function idOfNode(node: u32): u32 {
  return load<u32>(nodeAt(node))
}
// @ts-expect-error: decorator
@inline
export function nextNode(node: u32): u32 {
  return load<u32>(nodeAt(node), 4)
}
