import type { StreetTable } from '../street-table.ts'
import { shrinkAt, straightPieces } from './straight-pieces.ts'

/** Side of a cell, millionths of a degree of latitude: about 120 m. */
const CELL = 1079
/** More cells, or pieces in cells, than this to a piece are a waste: cells grow. */
const MOST_PER_PIECE = 32
/** A cell is passed over only where it is farther off than rounding could make it. */
const SURELY = 1 + 1e-9

/** The straight piece of a street that is nearest to a place. */
export interface NearestPiece {
  readonly segment: number
  /** How far along the segment from its tail, 0..1. */
  readonly fraction: number
  /** The point itself, millionths of a degree. */
  readonly x: number
  readonly y: number
  /** How far the place is off, millionths of a degree of latitude; positive on the left of the segment's way. */
  readonly off: number
}

/**
 * Finds the nearest street point exactly: all straight pieces of the streets lie copied in square cells, which are
 * looked at ring by ring until no cell left can hold a nearer one. Distances are on a plane that touches the globe at
 * the place; of pieces equally near the lower segment wins. Coordinates are millionths of a degree.
 */
export function pieceGrid(
  streets: StreetTable,
  usable: (segment: number) => boolean,
): (x: number, y: number, limit: number) => NearestPiece | null {
  const segments = streets.tail.length
  const { xy, from, segmentOf } = straightPieces(streets)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xy.length; i += 2) {
    west = Math.min(west, xy[i]!)
    east = Math.max(east, xy[i]!)
    south = Math.min(south, xy[i + 1]!)
    north = Math.max(north, xy[i + 1]!)
  }
  if (segments === 0) return () => null
  const high = cellHeight(xy, [west, south, east, north])
  const wide = cellWidth(high, south, north)
  const columns = Math.floor((east - west) / wide) + 1
  const rows = Math.floor((north - south) / high) + 1
  const eachCell = (visit: (cell: number, piece: number) => void): void => {
    for (let p = 0; p < segmentOf.length; p++) {
      if (!usable(segmentOf[p]!)) continue
      const [ax, ay, bx, by] = [xy[4 * p]!, xy[4 * p + 1]!, xy[4 * p + 2]!, xy[4 * p + 3]!]
      const [left, right] = [Math.min(ax, bx) - west, Math.max(ax, bx) - west]
      const [low, top] = [Math.min(ay, by) - south, Math.max(ay, by) - south]
      for (let row = Math.floor(low / high); row <= Math.floor(top / high); row++)
        for (let column = Math.floor(left / wide); column <= Math.floor(right / wide); column++)
          visit(row * columns + column, p)
    }
  }
  const first = new Uint32Array(columns * rows + 1)
  eachCell(cell => void first[cell + 1]!++)
  for (let c = 0; c < columns * rows; c++) first[c + 1]! += first[c]!
  const next = first.slice()
  const itemXy = new Int32Array(4 * first[columns * rows]!)
  const itemPiece = new Uint32Array(first[columns * rows]!)
  eachCell((cell, piece) => {
    const item = next[cell]!++
    itemPiece[item] = piece
    itemXy.set(xy.subarray(4 * piece, 4 * piece + 4), 4 * item)
  })

  return (x, y, limit) => {
    const shrink = shrinkAt(y / 1e6)
    const [cx, cy] = [Math.floor((x - west) / wide), Math.floor((y - south) / high)]
    let best = limit * limit
    let bestPiece = -1
    let bestShare = 0
    for (let ring = 0; ; ring++) {
      // What is not seen yet lies outside the square of the rings before.
      const gap = Math.min(
        Math.min(x - west - (cx - ring + 1) * wide, (cx + ring) * wide - (x - west)) * shrink,
        y - south - (cy - ring + 1) * high,
        (cy + ring) * high - (y - south),
      )
      if (ring > 0 && gap * gap > best * SURELY) break
      for (let row = Math.max(0, cy - ring); row <= Math.min(rows - 1, cy + ring); row++) {
        const step = row === cy - ring || row === cy + ring ? 1 : 2 * ring
        const rowGap = row < cy ? y - south - (row + 1) * high : row > cy ? row * high - (y - south) : 0
        for (let column = cx - ring; column <= cx + ring; column += step || 1) {
          if (column < 0 || column >= columns) continue
          const right = column * wide - (x - west)
          const columnGap = (column < cx ? -right - wide : column > cx ? right : 0) * shrink
          if (columnGap * columnGap + rowGap * rowGap > best * SURELY) continue
          const end = first[row * columns + column + 1]!
          for (let item = first[row * columns + column]!; item < end; item++) {
            const ax = (itemXy[4 * item]! - x) * shrink
            const ay = itemXy[4 * item + 1]! - y
            const bx = (itemXy[4 * item + 2]! - x) * shrink
            const by = itemXy[4 * item + 3]! - y
            const dx = bx - ax
            const dy = by - ay
            const along = -(ax * dx + ay * dy)
            const square = dx * dx + dy * dy
            const share = along <= 0 ? 0 : along >= square ? 1 : along / square
            const px = share === 1 ? bx : ax + dx * share
            const py = share === 1 ? by : ay + dy * share
            const off = px * px + py * py
            if (off > best) continue
            const piece = itemPiece[item]!
            if (off === best && bestPiece >= 0 && piece >= bestPiece) continue
            best = off
            bestPiece = piece
            bestShare = share
          }
        }
      }
    }
    if (bestPiece < 0) return null
    const at = 4 * bestPiece
    const [ax, ay] = [xy[at]!, xy[at + 1]!]
    const [bx, by] = [xy[at + 2]!, xy[at + 3]!]
    const onLeft = (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
    const segment = segmentOf[bestPiece]!
    const to = segmentOf[bestPiece + 1] === segment ? from[bestPiece + 1]! : 1
    return {
      segment,
      fraction: from[bestPiece]! + (to - from[bestPiece]!) * bestShare,
      x: ax + (bx - ax) * bestShare,
      y: ay + (by - ay) * bestShare,
      off: onLeft ? Math.sqrt(best) : -Math.sqrt(best),
    }
  }
}

/**
 * Height of the cells, grown where the streets lie so far apart or are so long that their cells would fill the
 * memory: somebody may send such streets.
 */
function cellHeight(
  xy: Int32Array,
  [west, south, east, north]: readonly [number, number, number, number],
): number {
  const most = (xy.length / 4) * MOST_PER_PIECE + 65_536
  for (let high = CELL; ; high *= 2) {
    const wide = cellWidth(high, south, north)
    const cells = (dx: number, dy: number): number =>
      (Math.floor(dx / wide) + 1) * (Math.floor(dy / high) + 1)
    if (cells(east - west, north - south) > most) continue
    let sum = 0
    for (let p = 0; p < xy.length && sum <= most; p += 4)
      sum += cells(Math.abs(xy[p]! - xy[p + 2]!), Math.abs(xy[p + 1]! - xy[p + 3]!))
    if (sum <= most) return high
  }
}

/** Width of cells that are square on the ground, whole millionths of a degree. */
function cellWidth(high: number, south: number, north: number): number {
  return Math.round(high / Math.max(1 / 64, shrinkAt((south + north) / 2e6)))
}
