import type { LngLat } from '@hexhail/protocol/geo.ts'
import { sliceSegment } from '../snap/segment-shape.ts'
import { arcHead, type StreetTable } from '../street-table.ts'
import { fractionOn } from './place-access.ts'
import type { Way } from './way.ts'

/** The line of a way from place to place. Two points at least, and none twice in a row. */
export function wayLine(
  streets: StreetTable,
  { from, to, arcs }: Pick<Way, 'from' | 'to' | 'arcs'>,
): LngLat[] {
  const { junctionXy, geomXy, geomFirst } = streets
  const last = arcs.length - 1
  const line: LngLat[] = []
  const putPart = (arc: number, start: number, end: number): void => {
    const isBack = (arc & 1) === 1
    const part = sliceSegment(streets, arc >> 1, isBack ? 1 - start : start, isBack ? 1 - end : end)
    for (const at of part) put(line, at[0], at[1])
  }
  putPart(arcs[0]!, fractionOn(from, arcs[0]!), last === 0 ? fractionOn(to, arcs[0]!) : 1)
  for (let i = 1; i < last; i++) {
    // A whole arc: its tail is there already.
    const arc = arcs[i]!
    const first = geomFirst[arc >> 1]!
    const after = geomFirst[(arc >> 1) + 1]!
    if (arc & 1)
      for (let p = after - 1; p >= first; p--) put(line, geomXy[2 * p]! / 1e6, geomXy[2 * p + 1]! / 1e6)
    else for (let p = first; p < after; p++) put(line, geomXy[2 * p]! / 1e6, geomXy[2 * p + 1]! / 1e6)
    const v = arcHead(streets, arc)
    put(line, junctionXy[2 * v]! / 1e6, junctionXy[2 * v + 1]! / 1e6)
  }
  if (last > 0) putPart(arcs[last]!, 0, fractionOn(to, arcs[last]!))
  if (line.length === 1) line.push(line[0]!)
  return line
}

/** Adds a point unless it is the last one again. */
function put(line: LngLat[], x: number, y: number): void {
  const last = line[line.length - 1]
  if (last === undefined || last[0] !== x || last[1] !== y) line.push([x, y])
}
