import type { StreetTable } from '../street-table.ts'
import { layCells, type PieceCells } from './piece-cells.ts'
import { ITEM, TOO_FAR } from './put-items.ts'
import { shrinkAt } from './shrink-at.ts'

/** A cell is passed over only where it is farther off than rounding could make it. */
const SURELY = 1 + 1e-9

/**
 * Finds the nearest street point exactly: the straight pieces of the streets lie in square cells, which are looked at
 * ring by ring until no cell left can hold a nearer one. Distances are on a plane that touches the globe at the place;
 * of pieces equally near the first one wins. Coordinates are millionths of a degree.
 */
export class PieceGrid {
  readonly #streets: StreetTable
  readonly #cells: PieceCells
  /** Ends of a piece as seen from the south-west corner of all cells. */
  readonly #ends = new Float64Array(4)

  /** What `find` has found: an arc that cars may drive, and how many `STEPS` from the tail of its segment. */
  arc = 0
  steps = 0
  /** The point itself, millionths of a degree. */
  x = 0
  y = 0
  /** How far the place is off, millionths of a degree of latitude; positive on the left of the segment's way. */
  off = 0

  constructor(streets: StreetTable, usable: Uint8Array) {
    this.#streets = streets
    this.#cells = layCells(streets, usable)
  }

  /** Whether there is a street at most `limit` millionths of a degree of latitude from a place. */
  find(x: number, y: number, limit: number): boolean {
    const { west, south, wide, high, columns, rows, first, items } = this.#cells
    const shrink = shrinkAt(y / 1e6)
    const east = x - west
    const north = y - south
    const cx = Math.floor(east / wide)
    const cy = Math.floor(north / high)
    let best = limit * limit
    let found = -1
    let [foundX, foundY, share] = [0, 0, 0]
    for (let ring = 0; ; ring++) {
      if (ring > 0) {
        // What is not seen yet lies outside the square of the rings before.
        const gap = Math.min(
          Math.min(east - (cx - ring + 1) * wide, (cx + ring) * wide - east) * shrink,
          north - (cy - ring + 1) * high,
          (cy + ring) * high - north,
        )
        if (gap * gap > best * SURELY) break
      }
      const lastRow = Math.min(rows - 1, cy + ring)
      for (let row = Math.max(0, cy - ring); row <= lastRow; row++) {
        const up = north - row * high
        const rowGap = row < cy ? up - high : row > cy ? -up : 0
        if (rowGap * rowGap > best * SURELY) continue
        const step = row === cy - ring || row === cy + ring ? 1 : 2 * ring
        for (let column = cx - ring; column <= cx + ring; column += step || 1) {
          if (column < 0 || column >= columns) continue
          const right = east - column * wide
          const columnGap = (column < cx ? right - wide : column > cx ? -right : 0) * shrink
          if (columnGap * columnGap + rowGap * rowGap > best * SURELY) continue
          const cell = row * columns + column
          const end = ITEM * first[cell + 1]!
          for (let item = ITEM * first[cell]!; item < end; item += ITEM) {
            let ax = items[item]!
            let ay = items[item + 1]!
            let bx = items[item + 2]!
            let by = items[item + 3]!
            if (ax === TOO_FAR) {
              this.#endsOf(item)
              ax = this.#ends[0]! - column * wide
              ay = this.#ends[1]! - row * high
              bx = this.#ends[2]! - column * wide
              by = this.#ends[3]! - row * high
            }
            ax = (ax - right) * shrink
            ay -= up
            bx = (bx - right) * shrink
            by -= up
            const dx = bx - ax
            const dy = by - ay
            const square = dx * dx + dy * dy
            const along = -(ax * dx + ay * dy)
            const t = along <= 0 ? 0 : along >= square ? 1 : along / square
            const px = t === 1 ? bx : ax + dx * t
            const py = t === 1 ? by : ay + dy * t
            const off = px * px + py * py
            if (off > best || (off === best && found >= 0 && !isBefore(items, item, found))) continue
            best = off
            found = item
            foundX = column * wide
            foundY = row * high
            share = t
          }
        }
      }
    }
    if (found < 0) return false
    let ax = items[found]!
    let ay = items[found + 1]!
    let dx = items[found + 2]! - ax
    let dy = items[found + 3]! - ay
    if (ax === TOO_FAR) {
      this.#endsOf(found)
      ax = this.#ends[0]! - foundX
      ay = this.#ends[1]! - foundY
      dx = this.#ends[2]! - this.#ends[0]!
      dy = this.#ends[3]! - this.#ends[1]!
    }
    ax += west + foundX
    ay += south + foundY
    this.arc = arcOf(items, found)
    const steps = items[found + 6]! & 0xffff
    this.steps = Math.round(steps + ((items[found + 7]! & 0xffff) - steps) * share)
    this.x = ax + dx * share
    this.y = ay + dy * share
    this.off = dx * (y - ay) - dy * (x - ax) > 0 ? Math.sqrt(best) : -Math.sqrt(best)
    return true
  }

  /** The ends of a piece that are too far for its item, from the street table. */
  #endsOf(item: number): void {
    const { geomXy, geomFirst, junctionXy, tail, head } = this.#streets
    const { west, south, items } = this.#cells
    const s = arcOf(items, item) >> 1
    const k = (items[item + 1]! << 16) | (items[item + 2]! & 0xffff)
    const [a, b] = [2 * tail[s]!, 2 * head[s]!]
    const isFirst = k === geomFirst[s]
    const isLast = k === geomFirst[s + 1]
    this.#ends[0] = (isFirst ? junctionXy[a]! : geomXy[2 * k - 2]!) - west
    this.#ends[1] = (isFirst ? junctionXy[a + 1]! : geomXy[2 * k - 1]!) - south
    this.#ends[2] = (isLast ? junctionXy[b]! : geomXy[2 * k]!) - west
    this.#ends[3] = (isLast ? junctionXy[b + 1]! : geomXy[2 * k + 1]!) - south
  }
}

function arcOf(items: Int16Array, item: number): number {
  return (items[item + 4]! << 16) | (items[item + 5]! & 0xffff)
}

/** Whether an item's piece stands before another one's: by segment, then along it. */
function isBefore(items: Int16Array, item: number, other: number): boolean {
  const apart = arcOf(items, item) - arcOf(items, other)
  return apart < 0 || (apart === 0 && (items[item + 6]! & 0xffff) < (items[other + 6]! & 0xffff))
}
