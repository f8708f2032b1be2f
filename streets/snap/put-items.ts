import { FORWARD, type StreetTable } from '../street-table.ts'
import { shrinkAt } from './shrink-at.ts'

/** Words of an item. */
export const ITEM = 8
/** First word of an item whose ends do not fit into words: the second and third are the number of its last point. */
export const TOO_FAR = -32_768
/** Steps of the way along a segment: fits 16 bits. */
export const STEPS = 65_535

/** Square cells (on the ground), row by row. */
export interface CellShape {
  readonly west: number
  readonly south: number
  /** Sides of a cell, millionths of a degree. */
  readonly wide: number
  readonly high: number
  readonly columns: number
  readonly rows: number
}

/** Puts the items into their cells; `first[c + 1]` goes from the first place of cell `c` to that of the next one. */
export function putItems(
  streets: StreetTable,
  usable: Uint8Array,
  { west, south, wide, high, columns }: CellShape,
  first: Uint32Array,
  items: Int16Array,
): void {
  const { junctionXy, geomXy, geomFirst, tail, head, flags } = streets
  for (let s = 0; s < usable.length; s++) {
    if (usable[s] === 0) continue
    const arc = 2 * s + (flags[s]! & FORWARD ? 0 : 1)
    const end = geomFirst[s + 1]!
    let bx = junctionXy[2 * tail[s]!]! - west
    let by = junctionXy[2 * tail[s]! + 1]! - south
    const shrink = shrinkAt((by + south) / 1e6)
    const perStep = lengthOf(streets, s, shrink) / STEPS
    let column = Math.floor(bx / wide)
    let row = Math.floor(by / high)
    let length = 0
    let steps = 0
    for (let k = geomFirst[s]!; k <= end; k++) {
      const ax = bx
      const ay = by
      const lastColumn = column
      const lastRow = row
      const lastSteps = steps
      bx = (k < end ? geomXy[2 * k]! : junctionXy[2 * head[s]!]!) - west
      by = (k < end ? geomXy[2 * k + 1]! : junctionXy[2 * head[s]! + 1]!) - south
      column = Math.floor(bx / wide)
      row = Math.floor(by / high)
      const dx = (bx - ax) * shrink
      const dy = by - ay
      length += Math.sqrt(dx * dx + dy * dy)
      steps = k === end ? STEPS : perStep > 0 ? Math.round(length / perStep) : 0
      const right = column > lastColumn ? column : lastColumn
      const left = column + lastColumn - right
      const top = row > lastRow ? row : lastRow
      for (let r = row + lastRow - top; r <= top; r++) {
        for (let c = left; c <= right; c++) {
          const at = ITEM * first[r * columns + c + 1]!++
          const x = c * wide
          const y = r * high
          items[at] = ax - x
          items[at + 1] = ay - y
          items[at + 2] = bx - x
          items[at + 3] = by - y
          // What is no 16-bit word has become another one.
          const fits = items[at] === ax - x && items[at + 1] === ay - y && items[at + 2] === bx - x
          if (!fits || items[at + 3] !== by - y || ax - x === TOO_FAR) {
            items[at] = TOO_FAR
            items[at + 1] = k >>> 16
            items[at + 2] = k
          }
          items[at + 4] = arc >>> 16
          items[at + 5] = arc
          items[at + 6] = lastSteps
          items[at + 7] = steps
        }
      }
    }
  }
}

/** Length of a segment by the width of a degree of longitude, millionths of a degree of latitude. */
function lengthOf(
  { junctionXy, geomXy, geomFirst, tail, head }: StreetTable,
  s: number,
  shrink: number,
): number {
  let x = junctionXy[2 * tail[s]!]!
  let y = junctionXy[2 * tail[s]! + 1]!
  const end = geomFirst[s + 1]!
  let length = 0
  for (let k = geomFirst[s]!; k <= end; k++) {
    const nextX = k < end ? geomXy[2 * k]! : junctionXy[2 * head[s]!]!
    const nextY = k < end ? geomXy[2 * k + 1]! : junctionXy[2 * head[s]! + 1]!
    const dx = (nextX - x) * shrink
    const dy = nextY - y
    length += Math.sqrt(dx * dx + dy * dy)
    x = nextX
    y = nextY
  }
  return length
}
