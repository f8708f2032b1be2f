/** Whole numbers in as few bytes as they need: LEB128, the shortest form only. */

/** Largest number written: five bytes. */
const MOST = 2 ** 35 - 1

/** Appends a number from 0 to 2^35 - 1. */
export function pushVarint(out: number[], value: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > MOST)
    throw new RangeError(`${value} does not fit a varint`)
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128)
  out.push(rest)
}

/** Reads a number and where it ends; null when it is cut off, too long or not in its shortest form. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } | null {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return null
    value += (byte & 127) * 128 ** i
    if (byte < 128) return byte === 0 && i > 0 ? null : { value, end: at + i + 1 }
  }
  return null
}

/** Small numbers of either sign as small numbers. */
export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)

/** The other way. */
export const unzigzag = (value: number): number => (value % 2 ? -(value + 1) / 2 : value / 2)
