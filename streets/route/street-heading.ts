import type { Place } from '../router.ts'
import { shrinkAt } from '../snap/shrink-at.ts'
import type { StreetTable } from '../street-table.ts'
import type { PlaceAccess } from './place-access.ts'

/** The arc that a car drives which stands at a place and looks `headingDeg` (degrees from north); -1: there is none. */
export function arcLooking(
  streets: StreetTable,
  { isOpen }: PlaceAccess,
  { edge, fraction }: Place,
  headingDeg: number,
): number {
  if (!isOpen(edge)) return isOpen(edge ^ 1) ? edge ^ 1 : -1
  if (!isOpen(edge ^ 1)) return edge
  const isAlong = looksAlong(streets, edge >> 1, edge & 1 ? 1 - fraction : fraction, headingDeg)
  return (edge & ~1) | (isAlong ? 0 : 1)
}

/**
 * Whether one looks along a segment, not against it, on the straight piece that lies `along` (0..1) of the way from its
 * tail. On most streets it is the same on every piece, wherever one is.
 */
function looksAlong(streets: StreetTable, segment: number, along: number, headingDeg: number): boolean {
  const { junctionXy, tail, head, geomFirst, geomXy } = streets
  const start = 2 * tail[segment]!
  const goal = 2 * head[segment]!
  const first = 2 * geomFirst[segment]!
  const end = 2 * geomFirst[segment + 1]!
  const angle = (Math.round(headingDeg) * Math.PI) / 180
  const shrink = shrinkAt(junctionXy[start + 1]! / 1e6)
  const lookEast = Math.sin(angle)
  const lookNorth = Math.cos(angle)
  let x = junctionXy[start]!
  let y = junctionXy[start + 1]!
  let ahead = 0
  let total = 0
  for (let p = first; p <= end; p += 2) {
    const nextX = p < end ? geomXy[p]! : junctionXy[goal]!
    const nextY = p < end ? geomXy[p + 1]! : junctionXy[goal + 1]!
    const east = (nextX - x) * shrink
    const north = nextY - y
    if (east * lookEast + north * lookNorth >= 0) ahead++
    total += Math.sqrt(east * east + north * north)
    x = nextX
    y = nextY
  }
  const pieces = (end - first) / 2 + 1
  if (ahead === 0 || ahead === pieces) return ahead > 0

  let left = total * along
  x = junctionXy[start]!
  y = junctionXy[start + 1]!
  for (let p = first; ; p += 2) {
    const nextX = p < end ? geomXy[p]! : junctionXy[goal]!
    const nextY = p < end ? geomXy[p + 1]! : junctionXy[goal + 1]!
    const east = (nextX - x) * shrink
    const north = nextY - y
    left -= Math.sqrt(east * east + north * north)
    if (p === end || left <= 0) return east * lookEast + north * lookNorth >= 0
    x = nextX
    y = nextY
  }
}
