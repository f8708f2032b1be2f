import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { nearestOnSegment } from '@hexhail/streets/snap/segment-shape.ts'
import { createSnap, placeOn } from '@hexhail/streets/snap/snap.ts'
import { arcOpen } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const town = (size: number, seed: number) =>
  openCity(buildCity(gridTown(size, seeded(seed)), { name: 'Town' }).bytes)

test('a place snaps to the street that is nearest of all', () => {
  let tried = 0
  for (let seed = 1; seed <= 6; seed++) {
    const { streets } = town(4 + 2 * seed, seed)
    const snap = createSnap(streets)
    const rng = seeded(seed + 100)
    for (let i = 0; i < 300; i++, tried++) {
      const at = [-56.204 + rng() * 0.03, -34.904 + rng() * 0.026] as const
      const offs = Array.from(streets.tail, (_, s) => nearestOnSegment(streets, s, at).offM)
      const place = snap(at)
      const best = Math.min(...offs)
      if (best > 1000.1) expect(place).toBeNull()
      if (!place) {
        expect(best).toBeGreaterThan(999.9)
        continue
      }
      expect(Math.abs(offs[place.edge >> 1]! - best)).toBeLessThan(0.01)
      expect(Math.abs(greatCircleM(at, place.at) - best)).toBeLessThan(0.1 + best * 0.001)
      expect(greatCircleM(place.at, placeOn(streets, place.edge, place.fraction).at)).toBeLessThan(0.1)
      expect(arcOpen(streets, place.edge)).toBe(true)
    }
  }
  console.log(`snap: 0 wrong of ${tried}`)
})

test('so it is beside straight streets of many kilometres, whose ends lie far from most cells', () => {
  const rng = seeded(31)
  const far = (): [number, number] => [-56.4 + rng() * 0.4, -35 + rng() * 0.3]
  const hub = far()
  const features = Array.from({ length: 12 }, (_, i): Feature => {
    const line = [hub, far(), far(), hub]
    return { kind: 'way', id: i + 1, tags: { highway: 'primary' }, line }
  })
  const { streets } = openCity(buildCity(features, { name: 'Long' }).bytes)
  const snap = createSnap(streets)
  let near = 0
  for (let i = 0; i < 400; i++) {
    const s = Math.floor(rng() * streets.tail.length)
    const on = placeOn(streets, 2 * s, rng()).at
    const at = [on[0] + (rng() - 0.5) * 0.02, on[1] + (rng() - 0.5) * 0.02] as const
    const offs = Array.from(streets.tail, (_, segment) => nearestOnSegment(streets, segment, at).offM)
    const best = Math.min(...offs)
    const place = snap(at)
    if (best > 999.9) continue
    near++
    expect(Math.abs(offs[place!.edge >> 1]! - best)).toBeLessThan(0.01)
    expect(Math.abs(greatCircleM(at, place!.at) - best)).toBeLessThan(0.1 + best * 0.001)
  }
  expect(near).toBeGreaterThan(200)
})

test('streets that may not be used are passed over', () => {
  const { streets } = town(5, 3)
  const at = [-56.199, -34.899] as const
  const first = createSnap(streets)(at)!
  const second = createSnap(streets, s => s !== first.edge >> 1)(at)!
  expect(second.edge >> 1).not.toBe(first.edge >> 1)
  expect(greatCircleM(at, second.at)).toBeGreaterThanOrEqual(greatCircleM(at, first.at))
  expect(createSnap(streets, () => false)(at)).toBeNull()
})

test('nothing near, and what is no place, has no street', () => {
  const snap = createSnap(town(4, 1).streets)
  for (const at of [
    [0, 0],
    [Number.NaN, 0],
    [0, Infinity],
    [1e300, -1e300],
  ] as const)
    expect(snap(at)).toBeNull()
})

test('a place says on which side of its street it lies', () => {
  const { streets } = openCity(
    buildCity(
      [
        {
          kind: 'way',
          id: 1,
          tags: { highway: 'residential' },
          line: [
            [0, 0],
            [0.01, 0],
          ],
        },
      ],
      { name: 'East' },
    ).bytes,
  )
  const snap = createSnap(streets)
  const eastward = streets.junctionXy[2 * streets.tail[0]!]! === 0 ? 0 : 1
  const sideOf = (lat: number) => {
    const { edge, side } = snap([0.005, lat])!
    return edge === eastward ? side : side === 'left' ? 'right' : side && 'left'
  }
  expect(sideOf(0.0001)).toBe('left')
  expect(sideOf(-0.0001)).toBe('right')
  expect(sideOf(0.00001)).toBeUndefined()
})
