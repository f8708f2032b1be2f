import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Place } from '../router.ts'
import { arcOpen, type StreetTable } from '../street-table.ts'
import { pieceGrid } from './piece-grid.ts'
import { DEGREE_M, sliceSegment } from './segment-shape.ts'

/** How far from a street a place may be, millionths of a degree of latitude: 1 km. */
const LIMIT = 1e9 / DEGREE_M
/** A place nearer to its street than this (3 m) is on it, not beside it. */
const ON_STREET = 3e6 / DEGREE_M
/** Steps of a fraction: fits 16 bits on the wire. */
const STEPS = 65_535

/** Makes the function that finds the nearest street place; `usable` can leave segments out. */
export function createSnap(
  streets: StreetTable,
  usable: (segment: number) => boolean = () => true,
): (at: LngLat) => Place | null {
  const nearest = pieceGrid(streets, usable)
  return ([lng, lat]) => {
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null
    const near = nearest(lng * 1e6, lat * 1e6, LIMIT)
    if (!near) return null
    const { segment, off } = near
    const steps = Math.round(near.fraction * STEPS)
    const isBack = !arcOpen(streets, 2 * segment)
    const edge = 2 * segment + (isBack ? 1 : 0)
    const fraction = (isBack ? STEPS - steps : steps) / STEPS
    const at: LngLat = [near.x / 1e6, near.y / 1e6]
    if (Math.abs(off) < ON_STREET) return { edge, fraction, at }
    return { edge, fraction, at, side: off > 0 === isBack ? 'right' : 'left' }
  }
}

/** The place a fraction (0..1) of the way along an arc. */
export function placeOn(streets: StreetTable, arc: number, fraction: number): Place {
  const along = arc & 1 ? 1 - fraction : fraction
  return { edge: arc, fraction, at: sliceSegment(streets, arc >> 1, along, along)[0]! }
}
