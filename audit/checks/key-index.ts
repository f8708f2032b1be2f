/** Numbers 0, 1, 2 … for keys of equal size, in the order in which they come; an open table over bytes. */
export interface KeyIndex {
  readonly size: number
  /** The keys behind each other. */
  readonly keys: Uint8Array
  /** Number of the key at a place, a new one where it was not known. */
  add(bytes: Uint8Array, at: number): number
  /** Number of the key at a place, or -1. */
  find(bytes: Uint8Array, at: number): number
}

/** Makes an index for keys of `width` bytes, a multiple of four. */
export function createKeyIndex(width: number, room = 64): KeyIndex {
  let slots = new Int32Array(2 ** Math.ceil(Math.log2(room * 2))).fill(-1)
  let keys = new Uint8Array(room * width)
  let size = 0

  const slotOf = (bytes: Uint8Array, at: number): number => {
    const mask = slots.length - 1
    for (let slot = hashBytes(bytes, at, width) & mask; ; slot = (slot + 1) & mask) {
      const key = slots[slot]!
      if (key < 0 || isSameAt(keys, key * width, bytes, at, width)) return slot
    }
  }
  const grow = (): void => {
    const more = new Uint8Array(keys.length * 2)
    more.set(keys)
    keys = more
    slots = new Int32Array(slots.length * 2).fill(-1)
    for (let key = 0; key < size; key++) slots[slotOf(keys, key * width)] = key
  }
  return {
    get size() {
      return size
    },
    get keys() {
      return keys.subarray(0, size * width)
    },
    find: (bytes, at) => slots[slotOf(bytes, at)]!,
    add(bytes, at) {
      const slot = slotOf(bytes, at)
      const known = slots[slot]!
      if (known >= 0) return known
      for (let i = 0; i < width; i++) keys[size * width + i] = bytes[at + i]!
      slots[slot] = size
      const added = size++
      if (size * width === keys.length) grow()
      return added
    },
  }
}

/** A number of 32 bits for bytes by four (FNV-1a over words, mixed at the end): the same in every thread. */
export function hashBytes(bytes: Uint8Array, at: number, width: number): number {
  let h = 0x811c9dc5
  for (let i = at; i < at + width; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    h = Math.imul(h ^ word, 0x01000193)
    h ^= h >>> 15
  }
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** Whether as many bytes at two places are the same. */
export function isSameAt(a: Uint8Array, from: number, b: Uint8Array, at: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (a[from + i] !== b[at + i]) return false
  return true
}
