import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { positionAlong } from '@hexhail/streets/route/along.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const LINE: LngLat[] = [
  [0, 0],
  [0, 0.01],
  [0, 0.01],
  [0.01, 0.01],
]
const LENGTH_M = greatCircleM([0, 0], [0, 0.01]) + greatCircleM([0, 0.01], [0.01, 0.01])

test('a car drives north, then east, and stands at the end', () => {
  expect(positionAlong(LINE, 0)).toEqual({ at: [0, 0], headingDeg: 0 })
  expect(positionAlong(LINE, 500).headingDeg).toBe(0)
  expect(positionAlong(LINE, 1500).headingDeg).toBeCloseTo(90, 1)
  expect(positionAlong(LINE, 1e9).at).toEqual([0.01, 0.01])
  expect(positionAlong(LINE, -5).at).toEqual([0, 0])
  expect(positionAlong([[3, 4]], 10)).toEqual({ at: [3, 4], headingDeg: 0 })
})

test('equal steps along the line are equal metres', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: LENGTH_M / 2 - 1, noNaN: true }), fromM => {
      const [a, b] = [positionAlong(LINE, fromM).at, positionAlong(LINE, fromM + 1).at]
      expect(greatCircleM(a, b)).toBeCloseTo(1, 3)
    }),
  )
})
