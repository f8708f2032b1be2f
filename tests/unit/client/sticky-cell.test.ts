import { createStickyCell } from '@hexhail/client/sticky-cell.ts'
import { distanceToCellM } from '@hexhail/protocol/cells.ts'
import { greatCircleM, type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { cellToBoundary, cellToLatLng } from 'h3-js'
import { expect, test } from 'vitest'

const HOME: LngLat = [-56.17, -34.89]
const isInside = (place: LngLat, cell: string) => {
  const [lat, lng] = cellToLatLng(cell)
  const reachM = Math.max(...cellToBoundary(cell).map(([y, x]) => greatCircleM([lng, lat], [x, y])))
  return greatCircleM([lng, lat], place) <= reachM
}

test('a car that stands tells one cell, however often it is asked', () => {
  const { next } = createSeeded(1)
  const cellOf = createStickyCell(next)
  const cell = cellOf(HOME)
  for (let i = 0; i < 100; i++) expect(cellOf(shifted(HOME, (i % 10) - 5, (i % 7) - 3))).toBe(cell)
})

test('the cell is one within 250 m of the car, and not always its own', () => {
  const { next } = createSeeded(2)
  const cells = Array.from({ length: 200 }, () => createStickyCell(next)(HOME))
  expect(new Set(cells).size).toBeGreaterThan(1)
  for (const cell of cells) expect(isInside(HOME, cell) || distanceToCellM(HOME, cell) <= 250).toBe(true)
})

test('a car that drives changes its cell only 250 to 400 m behind the border, each time elsewhere', () => {
  const { next } = createSeeded(3)
  const left: number[] = []
  for (let i = 0; i < 30; i++) {
    const cellOf = createStickyCell(next)
    const first = cellOf(HOME)
    for (let m = 0; ; m += 10) {
      const place = shifted(HOME, m, 0)
      if (cellOf(place) === first) continue
      left.push(distanceToCellM(place, first))
      break
    }
  }
  expect(Math.min(...left)).toBeGreaterThanOrEqual(250)
  expect(Math.max(...left)).toBeLessThanOrEqual(411)
  expect(new Set(left.map(m => Math.round(m / 20))).size).toBeGreaterThan(4)
})
