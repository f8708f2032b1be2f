/** H3 cells as the two halves of their 64-bit index, so that a hostile one is refused without making a string of it. */

const PENTAGONS = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117])
const BASE_CELLS = 122
const FINEST = 15
/** No digit, and the direction that a pentagon lacks. */
const UNUSED = 7
const LACKING = 1

/** Resolution that a cell's index tells. */
export const resOf = (high: number): number => (high >>> 20) & 0x0f

/** True for the index of a cell. Same answers as h3-js `isValidCell`. */
export function isCellIndex(high: number, low: number): boolean {
  // Top bit 0, mode 1, three reserved bits 0.
  if (high >>> 27 !== 1 || ((high >>> 24) & 7) !== 0) return false
  const resolution = resOf(high)
  const base = (high >>> 13) & 0x7f
  if (base >= BASE_CELLS) return false
  let isLeading = PENTAGONS.has(base)
  for (let r = 1; r <= FINEST; r++) {
    const digit = digitOf(high, low, r)
    if (r > resolution) {
      if (digit !== UNUSED) return false
    } else {
      if (digit === UNUSED) return false
      if (isLeading && digit !== 0) {
        if (digit === LACKING) return false
        isLeading = false
      }
    }
  }
  return true
}

/** Digit of one resolution: three bits; the one of resolution 5 lies across the halves. */
function digitOf(high: number, low: number, res: number): number {
  const shift = 3 * (FINEST - res)
  if (shift >= 32) return (high >>> (shift - 32)) & 7
  if (shift <= 29) return (low >>> shift) & 7
  return ((low >>> shift) | (high << (32 - shift))) & 7
}

/** Halves of a cell's index, as h3-js writes it. */
export const cellHalves = (cell: string): readonly [high: number, low: number] => [
  Number.parseInt(cell.slice(0, -8), 16),
  Number.parseInt(cell.slice(-8), 16),
]

/** Halves of the parent of a valid cell at a coarser resolution: its finer digits are set to «unused». */
export function parentHalves(high: number, low: number, res: number): readonly [high: number, low: number] {
  const shift = 3 * (FINEST - res)
  const top = ((high & ~(0x0f << 20)) | (res << 20)) >>> 0
  if (shift >= 32) return [(top | (2 ** (shift - 32) - 1)) >>> 0, 0xffffffff]
  return [top, (low | (2 ** shift - 1)) >>> 0]
}
