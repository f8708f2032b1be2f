import { accept, type Verdict } from '@hexhail/protocol/verdict.ts'
import { checkProblem, type ProblemFault } from './check-problem.ts'
import { Inserter } from './insertion.ts'
import { NONE } from './insertion-memory.ts'
import { type Model, modelOf } from './model.ts'
import type { Plan, PlanProblem, PlanRoute, UnservedReason } from './problem.ts'
import { createRoute, refresh } from './route.ts'
import { leastTimes } from './schedule.ts'
import { Search } from './search.ts'

/** How a plan is made. */
export interface PlanOptions {
  /** How many times requests are taken out and put back; the cost is in proportion. 0 only puts in what is new. */
  readonly iterations: number
  /** In [0, 1), seeded: the same numbers give the same plan. */
  readonly random: () => number
  /** A plan to start from, of this problem or of one a little different. */
  readonly from?: Plan
}

/** A good plan of a problem, never one that breaks a bound. What is under way is kept as it is. */
export function planRides(
  problem: PlanProblem,
  { iterations, random, from }: PlanOptions,
): Verdict<Plan, ProblemFault> {
  const checked = checkProblem(problem)
  if (checked.verdict !== 'accept') return checked
  const model = modelOf(problem)
  const search = new Search(model, random)
  if (from) search.adopt(nodesOf(problem, model, from))
  search.start()
  for (let k = 0; k < iterations; k++) search.step(k / iterations)
  return accept(planOf(problem, model, search.bestNodes))
}

/** The plan that routes of nodes make. Each vehicle leaves as late as its first stop allows. */
export function planOf(problem: PlanProblem, model: Model, routesOfNodes: readonly Int32Array[]): Plan {
  const { n, size, travel, originS } = model
  const routes: PlanRoute[] = []
  const served = new Uint8Array(n)
  const at = new Int32Array(n)
  let drivingS = 0
  routesOfNodes.forEach((nodes, v) => {
    if (nodes.length === 2 && !model.isUnderWay[v]) return
    const time = new Int32Array(nodes.length)
    if (!leastTimes(model, v, nodes, nodes.length, time, at))
      throw new Error(`The route of vehicle ${problem.vehicles[v]!.id} has no schedule.`)
    for (let k = 1; k < nodes.length; k++) drivingS += travel[nodes[k - 1]! * size + nodes[k]!]!
    const leave = model.isUnderWay[v] ? time[0]! : time[1]! - travel[nodes[0]! * size + nodes[1]!]!
    const stops = Array.from(nodes.subarray(1, -1), (node, k) => {
      const r = node < n ? node : node - n
      served[r] = 1
      const kind = node < n ? ('pickup' as const) : ('dropoff' as const)
      return { request: problem.requests[r]!.id, kind, beginS: originS + time[k + 1]! }
    })
    const vehicle = problem.vehicles[v]!.id
    routes.push({ vehicle, leaveS: originS + leave, stops, backS: originS + time.at(-1)! })
  })
  const unserved = [...model.free]
    .filter(r => served[r] === 0)
    .map(r => ({ request: problem.requests[r]!.id, reason: reasonOf(model, r) }))
  return { routes, unserved, late: model.late, drivingS }
}

/** Why nobody carries a request, found by trying it on each vehicle that has nothing to do but what it must. */
function reasonOf(model: Model, request: number): UnservedReason {
  const inserter = new Inserter(model, () => 1)
  const at = new Int32Array(model.n)
  let hasRoom = false
  for (let v = 0; v < model.vehicles; v++) {
    if (model.seats[request]! > model.seatsOf[v]! || model.wheelchairs[request]! > model.wheelchairsOf[v]!)
      continue
    hasRoom = true
    const route = createRoute(model, v)
    route.nodes.set(model.must[v]!)
    route.length = model.must[v]!.length
    if (refresh(model, route, at) && inserter.best(request, route, NONE).cost !== NONE) return 'full'
  }
  return hasRoom ? 'no-time' : 'no-room'
}

/** A plan's stops as nodes, by vehicle: what must be, then what of the rest is still asked for; null if nothing is. */
function nodesOf(problem: PlanProblem, model: Model, plan: Plan): (Int32Array | null)[] {
  const { n } = model
  const indexOf = new Map(problem.requests.map(({ id }, r) => [id, r]))
  const isFree = new Uint8Array(n)
  for (const r of model.free) isFree[r] = 1
  const byVehicle = new Map(plan.routes.map(route => [route.vehicle, route]))
  return problem.vehicles.map(({ id }, v) => {
    const must = model.must[v]!
    const fixed = must.subarray(0, model.fixedOf[v]!)
    const onBoard = new Set(must.subarray(model.fixedOf[v]!, -1))
    const rest = (byVehicle.get(id)?.stops ?? []).flatMap(({ request, kind }) => {
      const r = indexOf.get(request)
      if (r === undefined) return []
      const node = kind === 'pickup' ? r : n + r
      return isFree[r] === 1 || onBoard.delete(node) ? [node] : []
    })
    return onBoard.size > 0 ? null : Int32Array.from([...fixed, ...rest, must.at(-1)!])
  })
}
