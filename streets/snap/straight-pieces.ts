import type { StreetTable } from '../street-table.ts'

/** The width of a degree of longitude is kept in parts of this, so that every machine rounds to the same. */
const SHRINK_STEPS = 65_536

/** The straight pieces of all segments, in their order. */
export interface StraightPieces {
  /** Both ends of each, millionths of a degree: x, y, x, y. */
  readonly xy: Int32Array
  /** Fraction of its segment where each begins. */
  readonly from: Float64Array
  readonly segmentOf: Uint32Array
}

/** How wide a degree of longitude is, as a share of one of latitude. */
export function shrinkAt(latDeg: number): number {
  return Math.round(Math.cos((latDeg * Math.PI) / 180) * SHRINK_STEPS) / SHRINK_STEPS
}

/** Cuts all segments into straight pieces. */
export function straightPieces(streets: StreetTable): StraightPieces {
  const { junctionXy, geomXy, geomFirst } = streets
  const segments = streets.tail.length
  const pieces = segments + geomXy.length / 2
  const xy = new Int32Array(4 * pieces)
  const from = new Float64Array(pieces)
  const segmentOf = new Uint32Array(pieces)
  for (let s = 0, p = 0; s < segments; s++) {
    const firstPiece = p
    let x = junctionXy[2 * streets.tail[s]!]!
    let y = junctionXy[2 * streets.tail[s]! + 1]!
    const shrink = shrinkAt(y / 1e6)
    let length = 0
    for (let k = geomFirst[s]!; k <= geomFirst[s + 1]!; k++, p++) {
      const isLast = k === geomFirst[s + 1]!
      const nextX = isLast ? junctionXy[2 * streets.head[s]!]! : geomXy[2 * k]!
      const nextY = isLast ? junctionXy[2 * streets.head[s]! + 1]! : geomXy[2 * k + 1]!
      segmentOf[p] = s
      from[p] = length
      xy.set([x, y, nextX, nextY], 4 * p)
      const [dx, dy] = [(nextX - x) * shrink, nextY - y]
      length += Math.sqrt(dx * dx + dy * dy)
      x = nextX
      y = nextY
    }
    for (let q = firstPiece; q < p; q++) from[q] = length === 0 ? 0 : from[q]! / length
  }
  return { xy, from, segmentOf }
}
