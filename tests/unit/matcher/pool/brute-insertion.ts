import { checkCourse } from '@hexhail/matcher/pool/check-course.ts'
import { inserted } from '@hexhail/matcher/pool/insertion.ts'
import type { PoolRequest, PoolTravel, PoolVehicle } from '@hexhail/matcher/pool/problem.ts'

/** The least cost of a rider in a car: every order of stops is driven; `Infinity` where none holds. */
export function bruteCost(vehicle: PoolVehicle, request: PoolRequest, travel: PoolTravel): number {
  let best = Number.POSITIVE_INFINITY
  for (let pickup = 0; pickup <= vehicle.stops.length; pickup++)
    for (let dropoff = pickup; dropoff <= vehicle.stops.length; dropoff++) {
      const tried = inserted(vehicle, request, { costDs: 0, pickup, dropoff })
      if (checkCourse(tried, travel, vehicle).length > 0) continue
      best = Math.min(best, delays(tried, travel) - delays(vehicle, travel))
    }
  return best
}

/** How much later all arrive than if each had been driven straight at once when he asked. */
function delays({ place, atDs, stops }: PoolVehicle, { ds, places, stopDs }: PoolTravel): number {
  let [at, clock, sum] = [place, atDs, 0]
  for (const { request, kind } of stops) {
    const { origin, destination, askedDs } = request
    const to = kind === 'pickup' ? origin : destination
    clock += ds[at * places + to]!
    if (kind === 'dropoff') sum += clock - askedDs - ds[origin * places + destination]!
    at = to
    clock += stopDs
  }
  return sum
}
