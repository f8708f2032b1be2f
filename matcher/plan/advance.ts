import type { Plan, PlanProblem, PlanRequest, PlanVehicle } from './problem.ts'

/**
 * The problem as it stands at `nowS`, when all has gone by the plan: stops that have begun, and the one that each vehicle
 * drives to, are kept as they are; the rest may be planned anew. Riders whom nobody carries stay asked for.
 */
export function advance(problem: PlanProblem, plan: Plan, nowS: number): PlanProblem {
  const requests = new Map(problem.requests.map(request => [request.id, request]))
  const routes = new Map(plan.routes.map(route => [route.vehicle, route]))
  const vehicles = problem.vehicles.map((vehicle): PlanVehicle => {
    const route = routes.get(vehicle.id)
    if (!route || route.leaveS > nowS) return vehicle
    let freeS = route.leaveS
    let made = 0
    for (const { request, kind, beginS } of route.stops) {
      // A vehicle that waits at a stop for nothing yet has not set out for the next one.
      if (freeS > nowS) break
      const asked = requests.get(request)!
      freeS = beginS + (kind === 'pickup' ? asked.pickupServiceS : asked.dropoffServiceS)
      made++
    }
    const stops = route.stops.slice(0, made)
    const onBoard = route.stops.slice(made).flatMap(({ request, kind }) => {
      const isOn = kind === 'dropoff' && stops.some(stop => stop.request === request)
      return isOn ? [request] : []
    })
    return { ...vehicle, underWay: { leftS: route.leaveS, stops, onBoard } }
  })
  return { ...problem, nowS, vehicles }
}

/** The problem with one more request. */
export const addRequest = (problem: PlanProblem, request: PlanRequest): PlanProblem => ({
  ...problem,
  requests: [...problem.requests, request],
})

/**
 * The problem without a request. If a car already drives to the pickup it goes there and takes nobody up; a rider on board
 * is carried on, so that nothing changes then.
 */
export function cancelRequest(problem: PlanProblem, id: string): PlanProblem {
  const { nowS, vehicles, requests } = problem
  const at = vehicles.findIndex(({ underWay }) => underWay?.stops.some(({ request }) => request === id))
  if (at === -1) return { ...problem, requests: requests.filter(request => request.id !== id) }
  const vehicle = vehicles[at]!
  const { underWay } = vehicle
  const last = underWay!.stops.at(-1)!
  if (last.request !== id || last.kind !== 'pickup' || last.beginS <= nowS) return problem
  const onBoard = underWay!.onBoard.filter(rider => rider !== id)
  return {
    ...problem,
    requests: requests.map(request =>
      request.id === id ? { ...request, cancelled: true, pickupServiceS: 0 } : request,
    ),
    vehicles: vehicles.with(at, { ...vehicle, underWay: { ...underWay!, onBoard } }),
  }
}

/**
 * The problem with a vehicle that reaches the stop it drives to later than thought, or that leaves its start later if it is
 * still there. Planning then finds who must wait, who rides with another, and who on board will be late.
 */
export function delayVehicle(problem: PlanProblem, id: string, byS: number): PlanProblem {
  const { nowS, vehicles } = problem
  const at = vehicles.findIndex(vehicle => vehicle.id === id)
  const vehicle = vehicles[at]
  if (!vehicle) return problem
  const { shift, underWay } = vehicle
  if (!underWay) {
    const fromS = Math.max(shift.fromS, nowS) + byS
    return { ...problem, vehicles: vehicles.with(at, { ...vehicle, shift: { ...shift, fromS } }) }
  }
  const last = underWay.stops.at(-1)
  if (!last) return problem
  const stops = underWay.stops.with(-1, { ...last, beginS: Math.max(last.beginS, nowS) + byS })
  return { ...problem, vehicles: vehicles.with(at, { ...vehicle, underWay: { ...underWay, stops } }) }
}
