import type { Place } from '../router.ts'
import { shrinkAt } from '../snap/shrink-at.ts'
import type { StreetTable } from '../street-table.ts'
import type { PlaceAccess } from './place-access.ts'

/** East and north of a straight piece of a street, from tail to head; one for all looks. */
const step = { east: 0, north: 0 }

/** The arc that a car drives which stands at a place and looks `headingDeg` (degrees from north); -1: there is none. */
export function arcLooking(
  streets: StreetTable,
  { isOpen }: PlaceAccess,
  place: Place,
  headingDeg: number,
): number {
  const { edge } = place
  if (!isOpen(edge)) return isOpen(edge ^ 1) ? edge ^ 1 : -1
  if (!isOpen(edge ^ 1)) return edge
  stepAt(streets, edge >> 1, edge & 1 ? 1 - place.fraction : place.fraction)
  const angle = (Math.round(headingDeg) * Math.PI) / 180
  const isAlong = step.east * Math.sin(angle) + step.north * Math.cos(angle) >= 0
  return (edge & ~1) | (isAlong ? 0 : 1)
}

/** Finds the straight piece that holds a point of a segment, `along` (0..1) of the way from its tail: into `step`. */
function stepAt(
  { junctionXy, tail, head, geomFirst, geomXy }: StreetTable,
  segment: number,
  along: number,
): void {
  const start = 2 * tail[segment]!
  const goal = 2 * head[segment]!
  const first = 2 * geomFirst[segment]!
  const end = 2 * geomFirst[segment + 1]!
  const shrink = shrinkAt(junctionXy[start + 1]! / 1e6)
  /** Goes over the pieces until there is no more than `left` before one's end; the length of those gone over. */
  const walk = (left: number): number => {
    let x = junctionXy[start]!
    let y = junctionXy[start + 1]!
    let length = 0
    for (let p = first; p <= end; p += 2) {
      const nextX = p < end ? geomXy[p]! : junctionXy[goal]!
      const nextY = p < end ? geomXy[p + 1]! : junctionXy[goal + 1]!
      step.east = (nextX - x) * shrink
      step.north = nextY - y
      if (p === end && left < Infinity) break
      length += Math.sqrt(step.east * step.east + step.north * step.north)
      if (length >= left) break
      x = nextX
      y = nextY
    }
    return length
  }
  walk(first === end ? 0 : walk(Infinity) * along)
}
