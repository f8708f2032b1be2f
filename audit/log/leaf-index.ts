/**
 * Where leaves stand, by hash: eight bytes a slot, at most half of them used, so 16 to 32 bytes a leaf. A slot holds 32
 * bits of the hash and the index + 1; what is found is compared with the tree itself.
 */
export interface LeafIndex {
  add(leafHash: Uint8Array, index: number): void
  /** Least index with this hash, or null; `isAt` looks into the tree. */
  find(leafHash: Uint8Array, isAt: (index: number) => boolean): number | null
}

const wordOf = (hash: Uint8Array, at: number): number =>
  ((hash[at]! << 24) | (hash[at + 1]! << 16) | (hash[at + 2]! << 8) | hash[at + 3]!) >>> 0

/** An empty index; it grows as leaves come, up to 2^32 - 2 of them. */
export function createLeafIndex(): LeafIndex {
  let slots = new Uint32Array(2 * 1024)
  let used = 0

  const put = (place: number, mark: number, value: number): void => {
    const mask = slots.length / 2 - 1
    let at = place & mask
    while (slots[2 * at + 1] !== 0) at = (at + 1) & mask
    slots[2 * at] = mark
    slots[2 * at + 1] = value
  }
  /** The place comes from the mark too, so that the table can grow without the hashes. */
  const placeOf = (mark: number): number => Math.imul(mark, 0x9e3779b1) >>> 0
  const grow = (): void => {
    const old = slots
    slots = new Uint32Array(old.length * 2)
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) put(placeOf(old[i]!), old[i]!, old[i + 1]!)
  }
  return {
    add(leafHash, index) {
      if (++used * 4 > slots.length) grow()
      const mark = wordOf(leafHash, 0)
      put(placeOf(mark), mark, index + 1)
    },
    find(leafHash, isAt) {
      const mark = wordOf(leafHash, 0)
      const mask = slots.length / 2 - 1
      let least: number | null = null
      for (let at = placeOf(mark) & mask; slots[2 * at + 1] !== 0; at = (at + 1) & mask) {
        const index = slots[2 * at + 1]! - 1
        if (slots[2 * at] === mark && (least === null || index < least) && isAt(index)) least = index
      }
      return least
    },
  }
}
