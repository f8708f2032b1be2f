import { type SharedStretch, splitFare } from '@hexhail/protocol/split-fare.ts'
import { quotedFare } from '@hexhail/protocol/trip-tariff.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TARIFF } from './demo-tariff.ts'

const BP = 10_000
/** No minimum, so that each stretch can be reckoned by hand. */
const OF = { tariff: { ...TARIFF, minimum: 0, roundTo: 0 }, by: null }
const stretch = (metres: number, secs: number, ...aboard: number[]): SharedStretch => ({
  metres,
  secs,
  aboard,
})
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
const most = 10n ** 12n

test('two who go the same way pay half each', () => {
  const fare = quotedFare(OF, 6_000, 900, BP)
  expect(splitFare(OF, BP, [stretch(6_000, 900, 0, 1)], [fare, fare])).toEqual([fare - fare / 2n, fare / 2n])
})

test('who is in the car alone pays for that stretch alone', () => {
  const begin = quotedFare(OF, 0, 0, BP)
  const first = quotedFare(OF, 2_000, 300, BP) - begin
  const both = quotedFare(OF, 5_000, 700, BP) - first - begin
  const parts = splitFare(OF, BP, [stretch(2_000, 300, 0), stretch(3_000, 400, 0, 1)], [most, most])
  expect(total(parts)).toBe(begin + first + both)
  expect(parts[0]! - parts[1]!).toBe(first + (both % 2n) + (begin % 2n))
})

test('a way to the next rider with nobody in the car costs nobody anything', () => {
  const way = [stretch(2_000, 300, 0), stretch(3_000, 400, 1)]
  const parts = splitFare(OF, BP, [way[0]!, stretch(9_000, 900), way[1]!], [most, most])
  expect(parts).toEqual(splitFare(OF, BP, way, [most, most]))
})

test('nobody pays for a detour more than his ride alone: the other bears it, and then the driver', () => {
  const own = quotedFare(OF, 2_000, 300, BP)
  const way = [stretch(8_000, 1_200, 0, 1)]
  const fare = quotedFare(OF, 8_000, 1_200, BP)
  expect(splitFare(OF, BP, way, [own, most])).toEqual([own, fare - own])
  expect(splitFare(OF, BP, way, [own, own])).toEqual([own, own])
})

test('parts are never negative, never above the ride alone, and add up to the unit', () => {
  const parties = fc.integer({ min: 1, max: 4 })
  const trip = parties.chain(count =>
    fc.record({
      stretches: fc.array(
        fc.record({
          metres: fc.integer({ min: 0, max: 40_000 }),
          secs: fc.integer({ min: 0, max: 7_200 }),
          aboard: fc.subarray([...Array(count).keys()]),
        }),
        { maxLength: 8 },
      ),
      alone: fc.array(fc.bigInt({ min: 0n, max: 60_000_000n }), { minLength: count, maxLength: count }),
      bp: fc.integer({ min: 5_000, max: 30_000 }),
    }),
  )
  fc.assert(
    fc.property(trip, fc.boolean(), ({ stretches, alone, bp }, plain) => {
      const of = plain ? OF : { tariff: TARIFF, by: null }
      const parts = splitFare(of, bp, stretches, alone)
      const counted = stretches.filter(({ aboard }) => aboard.length > 0)
      const [metres, secs] = counted.reduce(([m, s], x) => [m + x.metres, s + x.secs], [0, 0])
      const fare = quotedFare(of, metres, secs, bp)
      expect(total(parts)).toBe(fare < total(alone) ? fare : total(alone))
      parts.forEach((part, i) => {
        expect(part >= 0n && part <= alone[i]!).toBe(true)
      })
    }),
    { seed: 7, numRuns: 2_000 },
  )
})

test('an empty car owes nothing', () => {
  expect(splitFare(OF, BP, [], [])).toEqual([])
})
