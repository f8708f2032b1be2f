import { checkCourse } from '@hexhail/matcher/pool/check-course.ts'
import { courseOf } from '@hexhail/matcher/pool/course.ts'
import { bestInsertion, inserted } from '@hexhail/matcher/pool/insertion.ts'
import { orderStops } from '@hexhail/matcher/pool/order-stops.ts'
import { type PoolRequest, type PoolVehicle, poolTravel } from '@hexhail/matcher/pool/problem.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'

/** Places on a line, a tenth of a second a metre. */
const line = (at: readonly number[]) =>
  poolTravel(
    at.length,
    at.flatMap(a => at.map(b => Math.abs(a - b))),
    10,
  )
const rider = (
  id: string,
  origin: number,
  destination: number,
  more: Partial<PoolRequest> = {},
): PoolRequest => ({
  ...{ id, origin, destination, seats: 1, askedDs: 0 },
  ...{ latestPickupDs: 10_000, latestDropoffDs: 10_000, mostRideDs: 10_000 },
  ...more,
})
const car = (...riders: PoolRequest[]): PoolVehicle => ({
  ...{ id: 'car', seats: 4, place: 0, atDs: 0, onBoard: [] },
  stops: riders.flatMap(request => [
    { request, kind: 'pickup' },
    { request, kind: 'dropoff' },
  ]),
})
const words = (vehicle: PoolVehicle, at: readonly number[]) =>
  orderStops(vehicle, line(at)).map(({ request, kind }) => `${kind} ${request.id}`)

it('fetches two who go the same way before it sets one down', () => {
  const two = car(rider('a', 1, 2), rider('b', 3, 4))
  expect(words(two, [0, 100, 900, 200, 800])).toEqual(['pickup a', 'pickup b', 'dropoff b', 'dropoff a'])
})

it('sets down who would ride too long, and takes no more than there are seats', () => {
  const at = [0, 100, 300, 200, 900]
  expect(words(car(rider('a', 1, 2), rider('b', 3, 4, { seats: 4 })), at)).toEqual([
    'pickup a',
    'dropoff a',
    'pickup b',
    'dropoff b',
  ])
  const back = [0, 100, 300, 50, 40]
  const hurried = car(rider('a', 1, 2, { mostRideDs: 200 }), rider('b', 3, 4))
  expect(words(hurried, back).indexOf('dropoff a') - words(hurried, back).indexOf('pickup a')).toBe(1)
})

it('breaks no bound where an insertion breaks none', () => {
  const place = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(
      fc.tuple(place, place, place, place, place),
      fc.integer({ min: 50, max: 900 }),
      (at, most) => {
        const travel = line(at)
        const [a, b] = [rider('a', 1, 2, { mostRideDs: most }), rider('b', 3, 4, { latestPickupDs: most })]
        const alone = car(a)
        const fit = bestInsertion(courseOf(alone, travel), b, travel)
        if (fit === null || checkCourse(alone, travel).length > 0) return
        expect(checkCourse(inserted(alone, b, fit), travel)).toEqual([])
        const two = car(a, b)
        expect(checkCourse({ ...two, stops: orderStops(two, travel) }, travel)).toEqual([])
      },
    ),
    { numRuns: 2_000, seed: 3 },
  )
})
