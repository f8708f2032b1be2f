import { type PoolRequest, type PoolStop, type PoolTravel, type PoolVehicle, placeOf } from './problem.ts'

/** What an order of stops costs: bounds first, then the sum of all arrivals. */
interface Cost {
  readonly lateDs: number
  readonly sumDs: number
}

/**
 * The best order of a car's stops, each rider picked up before he is set down: the one that breaks bounds the least, and
 * of those the one that brings all to their places the soonest; of equals the first by the order given. Looks at all
 * orders: for the few riders of one car.
 */
export function orderStops(vehicle: PoolVehicle, travel: PoolTravel): PoolStop[] {
  const queues = new Map<PoolRequest, PoolStop[]>()
  for (const stop of vehicle.stops) queues.set(stop.request, [...(queues.get(stop.request) ?? []), stop])
  let best: readonly PoolStop[] = vehicle.stops
  let least: Cost = { lateDs: Number.POSITIVE_INFINITY, sumDs: 0 }
  const extend = (order: readonly PoolStop[], rest: readonly (readonly PoolStop[])[]): void => {
    if (rest.length === 0) {
      const cost = costOf(vehicle, order, travel)
      if (cost.lateDs > least.lateDs || (cost.lateDs === least.lateDs && cost.sumDs >= least.sumDs)) return
      best = order
      least = cost
      return
    }
    for (const queue of rest) {
      const [first, ...later] = queue
      const left = rest.flatMap(other => (other === queue ? (later.length ? [later] : []) : [other]))
      extend([...order, first!], left)
    }
  }
  extend([], [...queues.values()])
  return [...best]
}

function costOf(vehicle: PoolVehicle, stops: readonly PoolStop[], { ds, places, stopDs }: PoolTravel): Cost {
  const left = new Map(vehicle.onBoard.map(({ request, leftDs }) => [request, leftDs]))
  let seats = vehicle.onBoard.reduce((sum, { request }) => sum + request.seats, 0)
  let { place, atDs } = vehicle
  let [lateDs, sumDs] = [0, 0]
  for (const stop of stops) {
    const { request, kind } = stop
    atDs += ds[place * places + placeOf(stop)]!
    place = placeOf(stop)
    if (kind === 'pickup') {
      seats += request.seats
      if (seats > vehicle.seats) lateDs = Number.POSITIVE_INFINITY
      lateDs += Math.max(0, atDs - request.latestPickupDs)
      left.set(request, atDs + stopDs)
    } else {
      seats -= request.seats
      lateDs += Math.max(0, atDs - request.latestDropoffDs, atDs - left.get(request)! - request.mostRideDs)
    }
    sumDs += atDs
    atDs += stopDs
  }
  return { lateDs, sumDs }
}
