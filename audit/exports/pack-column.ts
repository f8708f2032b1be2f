/** Columns of numbers as Parquet's plain bytes. */
import type { Packed } from './row-group.ts'

const HIGH = 2 ** 32

/** Which rows have something: 1 each; null: all. */
export type IsThere = Uint8Array | null

/** Rows that have something. */
export const countThere = (isThere: IsThere, rows: number): number =>
  isThere === null ? rows : isThere.reduce((sum, is) => sum + is, 0)

/** Doubles: `of` is asked of each row that has one. */
export function packDoubles(rows: number, isThere: IsThere, of: (row: number) => number): Packed {
  const packed = new Float64Array(countThere(isThere, rows))
  for (let i = 0, n = 0; i < rows; i++) if (isThere === null || isThere[i] === 1) packed[n++] = of(i)
  return { bytes: new Uint8Array(packed.buffer), isThere }
}

/** Integers of 32 bits. */
export function packInts(rows: number, isThere: IsThere, of: (row: number) => number): Packed {
  const packed = new Int32Array(countThere(isThere, rows))
  for (let i = 0, n = 0; i < rows; i++) if (isThere === null || isThere[i] === 1) packed[n++] = of(i)
  return { bytes: new Uint8Array(packed.buffer), isThere }
}

/** Integers of 64 bits, whole numbers of 53. */
export function packLongs(rows: number, isThere: IsThere, of: (row: number) => number): Packed {
  const packed = new Uint32Array(2 * countThere(isThere, rows))
  for (let i = 0, n = 0; i < rows; i++) {
    if (isThere !== null && isThere[i] !== 1) continue
    const value = of(i)
    packed[n++] = value >>> 0
    packed[n++] = Math.floor(value / HIGH)
  }
  return { bytes: new Uint8Array(packed.buffer), isThere }
}

/** Bytes of a width that stand `stride` apart from `at` on. */
export function packBytes(
  rows: number,
  from: Uint8Array,
  { at, stride, width }: { readonly at: number; readonly stride: number; readonly width: number },
): Packed {
  const bytes = new Uint8Array(rows * width)
  for (let i = 0; i < rows; i++) {
    const begin = at + i * stride
    for (let b = 0; b < width; b++) bytes[i * width + b] = from[begin + b]!
  }
  return { bytes, isThere: null }
}
