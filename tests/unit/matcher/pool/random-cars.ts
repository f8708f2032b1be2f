import { type Course, courseOf } from '@hexhail/matcher/pool/course.ts'
import { bestInsertion, inserted } from '@hexhail/matcher/pool/insertion.ts'
import {
  type PoolRequest,
  type PoolTravel,
  type PoolVehicle,
  poolTravel,
} from '@hexhail/matcher/pool/problem.ts'

const PLACES = 40

/** A drawn town, riders who ask, and cars that carry some already. */
export function drawCars(random: () => number, cars: number, requests: number) {
  const whole = (below: number): number => Math.floor(random() * below)
  const points = Array.from({ length: PLACES }, () => [whole(6_000), whole(6_000)] as const)
  const ds = points.flatMap(a => points.map(b => Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]))))
  const travel: PoolTravel = poolTravel(PLACES, ds, whole(2) * 200)
  const request = (id: string): PoolRequest => {
    const [origin, destination] = [whole(PLACES), whole(PLACES)]
    const directDs = ds[origin * PLACES + destination]!
    const latestPickupDs = 1_000 + whole(8_000)
    const latestDropoffDs = latestPickupDs + directDs + whole(6_000)
    const mostRideDs = random() < 0.5 ? directDs + whole(4_000) : latestDropoffDs
    const seats = 1 + whole(2)
    return {
      id,
      origin,
      destination,
      seats,
      askedDs: whole(1_000),
      latestPickupDs,
      latestDropoffDs,
      mostRideDs,
    }
  }
  const course = (c: number): Course => {
    let vehicle: PoolVehicle = {
      id: `c${c}`,
      seats: 2 + whole(4),
      place: whole(PLACES),
      atDs: 1_000 + whole(500),
      onBoard: [],
      stops: [],
    }
    if (random() < 0.5) {
      const rider = { request: request(`c${c}-on`), leftDs: 500 + whole(500) }
      vehicle = { ...vehicle, onBoard: [rider], stops: [{ request: rider.request, kind: 'dropoff' }] }
    }
    for (let k = whole(6); k > 0; k--) {
      const other = request(`c${c}-${k}`)
      const insertion = bestInsertion(courseOf(vehicle, travel), other, travel)
      if (insertion) vehicle = inserted(vehicle, other, insertion)
    }
    return courseOf(vehicle, travel)
  }
  return {
    travel,
    courses: Array.from({ length: cars }, (_, c) => course(c)),
    requests: Array.from({ length: requests }, (_, r) => request(`r${r}`)),
  }
}
