import { assignRequests } from '@hexhail/matcher/pool/assign-requests.ts'
import { checkCourse } from '@hexhail/matcher/pool/check-course.ts'
import { comeOn, courseOf } from '@hexhail/matcher/pool/course.ts'
import { bestInsertion, inserted } from '@hexhail/matcher/pool/insertion.ts'
import { carRows, nearCars } from '@hexhail/matcher/pool/near-cars.ts'
import { type PoolVehicle, poolTravel } from '@hexhail/matcher/pool/problem.ts'
import { sendIdle } from '@hexhail/matcher/pool/send-idle.ts'
import { expect, test } from 'vitest'
import { seeded } from '../../streets/grid-town.ts'
import { bruteCost } from './brute-insertion.ts'
import { drawCars } from './random-cars.ts'

const MOST_COST_DS = 100_000

/** Places a, b, c, d in a row, a minute apart. */
const ROW = poolTravel(
  4,
  [0, 1, 2, 3].flatMap(a => [0, 1, 2, 3].map(b => 600 * Math.abs(a - b))),
  0,
)
const request = (id: string, origin: number, destination: number, change: object = {}) => ({
  id,
  origin,
  destination,
  seats: 1,
  askedDs: 0,
  latestPickupDs: 2_000,
  latestDropoffDs: 3_000,
  mostRideDs: 3_000,
  ...change,
})
const vehicle = (change: Partial<PoolVehicle> = {}): PoolVehicle => ({
  id: 'v',
  seats: 2,
  place: 0,
  atDs: 0,
  onBoard: [],
  stops: [],
  ...change,
})

test('a rider is put where all are delayed least, and never where a bound breaks', () => {
  const random = seeded(1)
  let fits = 0
  for (let round = 0; round < 200; round++) {
    const { travel, courses, requests } = drawCars(random, 3, 3)
    for (const course of courses)
      for (const asked of requests) {
        const found = bestInsertion(course, asked, travel)
        expect(found?.costDs ?? Number.POSITIVE_INFINITY).toBe(bruteCost(course.vehicle, asked, travel))
        if (!found) continue
        fits++
        expect(checkCourse(inserted(course.vehicle, asked, found), travel, course.vehicle)).toEqual([])
      }
  }
  expect(fits).toBeGreaterThan(400)
})

test('a car that comes on along its way keeps its schedule', () => {
  const going = courseOf(vehicle({ stops: [{ request: request('a', 2, 3), kind: 'pickup' }] }), ROW)
  expect(comeOn(going, 1, 600)).toEqual(courseOf({ ...going.vehicle, place: 1, atDs: 600 }, ROW))
})

test('the cars that a rider is told are the cheapest of all', () => {
  const random = seeded(2)
  for (let round = 0; round < 60; round++) {
    const { travel, courses, requests } = drawCars(random, 12, 2)
    for (const asked of requests) {
      const all = courses
        .map(({ vehicle: car }) => bruteCost(car, asked, travel))
        .filter(Number.isFinite)
        .sort((a, b) => a - b)
      const cars = nearCars(asked, courses, carRows(courses), travel, MOST_COST_DS)
      for (const count of [1, 4, 12]) {
        const { drivers, othersDs } = cars.near(count)
        const costs = drivers.map(({ costDs }) => costDs).sort((a, b) => a - b)
        expect(costs.filter(cost => cost < othersDs)).toEqual(all.filter(cost => cost < othersDs))
        expect(costs.filter(cost => cost <= othersDs).length).toBeGreaterThanOrEqual(
          Math.min(count, all.length),
        )
      }
    }
  }
})

test('an epoch breaks no bound, loses nobody, and is the same in whatever order its parts came', () => {
  const random = seeded(3)
  let together = 0
  for (let round = 0; round < 40; round++) {
    const { travel, courses, requests } = drawCars(random, 6, 12)
    const epoch = { epoch: round, courses, requests, travel, mostCostDs: MOST_COST_DS }
    const outcome = assignRequests(epoch)
    if (outcome.verdict !== 'accept') throw new Error(outcome.code)
    const { matches, left } = outcome.value
    expect(matches.length + left.length).toBe(requests.length)
    outcome.value.courses.forEach((course, c) => {
      expect(checkCourse(course.vehicle, travel, courses[c]!.vehicle)).toEqual([])
      const here = matches.filter(({ vehicle: id }) => id === course.vehicle.id).length
      expect(course.vehicle.stops.length).toBe(courses[c]!.vehicle.stops.length + 2 * here)
      if (here > 1) together++
    })
    // Whoever is left fits nowhere any more.
    for (const asked of left)
      for (const course of outcome.value.courses) expect(bestInsertion(course, asked, travel)).toBeNull()
    const turned = assignRequests({
      ...epoch,
      courses: courses.toReversed(),
      requests: requests.toReversed(),
    })
    if (turned.verdict !== 'accept') throw new Error(turned.code)
    const sorted = (list: typeof matches) => list.map(match => JSON.stringify(match)).sort()
    expect(sorted(turned.value.matches)).toEqual(sorted(matches))
  }
  expect(together).toBeGreaterThan(20)
})

test('an epoch in which a rider is there twice is refused', () => {
  const requests = [request('a', 0, 1), request('a', 0, 1)]
  const epoch = {
    epoch: 1,
    courses: [courseOf(vehicle(), ROW)],
    requests,
    travel: ROW,
    mostCostDs: MOST_COST_DS,
  }
  expect(assignRequests(epoch)).toMatchObject({ verdict: 'reject', code: 'rider-twice' })
})

test('each bound that a schedule breaks is named', () => {
  const bounds = (change: object, stops = ['pickup', 'dropoff'] as ('pickup' | 'dropoff')[]) => {
    const asked = request('a', 1, 3, change)
    const car = vehicle({ stops: stops.map(kind => ({ request: asked, kind })) })
    return checkCourse(car, ROW).map(({ bound }) => bound)
  }
  expect(bounds({})).toEqual([])
  expect(bounds({ seats: 3 })).toEqual(['seats'])
  expect(bounds({ latestPickupDs: 599 })).toEqual(['pickup'])
  expect(bounds({ latestDropoffDs: 1_799 })).toEqual(['dropoff'])
  expect(bounds({ mostRideDs: 1_199 })).toEqual(['ride-time'])
  expect(bounds({}, ['pickup'])).toEqual(['order'])
  expect(bounds({}, ['dropoff'])).toEqual(['order'])
})

test('who is late already may stay so, but is made no later', () => {
  const late = request('late', 0, 2, { latestDropoffDs: 100, mostRideDs: 100 })
  const before = vehicle({
    onBoard: [{ request: late, leftDs: 0 }],
    stops: [{ request: late, kind: 'dropoff' }],
  })
  const course = courseOf(before, ROW)
  const onTheWay = bestInsertion(course, request('on', 1, 2), ROW)!
  expect(onTheWay).toEqual({ costDs: 600, pickup: 0, dropoff: 0 })
  expect(checkCourse(inserted(before, request('on', 1, 2), onTheWay), ROW, before)).toEqual([])
  const stopping = { ...ROW, stopDs: 10 }
  expect(bestInsertion(courseOf(before, stopping), request('on', 1, 2), stopping)?.pickup).not.toBe(0)
})

test('idle cars go to where riders were left, with the least driving in all', () => {
  const idle = [vehicle({ id: 'x', place: 1 }), vehicle({ id: 'y', place: 3 })]
  const left = [request('a', 2, 0), request('b', 0, 3)]
  expect(sendIdle(1, idle, left, ROW, 9_000)).toEqual({
    verdict: 'accept',
    value: [
      { vehicle: 'y', place: 2 },
      { vehicle: 'x', place: 0 },
    ],
  })
  expect(sendIdle(1, idle, left, ROW, 600)).toEqual({ verdict: 'accept', value: [] })
})
