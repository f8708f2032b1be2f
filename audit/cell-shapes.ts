import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { FeatureCollection } from 'geojson'
import { cellToBoundary } from 'h3-js'
import type { CellSums } from './summary.ts'

/** Corners of a cell. */
export const cellCorners = (cell: string): readonly LngLat[] =>
  cellToBoundary(cell).map(([lat, lng]): LngLat => [lng, lat])

/** Cells as polygons to draw: `value` 0..1 by the root of their pickups, `label` the number of pickups. */
export function cellShapes(cells: readonly Pick<CellSums, 'cell' | 'pickups'>[]): FeatureCollection {
  const most = Math.max(1, ...cells.map(each => each.pickups))
  return {
    type: 'FeatureCollection',
    features: cells.map(({ cell, pickups }) => {
      const ring = cellCorners(cell).map(([lng, lat]) => [lng, lat])
      return {
        type: 'Feature',
        properties: { value: Math.sqrt(pickups / most), label: pickups > 0 ? String(pickups) : '' },
        geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] as number[]]] },
      }
    }),
  }
}
