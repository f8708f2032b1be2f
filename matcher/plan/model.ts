import type { PlanProblem } from './problem.ts'

/**
 * A problem in typed arrays. Node r is the pickup of request r, node n + r its drop-off; vehicle v starts at node
 * 2n + 2v and ends at the node after. Times count from `originS`. Windows are tightened by what follows from them.
 */
export interface Model {
  readonly n: number
  readonly vehicles: number
  /** Nodes. */
  readonly size: number
  readonly originS: number
  /** Seconds from node a to node b at `a * size + b`. */
  readonly travel: Int32Array
  /** By node. */
  readonly earliest: Int32Array
  readonly latest: Int32Array
  readonly service: Int32Array
  /** What is taken or freed, by node. */
  readonly seats: Int32Array
  readonly wheelchairs: Int32Array
  /** By request. */
  readonly mostRide: Int32Array
  /** Requests that may be given to any vehicle: not on board, done or cancelled. */
  readonly free: Int32Array
  /** By vehicle. */
  readonly seatsOf: Int32Array
  readonly wheelchairsOf: Int32Array
  readonly mostDutyOf: Int32Array
  /** Vehicles with the same number are alike while they have nothing to do. */
  readonly kindOf: Int32Array
  /** Stops that planning must not move, the start among them: at least 1. */
  readonly fixedOf: Int32Array
  readonly isUnderWay: Uint8Array
  /** Nodes that a vehicle must visit: start, what is under way, riders on board to set down, end. */
  readonly must: readonly Int32Array[]
  /** Stops of the longest route there can be. */
  readonly longest: number
  /** Lateness that what is under way forces, by request on board and by vehicle, and taken into the bounds above. */
  readonly late: readonly { readonly id: string; readonly byS: number }[]
  /** Worth of a vehicle left unused, in seconds of travel. */
  readonly vehicleWorth: number
}

/** No time in a problem is further from the earliest, and no travel or service longer: 2^29 s. */
export const HORIZON_S = 2 ** 29

/** The model of a problem that `checkProblem` accepts. */
export function modelOf(problem: PlanProblem): Model {
  const { requests, vehicles, places, travelS, nowS } = problem
  const n = requests.length
  const size = 2 * (n + vehicles.length)
  const originS = Math.min(
    ...vehicles.map(({ shift, underWay }) => Math.min(shift.fromS, underWay?.leftS ?? shift.fromS)),
    ...requests.map(({ pickupWindow }) => pickupWindow.fromS),
  )
  const clock = (timeS: number): number => Math.max(0, Math.min(HORIZON_S, timeS - originS))
  const ints = (length: number): Int32Array => new Int32Array(length)
  const [earliest, latest, service, seats, wheelchairs, place] = [0, 0, 0, 0, 0, 0].map(() => ints(size)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const indexOf = new Map(requests.map(({ id }, r) => [id, r]))
  requests.forEach((request, r) => {
    const { pickupWindow, dropoffWindow } = request
    const load = request.cancelled ? 0 : 1
    for (const [node, at, within, serviceS, sign] of [
      [r, request.pickup, pickupWindow, request.pickupServiceS, load],
      [n + r, request.dropoff, dropoffWindow, request.dropoffServiceS, -load],
    ] as const) {
      place[node] = at
      earliest[node] = clock(within.fromS)
      latest[node] = within.untilS < originS ? -1 : clock(within.untilS)
      service[node] = serviceS
      seats[node] = sign * request.seats
      wheelchairs[node] = sign * request.wheelchairs
    }
  })
  const mostRide = Int32Array.from(requests, ({ mostRideS }) => Math.min(HORIZON_S, mostRideS))
  const fixedOf = ints(vehicles.length).fill(1)
  const must: Int32Array[] = []
  const isBound = new Uint8Array(n)
  vehicles.forEach(({ start, end, shift, underWay }, v) => {
    const from = 2 * n + 2 * v
    place[from] = start
    place[from + 1] = end
    earliest[from] = clock(underWay ? underWay.leftS : Math.max(shift.fromS, nowS))
    latest[from] = underWay ? earliest[from]! : clock(shift.untilS)
    latest[from + 1] = clock(shift.untilS)
    const nodes = [from]
    for (const { request, kind, beginS } of underWay?.stops ?? []) {
      const r = indexOf.get(request)!
      const node = kind === 'pickup' ? r : n + r
      isBound[r] = 1
      earliest[node] = latest[node] = clock(beginS)
      nodes.push(node)
    }
    fixedOf[v] = nodes.length
    const last = nodes.at(-1)!
    if (underWay) {
      // It waits there until now; a rider taken up there has been under way since the end of boarding.
      const waitS = Math.max(0, clock(nowS) - earliest[last]! - service[last]!)
      service[last] = service[last]! + waitS
      if (last < n) mostRide[last] = mostRide[last]! - waitS
    }
    for (const id of underWay?.onBoard ?? []) nodes.push(n + indexOf.get(id)!)
    must.push(Int32Array.from([...nodes, from + 1]))
  })
  const travel = ints(size * size)
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) travel[a * size + b] = travelS[place[a]! * places + place[b]!]!
  const kinds = new Map<string, number>()
  const kindOf = vehicles.map((vehicle, v) => {
    const { seats: of, wheelchairs: chairs, start, end, shift, mostDutyS, underWay } = vehicle
    const key = underWay ? `${v}` : [of, chairs, start, end, shift.fromS, shift.untilS, mostDutyS].join()
    if (!kinds.has(key)) kinds.set(key, kinds.size)
    return kinds.get(key)!
  })
  const model = {
    n,
    vehicles: vehicles.length,
    size,
    originS,
    travel,
    earliest,
    latest,
    service,
    seats,
    wheelchairs,
    mostRide,
    free: Int32Array.from(requests.keys()).filter(r => isBound[r] === 0 && !requests[r]!.cancelled),
    seatsOf: Int32Array.from(vehicles, vehicle => vehicle.seats),
    wheelchairsOf: Int32Array.from(vehicles, vehicle => vehicle.wheelchairs),
    mostDutyOf: Int32Array.from(vehicles, ({ mostDutyS }) => Math.min(HORIZON_S, mostDutyS)),
    kindOf: Int32Array.from(kindOf),
    fixedOf,
    isUnderWay: Uint8Array.from(vehicles, ({ underWay }) => (underWay ? 1 : 0)),
    must,
    longest: Math.max(...must.map(({ length }) => length)) + 2 * n,
    late: [] as { id: string; byS: number }[],
    vehicleWorth: problem.goal === 'fewest-vehicles' ? Math.max(1, ...travel) * (2 * n + 2) : 0,
  }
  model.late.push(...letBeLate(problem, model))
  tighten(model)
  return model
}

/** Moves the bounds of riders on board, and of the end, to what driving straight to them gives. Says by how much. */
function letBeLate(problem: PlanProblem, model: Model): { id: string; byS: number }[] {
  const { n, size, travel, earliest, latest, service, mostRide, mostDutyOf } = model
  const late: { id: string; byS: number }[] = []
  model.must.forEach((nodes, v) => {
    if (!model.isUnderWay[v]) return
    // What has been done, or cannot be helped, is no bound any more.
    for (const node of nodes.subarray(1, model.fixedOf[v]!)) {
      const r = node - n
      if (r >= 0) mostRide[r] = Math.max(mostRide[r]!, earliest[node]! - earliest[r]! - service[r]!)
    }
    let time = earliest[nodes[model.fixedOf[v]! - 1]!]!
    for (let k = model.fixedOf[v]!; k < nodes.length; k++) {
      const a = nodes[k - 1]!
      const b = nodes[k]!
      time = Math.max(earliest[b]!, time + service[a]! + travel[a * size + b]!)
      const isEnd = k === nodes.length - 1
      const r = b - n
      const begun = isEnd ? earliest[nodes[0]!]! : earliest[r]! + service[r]!
      const cap = isEnd ? mostDutyOf[v]! : mostRide[r]!
      const byS = Math.max(time - latest[b]!, time - begun - cap)
      if (byS <= 0) continue
      late.push({ id: isEnd ? problem.vehicles[v]!.id : problem.requests[r]!.id, byS })
      latest[b] = Math.max(latest[b]!, time)
      if (isEnd) mostDutyOf[v] = Math.max(cap, time - begun)
      else mostRide[r] = Math.max(cap, time - begun)
    }
  })
  return late
}

/** Narrows windows of free requests by ride time, travel between their ends, and the vehicles' starts and ends. */
function tighten({ n, vehicles, size, travel, earliest, latest, service, mostRide, free }: Model): void {
  for (const p of free) {
    const d = n + p
    let first = HORIZON_S
    let last = -1
    for (let node = 2 * n; node < 2 * (n + vehicles); node += 2) {
      first = Math.min(first, earliest[node]! + travel[node * size + p]!)
      last = Math.max(last, latest[node + 1]! - service[d]! - travel[d * size + node + 1]!)
    }
    const direct = service[p]! + travel[p * size + d]!
    earliest[p] = Math.max(earliest[p]!, first, earliest[d]! - mostRide[p]! - service[p]!)
    latest[d] = Math.min(latest[d]!, last, latest[p]! + service[p]! + mostRide[p]!)
    earliest[d] = Math.max(earliest[d]!, earliest[p]! + direct)
    latest[p] = Math.min(latest[p]!, latest[d]! - direct)
  }
}
