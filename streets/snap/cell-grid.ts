import type { LngLat } from '@hexhail/protocol/geo.ts'
import { DEGREE_M } from './segment-shape.ts'

/** Items in square cells of the map, in compressed rows; an item may lie in many cells. */
export interface CellGrid {
  /** Offer items near a place, nearest cells first, until `best()` metres are closer than any cell left. */
  around(at: LngLat, limitM: number, best: () => number, visit: (item: number) => void): void
}

/** Lays a grid; `place(item, put)` names the boxes an item covers. */
export function cellGrid(
  count: number,
  sideDeg: number,
  place: (item: number, put: (west: number, south: number, east: number, north: number) => void) => void,
): CellGrid {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    place(i, (w, s, e, n) => {
      west = Math.min(west, w)
      south = Math.min(south, s)
      east = Math.max(east, e)
      north = Math.max(north, n)
    })
  }
  const empty = west > east
  // Things far apart get bigger cells: their number must not follow the size of the world.
  const most = 16 * count + 65_536
  let cellDeg = sideDeg
  while (!empty && ((east - west) / cellDeg + 1) * ((north - south) / cellDeg + 1) > most) cellDeg *= 2
  const columns = empty ? 1 : Math.floor((east - west) / cellDeg) + 1
  const rows = empty ? 1 : Math.floor((north - south) / cellDeg) + 1
  const first = new Uint32Array(columns * rows + 1)
  const each = (put: (cell: number, item: number) => void): void => {
    for (let i = 0; i < count; i++) {
      place(i, (w, s, e, n) => {
        for (let y = Math.floor((s - south) / cellDeg); y <= Math.floor((n - south) / cellDeg); y++) {
          for (let x = Math.floor((w - west) / cellDeg); x <= Math.floor((e - west) / cellDeg); x++)
            put(y * columns + x, i)
        }
      })
    }
  }
  each(cell => void first[cell + 1]!++)
  for (let c = 0; c < columns * rows; c++) first[c + 1]! += first[c]!
  const next = first.slice()
  const items = new Uint32Array(first[columns * rows]!)
  each((cell, item) => {
    items[next[cell]!++] = item
  })

  return {
    around([lng, lat], limitM, best, visit) {
      if (empty || !Number.isFinite(lng) || !Number.isFinite(lat)) return
      const cx = Math.floor((lng - west) / cellDeg)
      const cy = Math.floor((lat - south) / cellDeg)
      const cellM = cellDeg * DEGREE_M * Math.cos((lat * Math.PI) / 180)
      for (let ring = 0; (ring - 1) * cellM < Math.min(limitM, best()); ring++) {
        for (let y = Math.max(0, cy - ring); y <= Math.min(rows - 1, cy + ring); y++) {
          const edge = y === cy - ring || y === cy + ring
          for (let x = cx - ring; x <= cx + ring; x += edge || ring === 0 ? 1 : 2 * ring) {
            if (x < 0 || x >= columns) continue
            const cell = y * columns + x
            for (let k = first[cell]!; k < first[cell + 1]!; k++) visit(items[k]!)
          }
        }
      }
    },
  }
}
