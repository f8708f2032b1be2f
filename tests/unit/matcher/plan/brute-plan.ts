import type { PlanProblem, PlanRequest, PlanVehicle } from '@hexhail/matcher/plan/problem.ts'

/** The best there is: fewest unserved, then (if that is the goal) fewest vehicles, then least travel. */
export interface BrutePlan {
  readonly unserved: number
  readonly vehicles: number
  readonly drivingS: number
}

interface Stop {
  readonly request: PlanRequest
  readonly isPickup: boolean
}

/** Looks at every way to give requests to vehicles and every order of stops; for 4 requests at most. */
export function brutePlan(problem: PlanProblem): BrutePlan {
  const { requests, vehicles, goal } = problem
  const sets = 1 << requests.length
  const costs = vehicles.map(vehicle =>
    Array.from({ length: sets }, (_, set) =>
      set === 0
        ? 0
        : leastTravel(
            problem,
            vehicle,
            requests.filter((_, r) => (set >> r) & 1),
          ),
    ),
  )
  let best: BrutePlan = { unserved: requests.length + 1, vehicles: 0, drivingS: 0 }
  const give = (v: number, left: number, used: number, drivingS: number): void => {
    if (v === vehicles.length) {
      const unserved = requests.filter((_, r) => (left >> r) & 1).length
      const plan = { unserved, vehicles: used, drivingS }
      const fleet = goal === 'fewest-vehicles' ? plan.vehicles - best.vehicles : 0
      if ((unserved - best.unserved || fleet || drivingS - best.drivingS) < 0) best = plan
      return
    }
    for (let set = left; ; set = (set - 1) & left) {
      const cost = costs[v]![set]!
      if (cost < Number.POSITIVE_INFINITY)
        give(v + 1, left & ~set, used + (set === 0 ? 0 : 1), drivingS + cost)
      if (set === 0) return
    }
  }
  give(0, sets - 1, 0, 0)
  return best
}

function leastTravel(problem: PlanProblem, vehicle: PlanVehicle, requests: readonly PlanRequest[]): number {
  let least = Number.POSITIVE_INFINITY
  const go = (stops: readonly Stop[]): void => {
    if (stops.length === 2 * requests.length) {
      const cost = travelOf(problem, vehicle, stops)
      if (cost < least && hasSchedule(problem, vehicle, stops)) least = cost
      return
    }
    for (const request of requests) {
      const visits = stops.filter(stop => stop.request === request).length
      if (visits < 2) go([...stops, { request, isPickup: visits === 0 }])
    }
  }
  go([])
  return least
}

const placesOf = (vehicle: PlanVehicle, stops: readonly Stop[]): number[] => [
  vehicle.start,
  ...stops.map(({ request, isPickup }) => (isPickup ? request.pickup : request.dropoff)),
  vehicle.end,
]

function travelOf({ travelS, places }: PlanProblem, vehicle: PlanVehicle, stops: readonly Stop[]): number {
  const way = placesOf(vehicle, stops)
  return way.slice(1).reduce((sum, place, k) => sum + travelS[way[k]! * places + place]!, 0)
}

/** Whether all bounds can hold at once: no cycle of negative length among them (Bellman and Ford), and enough room. */
function hasSchedule(problem: PlanProblem, vehicle: PlanVehicle, stops: readonly Stop[]): boolean {
  const { travelS, places, nowS } = problem
  let [seats, wheelchairs] = [0, 0]
  for (const { request, isPickup } of stops) {
    seats += isPickup ? request.seats : -request.seats
    wheelchairs += isPickup ? request.wheelchairs : -request.wheelchairs
    if (seats > vehicle.seats || wheelchairs > vehicle.wheelchairs) return false
  }
  const way = placesOf(vehicle, stops)
  const last = way.length - 1
  const clock = way.length
  // [a, b, w]: time of b is at most time of a plus w.
  const bounds: [number, number, number][] = [
    [clock, last, vehicle.shift.untilS],
    [0, clock, -Math.max(nowS, vehicle.shift.fromS)],
    [0, last, vehicle.mostDutyS],
  ]
  way.slice(1).forEach((place, k) => {
    const stop = stops[k - 1]
    const service = stop ? (stop.isPickup ? stop.request.pickupServiceS : stop.request.dropoffServiceS) : 0
    bounds.push([k + 1, k, -(service + travelS[way[k]! * places + place]!)])
  })
  stops.forEach(({ request, isPickup }, k) => {
    const window = isPickup ? request.pickupWindow : request.dropoffWindow
    bounds.push([clock, k + 1, window.untilS], [k + 1, clock, -window.fromS])
    if (isPickup) return
    const pickup = stops.findIndex(stop => stop.request === request)
    bounds.push([pickup + 1, k + 1, request.pickupServiceS + request.mostRideS])
  })
  const time = new Array<number>(way.length + 1).fill(0)
  for (let round = 0; round <= time.length; round++) {
    let isChanged = false
    for (const [a, b, w] of bounds)
      if (time[a]! + w < time[b]!) {
        time[b] = time[a]! + w
        isChanged = true
      }
    if (!isChanged) return true
  }
  return false
}
