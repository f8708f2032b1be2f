import type { LngLat } from '@hexhail/protocol/geo.ts'
import { cellGrid } from './cell-grid.ts'
import type { Place } from './router.ts'
import { nearestOnSegment, sliceSegment } from './segment-shape.ts'
import { arcOpen, type StreetTable, segmentLine } from './street-table.ts'

/** How far from a street a place may be. */
const SNAP_LIMIT_M = 1000
/** Steps of a fraction: fits 16 bits on the wire. */
const STEPS = 65_535

/** Makes the function that finds the nearest street place; `usable` can leave segments out. */
export function createSnap(
  streets: StreetTable,
  usable: (segment: number) => boolean = () => true,
): (at: LngLat) => Place | null {
  const grid = cellGrid(streets.tail.length, 0.002, (segment, put) => {
    if (!usable(segment)) return
    const line = segmentLine(streets, segment)
    for (let i = 2; i < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!]
      put(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
  })
  return at => {
    let [bestM, segment, fraction] = [Infinity, -1, 0]
    grid.around(
      at,
      SNAP_LIMIT_M,
      () => bestM,
      candidate => {
        const near = nearestOnSegment(streets, candidate, at)
        if (near.offM > SNAP_LIMIT_M || near.offM > bestM || (near.offM === bestM && candidate > segment))
          return
        bestM = near.offM
        segment = candidate
        fraction = near.fraction
      },
    )
    if (segment < 0) return null
    const steps = Math.round(fraction * STEPS)
    const back = !arcOpen(streets, 2 * segment)
    return placeOn(streets, 2 * segment + (back ? 1 : 0), (back ? STEPS - steps : steps) / STEPS)
  }
}

/** The place a fraction (0..1) of the way along an arc. */
export function placeOn(streets: StreetTable, arc: number, fraction: number): Place {
  const along = arc & 1 ? 1 - fraction : fraction
  return { edge: arc, fraction, at: sliceSegment(streets, arc >> 1, along, along)[0]! }
}
