import type { Plan, PlanProblem, PlanRequest, PlanRoute, PlanVehicle } from './problem.ts'

/** A bound that a plan breaks, and whose. */
export interface PlanBreach {
  readonly bound:
    | 'vehicle'
    | 'carried-once'
    | 'order'
    | 'under-way'
    | 'travel'
    | 'window'
    | 'ride-time'
    | 'seats'
    | 'wheelchairs'
    | 'shift'
    | 'duty'
    | 'driving'
  readonly id: string
}

/**
 * All bounds that a plan breaks; empty for a good one. Shares no code with the search and reads the problem alone. Who is
 * in the plan's list of late ones may be so by what it says there, if it was on board or under way before.
 */
export function checkPlan(problem: PlanProblem, plan: Plan): PlanBreach[] {
  const breaches: PlanBreach[] = []
  const requests = new Map(problem.requests.map(request => [request.id, request]))
  const vehicles = new Map(problem.vehicles.map(vehicle => [vehicle.id, vehicle]))
  const lateBy = new Map(plan.late.map(({ id, byS }) => [id, byS]))
  let drivingS = 0
  const carried = new Map<string, number>()
  for (const { request } of plan.unserved) carried.set(request, (carried.get(request) ?? 0) + 1)
  for (const route of plan.routes) {
    const vehicle = vehicles.get(route.vehicle)
    if (!vehicle) breaches.push({ bound: 'vehicle', id: route.vehicle })
    else {
      vehicles.delete(route.vehicle)
      drivingS += checkRoute(problem, vehicle, route, requests, lateBy, breaches)
    }
    for (const { request, kind } of route.stops)
      if (kind === 'pickup') carried.set(request, (carried.get(request) ?? 0) + 1)
  }
  for (const { id, underWay } of vehicles.values()) if (underWay) breaches.push({ bound: 'under-way', id })
  for (const { id, cancelled } of problem.requests)
    if ((carried.get(id) ?? 0) !== 1 && !(cancelled && !carried.has(id)))
      breaches.push({ bound: 'carried-once', id })
  if (drivingS !== plan.drivingS) breaches.push({ bound: 'driving', id: '' })
  return breaches
}

function checkRoute(
  { travelS, places, nowS }: PlanProblem,
  vehicle: PlanVehicle,
  route: PlanRoute,
  requests: ReadonlyMap<string, PlanRequest>,
  lateBy: ReadonlyMap<string, number>,
  breaches: PlanBreach[],
): number {
  const fixed = vehicle.underWay?.stops ?? []
  const boardedBefore = new Set(fixed.map(({ request }) => request))
  const leftAt = new Map<string, number>()
  const fail = (bound: PlanBreach['bound'], id: string): void => void breaches.push({ bound, id })
  let [seats, wheelchairs, place, freeS, drivingS] = [0, 0, vehicle.start, route.leaveS, 0]
  const driveTo = (to: number): number => {
    const travel = travelS[place * places + to]!
    drivingS += travel
    place = to
    return freeS + travel
  }
  if (vehicle.underWay ? route.leaveS !== vehicle.underWay.leftS : route.leaveS < nowS)
    fail('under-way', vehicle.id)
  if (!vehicle.underWay && route.leaveS < vehicle.shift.fromS) fail('shift', vehicle.id)
  route.stops.forEach(({ request: id, kind, beginS }, k) => {
    const request = requests.get(id)
    if (!request) {
      fail('carried-once', id)
      return
    }
    const isPickup = kind === 'pickup'
    const isFixed = k < fixed.length
    const sign = request.cancelled ? 0 : isPickup ? 1 : -1
    const arrivalS = driveTo(isPickup ? request.pickup : request.dropoff)
    const grace = boardedBefore.has(id) ? (lateBy.get(id) ?? 0) : 0
    if (isFixed) {
      const was = fixed[k]!
      if (was.request !== id || was.kind !== kind || was.beginS !== beginS) fail('under-way', id)
    } else {
      const within = isPickup ? request.pickupWindow : request.dropoffWindow
      if (beginS < arrivalS) fail('travel', id)
      if (beginS < within.fromS || beginS > within.untilS + grace) fail('window', id)
    }
    seats += sign * request.seats
    wheelchairs += sign * request.wheelchairs
    if (seats > vehicle.seats) fail('seats', id)
    if (wheelchairs > vehicle.wheelchairs) fail('wheelchairs', id)
    freeS = beginS + (isPickup ? request.pickupServiceS : request.dropoffServiceS)
    if (k === fixed.length - 1) freeS = Math.max(freeS, nowS)
    if (isPickup) {
      leftAt.set(id, beginS + request.pickupServiceS)
      return
    }
    const left = leftAt.get(id)
    leftAt.delete(id)
    if (left === undefined) fail('order', id)
    else if (!isFixed && beginS - left > request.mostRideS + grace) fail('ride-time', id)
  })
  for (const id of leftAt.keys()) if (!requests.get(id)?.cancelled) fail('order', id)
  if (fixed.length > route.stops.length) fail('under-way', vehicle.id)
  const grace = vehicle.underWay ? (lateBy.get(vehicle.id) ?? 0) : 0
  if (route.backS < driveTo(vehicle.end)) fail('travel', vehicle.id)
  if (route.backS > vehicle.shift.untilS + grace) fail('shift', vehicle.id)
  if (route.backS - route.leaveS > vehicle.mostDutyS + grace) fail('duty', vehicle.id)
  return drivingS
}
