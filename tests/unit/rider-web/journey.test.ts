import { createMemoryStore } from '@hexhail/client/store.ts'
import { createJourney } from '@hexhail/rider-web/travel/journey.ts'
import { lineTimes } from '@hexhail/transit/door/line-times.ts'
import type { TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import type { LateTrip } from '@hexhail/transit/search/delays.ts'
import { serviceClock } from '@hexhail/transit/search/service-clock.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import { signal } from '@preact/signals-core'
import { expect, test } from 'vitest'
import { randomFeed } from '../transit/random-feed.ts'

const timetable = buildTimetable({
  ...randomFeed(1),
  stops: [0, 1].map(i => ({
    ...{ id: `s${i}`, name: `S${i}`, lng: i / 20, lat: 0, zone: '', wheelchair: 1 as const, parent: -1 },
  })),
  trips: [
    {
      ...{ id: 'bus', route: 0, service: 0, headsign: '', direction: 255, wheelchair: 1, bikes: 1 },
      ...{ stops: [0, 1], sequence: [1, 2], flags: [0, 0], arrS: [36_000, 37_200], depS: [36_000, 37_200] },
    },
  ],
  feet: [],
})
const { timezone, startDay } = timetable.info
const clock = serviceClock(timezone)
const [departMs, arriveMs] = [clock.ms(startDay, 36_000), clock.ms(startDay, 37_200)]
const place = { name: 'S', at: [0, 0] as const }
const any = { from: place, to: place, metres: 500, line: [] }
const plan: TravelPlan = {
  ...{ kind: 'last-mile', departMs: departMs - 300_000, arriveMs: arriveMs + 720_000 },
  ...{ walkM: 500, rides: 3n, co2G: 0 },
  legs: [
    { ...any, kind: 'walk', departMs: departMs - 300_000, arriveMs: departMs },
    {
      ...{
        ...any,
        kind: 'line',
        name: '1',
        headsign: '',
        agency: '',
        colour: '',
        type: 3,
        stops: [],
        wheelchair: 0,
        fare: null,
      },
      ref: { trip: 'bus', day: startDay, boardSequence: 1, alightSequence: 2 },
      ...{ departMs, arriveMs, plannedDepartMs: departMs, plannedArriveMs: arriveMs },
    },
    {
      ...{ ...any, kind: 'ride', end: 'goal', secs: 600, bufferS: 120 },
      ...{ departMs: arriveMs + 120_000, arriveMs: arriveMs + 720_000 },
    },
  ],
}
const taken = { plan, fromName: 'Home', toName: 'Work', asked: {} }

/** A page with this timetable, and what its lines tell. */
async function page(store = createMemoryStore(), nowMs = departMs - 600_000) {
  let news: readonly LateTrip[] = []
  let told = Promise.withResolvers<void>()
  const delays = signal<readonly LateTrip[]>([])
  const travel = {
    setDelays: async (next: readonly LateTrip[]) => {
      news = next
    },
    lineTimes: async (refs: Parameters<typeof lineTimes>[3][]) => {
      const times = refs.map(ref => lineTimes(timetable, clock, news, ref))
      queueMicrotask(() => queueMicrotask(told.resolve))
      return times
    },
  }
  const edges = {
    store,
    now: () => nowMs,
    every: () => () => {},
    report: (error: unknown) => expect(error).toBeNull(),
  }
  const model = await createJourney({ ...edges, delays }, travel as Parameters<typeof createJourney>[1])
  const tell = async (next: readonly LateTrip[]): Promise<void> => {
    told = Promise.withResolvers()
    delays.value = next
    await told.promise
  }
  return { model, tell, store }
}

test('a late bus moves the arrival of the whole way, and the car that waits for it', async () => {
  const { model, tell } = await page()
  await model.take(taken)
  expect(model.followed.value).toEqual({ plan, lateS: 0, broken: null })
  await tell([{ trip: 'bus', day: 0, calls: [{ sequence: 1, departureLateS: 480 }] }])
  expect(model.followed.value).toMatchObject({ lateS: 480, broken: null })
  expect(model.followed.value!.plan.legs[2]!.departMs).toBe(arriveMs + 600_000)
  await tell([{ trip: 'bus', day: 0, cancelled: true }])
  expect(model.followed.value!.broken).toEqual({ leg: 1, why: 'gone' })
  await tell([])
  expect(model.followed.value).toEqual({ plan, lateS: 0, broken: null })
})

test('the way outlives its page, with the rides that were asked for, until it is over', async () => {
  const { model, store } = await page()
  await model.take(taken)
  await model.note(2, '0x01', arriveMs + 300_000)
  const again = (await page(store)).model
  expect(again.journey.value!.asked).toEqual({ 2: '0x01' })
  expect(again.followed.value!.plan.arriveMs).toBe(plan.arriveMs + 180_000)
  await again.forget(2)
  expect((await page(store)).model.journey.value!.asked).toEqual({})
  expect((await page(store, plan.arriveMs + 7_200_000)).model.journey.value).toBeNull()
})
