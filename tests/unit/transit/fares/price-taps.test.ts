import { type FareTable, TRANSFER_ALONE } from '@hexhail/transit/fares/fare-table.ts'
import { modelFares } from '@hexhail/transit/fares/model-fares.ts'
import { farePricer, type Tap, type TapPrice } from '@hexhail/transit/fares/price-taps.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomFeed } from '../random-feed.ts'

const MIN = 60_000
/** A Monday, 08:00 UTC. */
const AT_8 = Date.UTC(2026, 10, 23, 8)
const source = randomFeed(3)
const pricerOf = (fares: FareTable) =>
  farePricer(buildTimetable({ ...source, info: { ...source.info, timezone: 'Etc/UTC' }, fares }))!

const tapAt = (atMs: number, route = 0, lastsMin = 10): Tap => ({
  ...{ route, from: 0, to: 1, departMs: atMs, arriveMs: atMs + lastsMin * MIN },
})
const dues = (prices: readonly (TapPrice | null)[]): (number | null)[] =>
  prices.map(price => price?.due ?? null)

const modelled = modelFares(source.routes.length)
/** A bus and a train as Porto Alegre prices them: 4.80 and 4.50, 7.20 for two buses, 8.37 for both. */
const mixed: FareTable = {
  ...modelled,
  ...{ currency: 'BRL', caps: { day: 0, week: 0 } },
  networks: source.routes.map((_, i) => (i === 0 ? 'bus' : 'rail')),
  products: [
    { id: 'bus1', name: 'Bus ride', category: 'adult', amount: 480 },
    { id: 'bus1', name: 'Bus ride', category: 'student', amount: 240 },
    { id: 'rail1', name: 'Rail ride', category: 'adult', amount: 450 },
    { id: 'bb', name: 'Bus to bus', category: 'adult', amount: -240 },
    { id: 'rb', name: 'Integration', category: 'adult', amount: -93 },
  ],
  rules: ['bus', 'rail'].map(group => ({
    ...modelled.rules[0]!,
    ...{ group, networks: [group], product: `${group}1` },
  })),
  transfers: [
    { from: ['bus'], to: ['bus'], count: 1, windowS: 3600, windowType: 1, type: 1, product: 'bb' },
    { from: ['rail'], to: ['bus'], count: -1, windowS: 3600, windowType: 1, type: 1, product: 'rb' },
    { from: ['bus'], to: ['rail'], count: -1, windowS: 3600, windowType: 1, type: 1, product: 'rb' },
  ],
}

describe('fares worked by hand', () => {
  const { price } = pricerOf(mixed)
  test('two buses within the hour cost 7.20, a third one the full price again', () => {
    const taps = [0, 25, 50].map(min => tapAt(AT_8 + min * MIN))
    expect(price(taps, '')).toEqual([
      { product: 'Bus ride', single: 480, transferOff: 0, capOff: 0, due: 480 },
      { product: 'Bus ride', single: 480, transferOff: 240, capOff: 0, due: 240 },
      { product: 'Bus ride', single: 480, transferOff: 0, capOff: 0, due: 480 },
    ])
  })
  test('a train and a bus cost 8.37, either way round', () => {
    expect(dues(price([tapAt(AT_8, 1), tapAt(AT_8 + 20 * MIN)], ''))).toEqual([450, 387])
    expect(dues(price([tapAt(AT_8), tapAt(AT_8 + 20 * MIN, 1)], ''))).toEqual([480, 357])
  })
  test('the window ends with its last second; two vehicles at once are no change', () => {
    expect(dues(price([tapAt(AT_8), tapAt(AT_8 + 60 * MIN)], ''))).toEqual([480, 240])
    expect(dues(price([tapAt(AT_8), tapAt(AT_8 + 60 * MIN + 1000)], ''))).toEqual([480, 480])
    expect(dues(price([tapAt(AT_8), tapAt(AT_8 + 9 * MIN)], ''))).toEqual([480, 480])
  })
  test('who proves to be a student pays 2.40 without a discount that is for adults; the train has no price for him', () => {
    const taps = [tapAt(AT_8), tapAt(AT_8 + 20 * MIN), tapAt(AT_8 + 40 * MIN, 1)]
    expect(dues(price(taps, 'student'))).toEqual([240, 240, null])
  })
  test('one product for both rides takes off what the first cost', () => {
    const day = { id: 'both', name: 'Both', category: '', amount: 700 }
    const rule = { ...mixed.transfers[0]!, type: TRANSFER_ALONE, product: 'both' }
    const alone = pricerOf({ ...mixed, products: [...mixed.products, day], transfers: [rule] })
    expect(dues(alone.price([tapAt(AT_8), tapAt(AT_8 + 20 * MIN)], ''))).toEqual([480, 220])
  })
  test('Montevideo as modelled: 1.20, the change free, at most 4.80 a day and 24.00 from Monday to Sunday', () => {
    const { price } = pricerOf(modelled)
    const hours = Array.from({ length: 6 }, (_, h) => tapAt(AT_8 + h * 2 * 60 * MIN))
    expect(dues(price([tapAt(AT_8), tapAt(AT_8 + 20 * MIN), tapAt(AT_8 + 40 * MIN)], ''))).toEqual([
      120, 0, 120,
    ])
    expect(dues(price(hours, ''))).toEqual([120, 120, 120, 120, 0, 0])
    expect(price(hours, '')[4]).toMatchObject({ single: 120, transferOff: 0, capOff: 120 })
    const week = Array.from({ length: 8 }, (_, day) => hours.map(t => tapAt(t.departMs + day * 1440 * MIN)))
    const perDay = week.map((_, day) =>
      price(week.flat(), '')
        .slice(day * 6, day * 6 + 6)
        .reduce((sum, p) => sum + p!.due, 0),
    )
    expect(perDay).toEqual([480, 480, 480, 480, 480, 0, 0, 480])
  })
})

describe('whatever the taps and the fares', () => {
  const someTaps = fc.array(
    fc.record({
      at: fc.nat(3 * 1440),
      route: fc.nat(source.routes.length - 1),
      lasts: fc.integer({ min: 1, max: 90 }),
    }),
    { maxLength: 25 },
  )
  const tapsOf = (drawn: readonly { at: number; route: number; lasts: number }[]): Tap[] =>
    drawn.map(({ at, route, lasts }) => tapAt(AT_8 + at * MIN, route, lasts))
  const someFares = fc.record({
    ...{
      amount: fc.nat(600),
      off: fc.integer({ min: -700, max: 700 }),
      count: fc.integer({ min: -1, max: 3 }),
    },
    ...{ windowS: fc.integer({ min: -1, max: 7200 }), windowType: fc.nat(3), type: fc.nat(2) },
    ...{ day: fc.nat(1500), week: fc.nat(4000) },
  })
  const tableOf = (drawn: typeof someFares extends fc.Arbitrary<infer T> ? T : never): FareTable => ({
    ...mixed,
    products: mixed.products.map(p => ({
      ...p,
      category: '',
      amount: p.id.endsWith('1') ? drawn.amount : drawn.off,
    })),
    transfers: mixed.transfers.map(({ from, to, product }) => ({ ...drawn, from, to, product })),
    caps: { day: drawn.day, week: drawn.week },
  })
  const run = (check: (fares: FareTable, taps: Tap[]) => void): void =>
    fc.assert(
      fc.property(someFares, someTaps, (fares, taps) => check(tableOf(fares), tapsOf(taps))),
      { seed: 20261124, numRuns: 300 },
    )

  test('nobody pays more than the sum of single rides, nor less than nothing', () =>
    run((fares, taps) => {
      for (const price of pricerOf(fares).price(taps, '')) {
        expect(price!.due).toBe(price!.single - price!.transferOff - price!.capOff)
        for (const part of [price!.due, price!.transferOff, price!.capOff])
          expect(part).toBeGreaterThanOrEqual(0)
      }
    }))
  test('no day and no week costs more than its cap', () =>
    run((fares, taps) => {
      const prices = pricerOf(fares).price(taps, '')
      const sums = new Map<string, number>()
      taps.forEach((tap, i) => {
        const date = new Date(tap.departMs)
        // Monday 23 November 2026 and the days after it are one week.
        for (const span of [`day ${date.getUTCDate()}`, 'week'])
          sums.set(span, (sums.get(span) ?? 0) + prices[i]!.due)
      })
      for (const [span, sum] of sums) {
        const cap = span === 'week' ? fares.caps.week : fares.caps.day
        if (cap > 0) expect(sum).toBeLessThanOrEqual(cap)
      }
    }))
  test('the order in which taps are told changes nothing, and a later tap no earlier price', () =>
    run((fares, taps) => {
      const { price } = pricerOf(fares)
      const total = (all: readonly Tap[]): number => price(all, '').reduce((sum, p) => sum + p!.due, 0)
      expect(total(taps.toReversed())).toBe(total(taps))
      const sorted = taps.toSorted(
        (a, b) => a.departMs - b.departMs || a.arriveMs - b.arriveMs || a.route - b.route,
      )
      const whole = dues(price(sorted, ''))
      for (let n = 0; n < sorted.length; n += 5)
        expect(dues(price(sorted.slice(0, n), ''))).toEqual(whole.slice(0, n))
    }))
})
