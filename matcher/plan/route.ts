import type { Model } from './model.ts'
import { leastTimes, mostTimes } from './schedule.ts'

/** The stops of one vehicle while a plan is searched. Arrays are by place in the route; `length` of them are in use. */
export interface Route {
  readonly vehicle: number
  readonly nodes: Int32Array
  /** The least and the latest time of any schedule of this route. */
  readonly least: Int32Array
  readonly most: Int32Array
  /** Taken after the stop. */
  readonly seats: Int32Array
  readonly wheelchairs: Int32Array
  length: number
  /** Travel time of all legs. */
  cost: number
  /** Two hashes of the stops; vehicles that are alike while empty have the same. */
  hash: number
  check: number
}

/** A route with no stops yet set. */
export function createRoute(model: Model, vehicle: number): Route {
  const most = model.fixedOf[vehicle]! + 2 * model.n + 2
  const array = (): Int32Array => new Int32Array(most)
  return {
    vehicle,
    nodes: array(),
    least: array(),
    most: array(),
    seats: array(),
    wheelchairs: array(),
    length: 0,
    cost: 0,
    hash: 0,
    check: 0,
  }
}

/** Works out all that follows from a route's stops; false if it has no schedule. `at` is scratch, by request. */
export function refresh(model: Model, route: Route, at: Int32Array): boolean {
  const { size, travel } = model
  const { nodes, length, vehicle } = route
  let seats = 0
  let wheelchairs = 0
  let cost = 0
  let hash = model.kindOf[vehicle]!
  let check = ~hash
  for (let k = 0; k < length; k++) {
    const b = nodes[k]!
    seats += model.seats[b]!
    wheelchairs += model.wheelchairs[b]!
    if (seats > model.seatsOf[vehicle]! || wheelchairs > model.wheelchairsOf[vehicle]!) return false
    route.seats[k] = seats
    route.wheelchairs[k] = wheelchairs
    if (k === 0) continue
    cost += travel[nodes[k - 1]! * size + b]!
    if (k === length - 1) break
    hash = Math.imul(hash ^ b, 0x9e3779b1)
    hash ^= hash >>> 15
    check = Math.imul(check ^ b, 0x85ebca6b)
    check ^= check >>> 13
  }
  route.cost = cost
  route.hash = hash
  route.check = check
  if (!leastTimes(model, vehicle, nodes, length, route.least, at)) return false
  mostTimes(model, vehicle, nodes, length, route.most, at)
  return true
}

/** True if the vehicle stays at its start. */
export const isUnused = (model: Model, route: Route): boolean =>
  route.length === 2 && !model.isUnderWay[route.vehicle]
