import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Place } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import { PieceGrid } from './piece-grid.ts'
import { STEPS } from './put-items.ts'
import { DEGREE_M, sliceSegment } from './segment-shape.ts'

/** How far from a street a place may be, millionths of a degree of latitude: 1 km. */
const LIMIT = 1e9 / DEGREE_M
/** A place nearer to its street than this (3 m) is on it, not beside it. */
const ON_STREET = 3e6 / DEGREE_M

/**
 * Makes the function that finds the nearest street place; `usable` can leave segments out. The grid is laid when the
 * first place is asked for: who opens a city need not wait for it.
 */
export function createSnap(
  streets: StreetTable,
  usable: (segment: number) => boolean = () => true,
): (at: LngLat) => Place | null {
  let laid: PieceGrid | null = null
  const layGrid = (): PieceGrid => {
    const isUsable = new Uint8Array(streets.tail.length)
    for (let s = 0; s < isUsable.length; s++) isUsable[s] = usable(s) ? 1 : 0
    return new PieceGrid(streets, isUsable)
  }
  return ([lng, lat]) => {
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null
    const grid = (laid ??= layGrid())
    if (!grid.find(lng * 1e6, lat * 1e6, LIMIT)) return null
    const { arc, off } = grid
    const isBack = (arc & 1) === 1
    const fraction = (isBack ? STEPS - grid.steps : grid.steps) / STEPS
    const at: LngLat = [grid.x / 1e6, grid.y / 1e6]
    if (Math.abs(off) < ON_STREET) return { edge: arc, fraction, at }
    return { edge: arc, fraction, at, side: off > 0 === isBack ? 'right' : 'left' }
  }
}

/** The place a fraction (0..1) of the way along an arc. */
export function placeOn(streets: StreetTable, arc: number, fraction: number): Place {
  const along = arc & 1 ? 1 - fraction : fraction
  return { edge: arc, fraction, at: sliceSegment(streets, arc >> 1, along, along)[0]! }
}
