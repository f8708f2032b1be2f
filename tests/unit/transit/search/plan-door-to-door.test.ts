import { dayView } from '@hexhail/transit/search/day-view.ts'
import type { DoorRequest, DoorWays } from '@hexhail/transit/search/door-plan.ts'
import type { LineLeg } from '@hexhail/transit/search/journey.ts'
import { nearStops } from '@hexhail/transit/search/near-stops.ts'
import { planDoorToDoor } from '@hexhail/transit/search/plan-door-to-door.ts'
import { Searcher } from '@hexhail/transit/search/searcher.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import type { SourceTrip, TimetableSource } from '@hexhail/transit/timetable/timetable-source.ts'
import { expect, test } from 'vitest'
import { randomFeed } from '../random-feed.ts'

/** Two lines that meet at stop 2: 0 → 1 → 2 each quarter of an hour, and 2 → 3 → 4 five minutes after it comes. */
const trip = (id: string, route: number, stops: number[], startS: number): SourceTrip => ({
  ...{ id, route, service: 0, headsign: '', direction: 255, wheelchair: 1, bikes: 1, stops },
  sequence: stops.map((_, i) => i),
  flags: stops.map(() => 0),
  arrS: stops.map((_, i) => startS + i * 600),
  depS: stops.map((_, i) => startS + i * 600),
})
const FROM = 8 * 3600
const source: TimetableSource = {
  ...randomFeed(1),
  stops: Array.from({ length: 5 }, (_, i) => ({
    ...{ id: `s${i}`, name: `S${i}`, lng: i / 20, lat: 0, zone: '', wheelchair: 1 as const, parent: -1 },
  })),
  trips: Array.from({ length: 8 }, (_, n) => [
    trip(`a${n}`, 0, [0, 1, 2], FROM + n * 900),
    trip(`b${n}`, 1, [2, 3, 4], FROM + 1500 + n * 900),
  ]).flat(),
  feet: [],
}
const timetable = buildTimetable(source)

/** 480 a line, 720 for two within an hour. */
const fare = (lines: readonly LineLeg[]): number =>
  lines.length === 2 && lines[1]!.departS - lines[0]!.departS <= 3600 ? 720 : lines.length * 480

const ways: DoorWays = {
  walk: (end, stop) => (stop === (end === 'origin' ? 0 : 4) ? { seconds: 600, metres: 700 } : null),
  ride: (end, stop) => {
    if (end === 'origin')
      return stop < 3 ? { seconds: 120 + stop * 300, etaS: 240, money: 500 + stop * 900 } : null
    return stop > 2 ? { seconds: 120 + (4 - stop) * 300, etaS: 0, money: 500 + (4 - stop) * 900 } : null
  },
  walkThrough: () => ({ seconds: 6 * 3600, metres: 24_000 }),
  rideThrough: () => ({ seconds: 1500, etaS: 240, money: 6000 }),
  fare,
}
const all = [0, 1, 2, 3, 4]
const request: DoorRequest = {
  ...{ nowS: FROM, departS: FROM, windowS: 1800, bufferS: 120, alightS: 60 },
  walkStops: { origin: all, goal: all },
  rideStops: { origin: all, goal: all },
  walk: { size: 500, most: 4 },
  money: { size: 400, most: 16 },
}

const plans = planDoorToDoor(new Searcher(dayView(timetable, 0)), request, ways)

test('walking, riding, lines, and lines with rides stand side by side', () => {
  const kinds = new Set(plans.map(plan => plan.kind))
  expect([...kinds].sort()).toEqual(['both-miles', 'first-mile', 'last-mile', 'ride', 'transit', 'walk'])
})

test('a plan has one price: its rides, and the fare of its lines with the discount for changing', () => {
  const transit = plans.find(plan => plan.kind === 'transit')!
  expect([transit.lines, transit.fares, transit.rides, transit.total]).toEqual([2, 720, 0, 720])
  const both = plans.filter(plan => plan.kind === 'both-miles')
  for (const plan of both) expect(plan.total).toBe(plan.fares + plan.rides)
  expect(both.every(plan => plan.rides === plan.dispatch.reduce((sum, { money }) => sum + money, 0))).toBe(
    true,
  )
})

test('the car is there in time: it meets the line, waits the buffer, and never comes before it can', () => {
  const first = plans.filter(plan => plan.kind === 'first-mile' || plan.kind === 'both-miles')
  expect(first.length).toBeGreaterThan(1)
  for (const { journey, dispatch } of first) {
    const [car] = dispatch
    const line = journey!.legs.find(leg => leg.kind === 'line')!
    expect(line.departS - car!.dropoffS).toBe(request.bufferS)
    expect(car!.pickupS).toBeGreaterThanOrEqual(request.nowS + 240)
  }
  const last = plans.filter(plan => plan.kind === 'last-mile')
  for (const { journey, dispatch, arriveS } of last) {
    const line = journey!.legs.findLast(leg => leg.kind === 'line')!
    expect([dispatch[0]!.pickupS - line.arriveS, dispatch[0]!.dropoffS]).toEqual([request.alightS, arriveS])
  }
})

test('no plan is pointless beside another', () => {
  for (const one of plans)
    for (const other of plans)
      if (one !== other)
        expect(
          one.departS >= other.departS &&
            one.arriveS <= other.arriveS &&
            one.lines <= other.lines &&
            one.walkM <= other.walkM &&
            one.total <= other.total,
        ).toBe(false)
})

test('near stops are those of lines: all within a walk, and of each line the nearest within a ride', () => {
  const limits = { most: 30, walkM: 6000, rideM: 20_000 }
  expect(nearStops(timetable, 0.01, 0, limits)).toEqual({ walk: [0, 1], ride: [0, 2] })
  expect(nearStops(timetable, 0.01, 0, { ...limits, rideM: 3000 })).toEqual({ walk: [0, 1], ride: [0] })
})
