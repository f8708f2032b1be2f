import type { Place } from '../router.ts'
import { shrinkAt } from '../snap/shrink-at.ts'
import { type StreetTable, segmentLine } from '../street-table.ts'

/** Of the arcs at a place, the one that a car drives which looks `headingDeg` (degrees from north). */
export function arcLooking(
  streets: StreetTable,
  place: Place,
  arcs: readonly number[],
  headingDeg: number,
): number {
  if (arcs.length < 2) return arcs[0] ?? -1
  const [along, against] = [2 * (place.edge >> 1), 2 * (place.edge >> 1) + 1]
  const [east, north] = streetStep(streets, place)
  const angle = (Math.round(headingDeg) * Math.PI) / 180
  return east * Math.sin(angle) + north * Math.cos(angle) >= 0 ? along : against
}

/** East and north of the straight piece that a place lies on, from tail to head. */
function streetStep(streets: StreetTable, { edge, fraction }: Place): readonly [east: number, north: number] {
  const line = segmentLine(streets, edge >> 1)
  const shrink = shrinkAt(line[1]!)
  const step = (i: number): readonly [number, number] => [
    (line[i]! - line[i - 2]!) * shrink,
    line[i + 1]! - line[i - 1]!,
  ]
  const lengthOf = ([east, north]: readonly [number, number]): number =>
    Math.sqrt(east * east + north * north)
  let total = 0
  for (let i = 2; i < line.length; i += 2) total += lengthOf(step(i))
  let left = total * (edge & 1 ? 1 - fraction : fraction)
  for (let i = 2; i < line.length - 2; i += 2) {
    left -= lengthOf(step(i))
    if (left <= 0) return step(i)
  }
  return step(line.length - 2)
}
