import type { LngLat } from '@hexhail/protocol/geo.ts'
import { seaAreas } from '@hexhail/streets/build/sea.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const BOX = [0, 0, 1, 1] as const
const STREETS: LngLat[] = Array.from({ length: 400 }, (_, i) => [
  (i % 20) / 20 + 0.02,
  0.55 + Math.floor(i / 20) / 50,
])

/** A wavy shore across the middle, cut into pieces that may be turned round. */
function shore(
  cuts: readonly number[],
  turned: readonly boolean[],
  eastward: boolean,
): { line: LngLat[]; directed: boolean }[] {
  const line: LngLat[] = Array.from({ length: 21 }, (_, i) => [i / 20, 0.5 + 0.03 * Math.sin(i)])
  if (!eastward) line.reverse()
  const ends = [0, ...[...new Set(cuts)].sort((a, b) => a - b), 20]
  return ends.slice(1).flatMap((end, k) => {
    const piece = line.slice(ends[k]!, end + 1)
    return piece.length > 1 ? [{ line: turned[k] ? piece.reverse() : piece, directed: false }] : []
  })
}

function inSea(sea: readonly LngLat[][][], p: LngLat): boolean {
  const holds = (ring: readonly LngLat[]): boolean => {
    let odd = false
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!]
      if (ay > p[1] !== by > p[1] && p[0] < ((bx - ax) * (p[1] - ay)) / (by - ay) + ax) odd = !odd
    }
    return odd
  }
  return sea.some(([outline, ...islands]) => holds(outline!) && !islands.some(holds))
}

test('the side without streets is sea, however the shore was cut and turned', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 19 })),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      fc.boolean(),
      (cuts, turned, eastward) => {
        const sea = seaAreas(shore(cuts, turned, eastward), [], BOX, STREETS)
        expect(inSea(sea, [0.5, 0.2])).toBe(true)
        expect(inSea(sea, [0.01, 0.4])).toBe(true)
        expect(inSea(sea, [0.5, 0.8])).toBe(false)
        expect(inSea(sea, [0.99, 0.6])).toBe(false)
      },
    ),
  )
})

test('a shore drawn by the rule has the land on its left, whatever stands there', () => {
  const line: LngLat[] = [
    [1.2, 0.5],
    [0.5, 0.45],
    [-0.2, 0.5],
  ]
  const sea = seaAreas([{ line, directed: true }], [], BOX, [])
  expect(inSea(sea, [0.5, 0.9])).toBe(true)
  expect(inSea(sea, [0.5, 0.1])).toBe(false)
  const other = seaAreas([{ line: line.toReversed(), directed: true }], [], BOX, [])
  expect(inSea(other, [0.5, 0.9])).toBe(false)
  expect(inSea(other, [0.5, 0.1])).toBe(true)
})

test('islands are no sea, two bays are two seas, and an inland town has none', () => {
  const island: LngLat[] = [
    [0.4, 0.2],
    [0.5, 0.2],
    [0.5, 0.3],
    [0.4, 0.2],
  ]
  const coast = shore([], [], true)
  expect(inSea(seaAreas(coast, [island], BOX, STREETS), [0.48, 0.22])).toBe(false)
  const north = coast.map(({ line }) => ({
    line: line.map(([x, y]): LngLat => [x, y + 0.45]),
    directed: false,
  }))
  const between = STREETS.filter(p => p[1] < 0.9)
  const both = seaAreas([...coast, ...north], [], BOX, between)
  expect([inSea(both, [0.5, 0.2]), inSea(both, [0.5, 0.7]), inSea(both, [0.5, 0.99])]).toEqual([
    true,
    false,
    true,
  ])
  expect(seaAreas([], [], BOX, STREETS)).toEqual([])
})

test('a shore that stops short of the edge of the data is carried on to it', () => {
  const line: LngLat[] = [
    [0.04, 0.5],
    [0.5, 0.55],
    [0.97, 0.5],
  ]
  const sea = seaAreas([{ line, directed: false }], [], BOX, STREETS)
  expect([inSea(sea, [0.5, 0.2]), inSea(sea, [0.5, 0.8])]).toEqual([true, false])
})
