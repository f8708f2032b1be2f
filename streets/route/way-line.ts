import type { LngLat } from '@hexhail/protocol/geo.ts'
import { sliceSegment } from '../snap/segment-shape.ts'
import { arcHead, type StreetTable } from '../street-table.ts'

/**
 * The line of a way along arcs, from fraction `start` of the first to fraction `end` of the last one. Two points at
 * least, and none twice in a row.
 */
export function wayLine(streets: StreetTable, arcs: readonly number[], start: number, end: number): LngLat[] {
  const { junctionXy, geomXy, geomFirst } = streets
  const line: LngLat[] = []
  const put = (at: LngLat): void => {
    const last = line.at(-1)
    if (!last || last[0] !== at[0] || last[1] !== at[1]) line.push(at)
  }
  const putMicro = (xy: Int32Array, i: number): void => put([xy[2 * i]! / 1e6, xy[2 * i + 1]! / 1e6])
  arcs.forEach((arc, i) => {
    const segment = arc >> 1
    const isBack = (arc & 1) === 1
    if (i === 0 || i === arcs.length - 1) {
      const [a, b] = [i === 0 ? start : 0, i === arcs.length - 1 ? end : 1]
      sliceSegment(streets, segment, isBack ? 1 - a : a, isBack ? 1 - b : b).forEach(put)
      return
    }
    // A whole arc: its tail is there already.
    const [first, after] = [geomFirst[segment]!, geomFirst[segment + 1]!]
    if (isBack) for (let p = after - 1; p >= first; p--) putMicro(geomXy, p)
    else for (let p = first; p < after; p++) putMicro(geomXy, p)
    putMicro(junctionXy, arcHead(streets, arc))
  })
  if (line.length === 1) line.push(line[0]!)
  return line
}
