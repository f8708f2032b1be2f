import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { modeOf } from '@hexhail/transit/door/pick-plans.ts'
import type { LineLeg, TravelPlan, TravelQuery } from '@hexhail/transit/door/travel-plan.ts'
import { createTravelPlanner, MEET_S, type TravelPlanner } from '@hexhail/transit/door/travel-planner.ts'
import { modelTimetable } from '@hexhail/transit/model/model-timetable.ts'
import { beforeAll, expect, test } from 'vitest'
import { TARIFF } from '../../protocol/demo-tariff.ts'

const CACHE = join(tmpdir(), 'hexhail-test-cities')
const PATIENCE_MS = 240_000
/** A Monday, 08:00 in Montevideo. */
const AT_8 = Date.UTC(2026, 10, 23, 11)
const START_DAY = Date.UTC(2026, 10, 1) / 86_400_000
const CENTRE: LngLat = [-56.1825, -34.9055]
const NORTH: LngLat = [-56.165, -34.862]
const query: TravelQuery = {
  ...{ from: NORTH, to: CENTRE, nowMs: AT_8, departMs: AT_8, etaS: 240 },
  ...{
    tariff: TARIFF,
    bp: 10_000,
    payer: { currency: 'USD', category: '' },
    wheelchair: false,
    bicycle: false,
  },
}
let planner: TravelPlanner
let plans: readonly TravelPlan[]

beforeAll(async () => {
  const city = openCity((await buildMontevideo(CACHE)).bytes)
  const router = createCityRouter(city)
  const options = { agency: 'Modelled', timezone: 'America/Montevideo', startDay: START_DAY, days: 60 }
  planner = createTravelPlanner(city, router, modelTimetable(city, router, options))
  plans = planner.plan(query)
}, PATIENCE_MS)

const linesOf = (plan: TravelPlan): LineLeg[] => plan.legs.filter(leg => leg.kind === 'line')

test('a ride, lines, and both stand side by side, with times, walks and grams', () => {
  expect(planner.info).toMatchObject({ modelled: true, feetBy: 'streets' })
  expect(new Set(plans.map(modeOf))).toEqual(new Set(['ride', 'transit', 'both']))
  for (const mode of ['ride', 'transit', 'both'])
    expect(plans.filter(plan => modeOf(plan) === mode).length).toBeLessThanOrEqual(5)
  const [ride] = plans.filter(plan => plan.kind === 'ride')
  for (const plan of plans.filter(each => modeOf(each) === 'both')) {
    expect(plan.rides > 0n && plan.rides < ride!.rides).toBe(true)
    expect(plan.co2G).toBeLessThan(ride!.co2G)
  }
  expect(plans.filter(plan => modeOf(plan) === 'transit').every(plan => plan.rides === 0n)).toBe(true)
})

test('the legs of a plan hang together in place and time, and their lines lead from end to end', () => {
  for (const { legs, departMs, arriveMs } of plans) {
    expect([legs[0]!.departMs, legs.at(-1)!.arriveMs]).toEqual([departMs, arriveMs])
    expect([legs[0]!.from.at, legs.at(-1)!.to.at]).toEqual([NORTH, CENTRE])
    legs.forEach((leg, i) => {
      expect(leg.arriveMs).toBeGreaterThanOrEqual(leg.departMs)
      expect(greatCircleM(leg.line[0]!, leg.from.at)).toBeLessThan(120)
      expect(greatCircleM(leg.line.at(-1)!, leg.to.at)).toBeLessThan(120)
      const next = legs[i + 1]
      if (next === undefined) return
      expect(next.from.at).toEqual(leg.to.at)
      const apartS = (next.departMs - leg.arriveMs) / 1000
      expect(apartS).toBeGreaterThanOrEqual(leg.kind === 'ride' ? MEET_S.before : 0)
      if (next.kind === 'ride') expect(apartS).toBe(MEET_S.after)
    })
  }
})

test('lines are priced in the order they are taken; nobody is told a price in another currency', () => {
  const faresOf = (found: readonly TravelPlan[]) =>
    found.map(plan => linesOf(plan).map(leg => leg.fare?.due ?? null))
  const modelled = [1_200_000n, 0n, 1_200_000n, 0n]
  const fares = faresOf(plans)
  expect(fares.some(list => list.length > 1)).toBe(true)
  // No way here lasts longer than the hour of its first bus.
  for (const list of fares) expect(list).toEqual(modelled.slice(0, list.length))
  const student = planner.plan({ ...query, payer: { currency: 'USD', category: 'student' } })
  expect(
    faresOf(student)
      .flat()
      .every(due => due === 600_000n || due === 0n),
  ).toBe(true)
  const foreign = planner.plan({ ...query, payer: { currency: 'UYU', category: '' } })
  expect(
    faresOf(foreign)
      .flat()
      .every(due => due === null),
  ).toBe(true)
})

test('without a car near there are no rides, and a bicycle is ridden where others walk', () => {
  const alone = planner.plan({ ...query, etaS: null })
  expect(alone.every(plan => modeOf(plan) === 'transit')).toBe(true)
  const cycled = planner.plan({ ...query, bicycle: true })
  const kinds = new Set(cycled.flatMap(plan => plan.legs.map(leg => leg.kind)))
  expect(kinds).toContain('cycle')
  expect(cycled.flatMap(({ legs }) => [legs[0]!, legs.at(-1)!]).some(leg => leg.kind === 'walk')).toBe(false)
})

test('news of a late bus changes its times at once, and the next plan', () => {
  const plan = plans.find(each => each.kind === 'transit')!
  const { ref, departMs, arriveMs } = linesOf(plan)[0]!
  expect(planner.lineTimes([ref])).toEqual([{ departMs, arriveMs, isGone: false }])
  const day = ref.day - START_DAY
  planner.setDelays([{ trip: ref.trip, day, calls: [{ sequence: 1, departureLateS: 3600 }] }])
  expect(planner.lineTimes([ref])).toEqual([
    { departMs: departMs + 3_600_000, arriveMs: arriveMs + 3_600_000, isGone: false },
  ])
  const after = planner.plan(query)
  expect(
    after.flatMap(linesOf).filter(leg => leg.ref.trip === ref.trip && leg.departMs === departMs),
  ).toEqual([])
  planner.setDelays([{ trip: ref.trip, day, cancelled: true }])
  expect(planner.lineTimes([ref])[0]!.isGone).toBe(true)
  planner.setDelays([])
  expect(planner.plan(query)).toEqual(plans)
  expect(planner.lineTimes([{ ...ref, trip: 'none' }])).toEqual([null])
})
