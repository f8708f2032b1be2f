import type { StreetTable } from '../street-table.ts'
import { type CellShape, ITEM, putItems } from './put-items.ts'
import { shrinkAt } from './shrink-at.ts'

/** Side of a cell, millionths of a degree of latitude: about 120 m. */
const CELL = 1079
/** More cells, or pieces in cells, than this to a piece are a waste: cells grow. */
const MOST_PER_PIECE = 32

/** Cells over the streets, each with the straight pieces whose boxes touch it. */
export interface PieceCells extends CellShape {
  /** Items of cell `c` (row by row): `first[c] … first[c + 1] - 1`, in the order of the segments. */
  readonly first: Uint32Array
  /**
   * Eight words an item, so that a search reads nothing else: both ends of the piece (x, y, x, y) as seen from the
   * south-west corner of the cell; an arc of its segment that cars may drive (high half, low half); and how many steps
   * along the segment, from its tail, the piece begins and ends.
   */
  readonly items: Int16Array
}

/**
 * Lays the cells over the segments that are `usable` (1). They grow where the streets lie so far apart or are so long
 * that their cells would fill the memory: somebody may send such streets.
 */
export function layCells(streets: StreetTable, usable: Uint8Array): PieceCells {
  const [west, south, east, north] = boundsOf(streets)
  const most = (streets.geomXy.length / 2 + usable.length) * MOST_PER_PIECE + 65_536
  for (let high = CELL; ; high *= 2) {
    const wide = Math.round(high / Math.max(1 / 64, shrinkAt((south + north) / 2e6)))
    const columns = Math.floor((east - west) / wide) + 1
    const rows = Math.floor((north - south) / high) + 1
    if (columns * rows > most) continue
    const shape = { west, south, wide, high, columns, rows }
    const first = new Uint32Array(columns * rows + 2)
    if (!countItems(streets, usable, shape, first, most)) continue
    for (let c = 1; c < first.length; c++) first[c]! += first[c - 1]!
    const items = new Int16Array(ITEM * first[first.length - 1]!)
    putItems(streets, usable, shape, first, items)
    return { ...shape, first, items }
  }
}

function boundsOf({ junctionXy, geomXy }: StreetTable): readonly [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const xy of [junctionXy, geomXy]) {
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i]!
      const y = xy[i + 1]!
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
  }
  return west <= east ? [west, south, east, north] : [0, 0, 0, 0]
}

/** Counts the items of cell `c` into `first[c + 2]`; false where all are more than `most`. */
function countItems(
  { junctionXy, geomXy, geomFirst, tail, head }: StreetTable,
  usable: Uint8Array,
  { west, south, wide, high, columns }: CellShape,
  first: Uint32Array,
  most: number,
): boolean {
  let sum = 0
  for (let s = 0; s < usable.length; s++) {
    if (usable[s] === 0) continue
    const end = geomFirst[s + 1]!
    let column = Math.floor((junctionXy[2 * tail[s]!]! - west) / wide)
    let row = Math.floor((junctionXy[2 * tail[s]! + 1]! - south) / high)
    for (let k = geomFirst[s]!; k <= end; k++) {
      const lastColumn = column
      const lastRow = row
      column = Math.floor(((k < end ? geomXy[2 * k]! : junctionXy[2 * head[s]!]!) - west) / wide)
      row = Math.floor(((k < end ? geomXy[2 * k + 1]! : junctionXy[2 * head[s]! + 1]!) - south) / high)
      const right = column > lastColumn ? column : lastColumn
      const left = column + lastColumn - right
      const top = row > lastRow ? row : lastRow
      sum += (right - left + 1) * (top + top - row - lastRow + 1)
      if (sum > most) return false
      for (let r = row + lastRow - top; r <= top; r++)
        for (let c = left; c <= right; c++) first[r * columns + c + 2]!++
    }
  }
  return true
}
