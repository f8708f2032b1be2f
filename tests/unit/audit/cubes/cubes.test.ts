import { boundTrips } from '@hexhail/audit/cubes/bound-trips.ts'
import { FARES, FLOWS, hours } from '@hexhail/audit/cubes/cubes.ts'
import { checkRelease, EPSILON, leftOf } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import { K, makeCube } from '@hexhail/audit/cubes/make-cube.ts'
import { geometricNoise } from '@hexhail/audit/cubes/noise.ts'
import { rollUp } from '@hexhail/audit/cubes/roll-up.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { madeUpTrips } from './made-up-trips.ts'

const SHAPES = [FLOWS, hours(-180), FARES]

test.each(SHAPES)('$name: no trip can be told apart from those of nine other riders', shape => {
  for (const [count, seed] of [
    [8_000, 1],
    [700, 2],
    [60, 3],
  ] as const) {
    const trips = boundTrips(madeUpTrips(count, seed), shape.bound)
    const groups = rollUp(trips, shape.levels, trip => trip.rider, K)
    // Each trip stands in one group, so no difference of rows, nor of the known whole and rows, singles one out.
    expect(groups.flatMap(group => group.members).length).toBe(trips.length)
    expect(new Set(groups.flatMap(group => group.members.map(trip => trip.terms))).size).toBe(trips.length)
    for (const { members } of groups)
      expect(new Set(members.map(trip => trip.rider)).size).toBeGreaterThanOrEqual(K)
    // Someone who knows where and when a trip was finds the one row that holds it, never a row of it alone.
    const sizes = new Map(
      groups.flatMap(({ members }) => members.map(trip => [trip, members.length] as const)),
    )
    const unique = trips.filter(trip => (sizes.get(trip) ?? 0) < K)
    expect(unique).toEqual([])
  }
})

test('a city with fewer than ten riders publishes nothing but the whole, which the chain tells anyway', () => {
  const trips = madeUpTrips(9, 4)
  const cube = makeCube({ shape: FLOWS, period: '2026-10', trips, epsilon: 1, uniform: createSeeded(1).next })
  expect(cube.rows).toEqual([])
  expect(cube.trips).toBe(9)
  expect(cube.paid).toBe(trips.reduce((sum, trip) => sum + trip.paid, 0n))
})

test('what would leave a remainder of fewer than ten riders takes the smallest group along', () => {
  const items = Array.from({ length: 41 }, (_, n) => ({ n, place: n < 25 ? 'a' : n < 40 ? 'b' : 'c' }))
  const groups = rollUp(items, [item => item.place], item => String(item.n), 10)
  expect(groups.map(({ key, members }) => [key, members.length])).toEqual([
    ['a', 25],
    ['', 16],
  ])
})

test('a rider who rides often counts a few times only, and one rider alone makes no group', () => {
  const often = madeUpTrips(50, 5).map(trip => ({ ...trip, rider: '0x01' as const }))
  expect(boundTrips(often, 4)).toHaveLength(4)
  expect(rollUp(often, FLOWS.levels, trip => trip.rider, K)).toEqual([])
})

test('the rows of a release are never below ten and stay near the truth', () => {
  for (const shape of SHAPES) {
    const trips = madeUpTrips(8_000, 6)
    const cube = makeCube({ shape, period: '2026-10', trips, epsilon: 1, uniform: createSeeded(7).next })
    expect(Math.min(...cube.rows.map(row => row.trips))).toBeGreaterThanOrEqual(K)
    const told = cube.rows.reduce((sum, row) => sum + row.trips, 0)
    const counted = boundTrips(trips, shape.bound).length
    expect(Math.abs(told - counted) / counted).toBeLessThan(0.1)
    expect(cube.rows.every(row => row.key.length === shape.columns.length)).toBe(true)
  }
})

test('the noise has the ratio that differential privacy asks for', () => {
  const uniform = createSeeded(8).next
  const seen = new Map<number, number>()
  for (let i = 0; i < 400_000; i++) {
    const noise = geometricNoise(1, 2, uniform)
    seen.set(noise, (seen.get(noise) ?? 0) + 1)
  }
  for (let n = 0; n < 6; n++)
    for (const side of [1, -1])
      expect((seen.get(side * n) ?? 0) / (seen.get(side * (n + 1)) ?? 0)).toBeCloseTo(Math.exp(0.5), 1)
})

test('a period is told once, and no more than its epsilon allows', () => {
  const flows = { name: 'flows', period: '2026-10', epsilon: EPSILON, sha256: '00' } as const
  const hourly = { ...flows, name: 'hours' } as const
  expect(() => checkRelease([flows], flows)).toThrow(/is released/)
  checkRelease([flows], hourly)
  expect(leftOf([flows, hourly], '2026-10')).toBe(0)
  expect(() => checkRelease([flows, hourly], { ...flows, name: 'fares' })).toThrow(/epsilon of 0 left/)
})
