import type { PoolRequest, PoolTravel, PoolVehicle } from './problem.ts'

/** A bound that a car's schedule breaks, and whose. */
export interface PoolBreach {
  readonly bound: 'order' | 'seats' | 'pickup' | 'dropoff' | 'ride-time'
  readonly id: string
}

/**
 * All bounds that a car's schedule breaks; empty for a good one. Shares no code with the search: it drives the stops. Who
 * breaks a bound by what came on the road may do so by as much as in `before`, the same car without the new rider.
 */
export function checkCourse(vehicle: PoolVehicle, travel: PoolTravel, before?: PoolVehicle): PoolBreach[] {
  const grace = new Map<string, number>()
  if (before) drive(before, travel, (bound, id, byDs) => grace.set(`${bound} ${id}`, byDs))
  const breaches: PoolBreach[] = []
  drive(vehicle, travel, (bound, id, byDs) => {
    if (byDs > (grace.get(`${bound} ${id}`) ?? 0)) breaches.push({ bound, id })
  })
  return breaches
}

function drive(
  vehicle: PoolVehicle,
  { ds, places, stopDs }: PoolTravel,
  fail: (bound: PoolBreach['bound'], id: string, byDs: number) => void,
): void {
  const inside = new Map<PoolRequest, number>(vehicle.onBoard.map(({ request, leftDs }) => [request, leftDs]))
  const done = new Set<PoolRequest>()
  const seatsTaken = (): number => [...inside.keys()].reduce((sum, { seats }) => sum + seats, 0)
  let { place, atDs } = vehicle
  if (seatsTaken() > vehicle.seats) fail('seats', vehicle.id, 1)
  for (const { request, kind } of vehicle.stops) {
    const { id } = request
    const to = kind === 'pickup' ? request.origin : request.destination
    atDs += ds[place * places + to]!
    place = to
    if (kind === 'pickup') {
      if (inside.has(request) || done.has(request)) fail('order', id, 1)
      inside.set(request, atDs + stopDs)
      if (atDs > request.latestPickupDs) fail('pickup', id, atDs - request.latestPickupDs)
      if (seatsTaken() > vehicle.seats) fail('seats', id, 1)
    } else {
      const leftDs = inside.get(request)
      inside.delete(request)
      done.add(request)
      if (leftDs === undefined) fail('order', id, 1)
      else if (atDs - leftDs > request.mostRideDs) fail('ride-time', id, atDs - leftDs - request.mostRideDs)
      if (atDs > request.latestDropoffDs) fail('dropoff', id, atDs - request.latestDropoffDs)
    }
    atDs += stopDs
  }
  for (const { id } of inside.keys()) fail('order', id, 1)
}
