import { type Insertion, InsertionMemory, NONE } from './insertion-memory.ts'
import type { Model } from './model.ts'
import type { Route } from './route.ts'
import { leastTimes, settleBack } from './schedule.ts'

const MEMORY_BITS = 16
/** Share of places that a blinking look passes over. */
const PASSED_OVER = 0.4

/** Finds where a request fits best into a route. Holds scratch space, so that the search allocates nothing. */
export class Inserter {
  readonly #model: Model
  readonly #memory = new InsertionMemory(MEMORY_BITS)
  readonly #nodes: Int32Array
  readonly #time: Int32Array
  readonly #at: Int32Array
  readonly #found: Insertion = { cost: NONE, pickup: -1, dropoff: -1 }
  readonly #random: () => number

  constructor(model: Model, random: () => number) {
    this.#model = model
    this.#random = random
    this.#nodes = new Int32Array(model.longest + 4)
    this.#time = new Int32Array(model.longest + 4)
    this.#at = new Int32Array(model.n)
  }

  /** The cheapest place of a request in a route if it costs less than `limit`. The answer is good until the next call. */
  best(request: number, route: Route, limit: number): Insertion {
    const found = this.#found
    if (this.#memory.get(route, request, limit, found)) return found
    found.cost = NONE
    this.#look(request, route, limit, 0)
    this.#memory.put(route, request, limit, found)
    return found
  }

  /** As `best`, but some places are passed over, so that the same choice is not made each time. */
  blinking(request: number, route: Route, limit: number): Insertion {
    this.#found.cost = NONE
    this.#look(request, route, limit, PASSED_OVER)
    return this.#found
  }

  /** Puts a request where `best` said; the caller refreshes the route. */
  static place(model: Model, route: Route, request: number, pickup: number, dropoff: number): void {
    const { nodes } = route
    for (let k = route.length - 1; k > dropoff; k--) nodes[k + 2] = nodes[k]!
    nodes[dropoff + 2] = request + model.n
    for (let k = dropoff; k > pickup; k--) nodes[k + 1] = nodes[k]!
    nodes[pickup + 1] = request
    route.length += 2
  }

  #look(request: number, route: Route, limit: number, passed: number): void {
    const { n, size, travel, earliest, latest, service, mostRide } = this.#model
    const { nodes, length, least, most, seats, wheelchairs, vehicle } = route
    const found = this.#found
    const p = request
    const d = request + n
    const seatsLeft = this.#model.seatsOf[vehicle]! - this.#model.seats[p]!
    const chairsLeft = this.#model.wheelchairsOf[vehicle]! - this.#model.wheelchairs[p]!
    if (seatsLeft < 0 || chairsLeft < 0) return
    const served = service[p]!
    const rowP = p * size
    const rowD = d * size
    const direct = travel[rowP + d]!
    const latestP = latest[p]!
    const latestD = latest[d]!
    let bound = limit
    for (let i = this.#model.fixedOf[vehicle]! - 1; i < length - 1; i++) {
      const a = nodes[i]!
      const free = least[i]! + service[a]!
      if (free > latestP) break
      if (seats[i]! > seatsLeft || wheelchairs[i]! > chairsLeft) continue
      if (passed > 0 && this.#random() < passed) continue
      const toP = travel[a * size + p]!
      let atP = free + toP
      if (atP > latestP) continue
      if (atP < earliest[p]!) atP = earliest[p]!
      const b = nodes[i + 1]!
      const leg = travel[a * size + b]!
      const left = atP + served
      // Straight to the drop-off.
      const whole = toP + direct + travel[rowD + b]! - leg
      if (whole < bound) {
        let atD = left + direct
        if (atD < earliest[d]!) atD = earliest[d]!
        if (
          atD <= latestD &&
          atD + service[d]! + travel[rowD + b]! <= most[i + 1]! &&
          this.#fits(request, route, i, i)
        )
          bound = this.#keep(whole, i, i)
      }
      // With others between.
      const detour = toP + travel[rowP + b]! - leg
      if (detour >= bound || i + 1 === length - 1) continue
      let time = left + travel[rowP + b]!
      if (time < least[i + 1]!) time = least[i + 1]!
      if (time > most[i + 1]!) continue
      let ride = travel[rowP + b]!
      for (let j = i + 1; j < length - 1; j++) {
        if (seats[j]! > seatsLeft || wheelchairs[j]! > chairsLeft) break
        const x = nodes[j]!
        const y = nodes[j + 1]!
        const row = x * size
        const legXY = travel[row + y]!
        ride += service[x]!
        const freeX = time + service[x]!
        if (freeX > latestD || ride > mostRide[request]!) break
        const toD = travel[row + d]!
        const cost = detour + toD + travel[rowD + y]! - legXY
        if (cost < bound && ride + toD <= mostRide[request]!) {
          let atD = freeX + toD
          if (atD < earliest[d]!) atD = earliest[d]!
          if (
            atD <= latestD &&
            atD + service[d]! + travel[rowD + y]! <= most[j + 1]! &&
            this.#fits(request, route, i, j)
          )
            bound = this.#keep(cost, i, j)
        }
        ride += legXY
        time = freeX + legXY
        if (time < least[j + 1]!) time = least[j + 1]!
        if (time > most[j + 1]!) break
      }
    }
    found.cost = bound < limit ? bound : NONE
  }

  #keep(cost: number, pickup: number, dropoff: number): number {
    this.#found.pickup = pickup
    this.#found.dropoff = dropoff
    return cost
  }

  /**
   * Whether the route has a schedule with the request at these places. Stops only ever add bounds, so the route's own
   * least times are where to start from; only if a way round is shorter than the leg it replaces is all worked out anew.
   */
  #fits(request: number, route: Route, pickup: number, dropoff: number): boolean {
    const model = this.#model
    const { n, size, travel, earliest, latest, service } = model
    const { nodes: old, least, vehicle } = route
    const nodes = this.#nodes
    const time = this.#time
    const at = this.#at
    const length = route.length + 2
    let riders = 1
    for (let k = 0; k <= pickup; k++) {
      const b = (nodes[k] = old[k]!)
      time[k] = least[k]!
      if (b < n) {
        at[b] = k
        riders++
      }
    }
    const atP = pickup + 1
    const atD = dropoff + 2
    nodes[atP] = request
    time[atP] = earliest[request]!
    at[request] = atP
    for (let k = atP; k < atD - 1; k++) {
      const b = (nodes[k + 1] = old[k]!)
      time[k + 1] = least[k]!
      if (b < n) {
        at[b] = k + 1
        riders++
      }
    }
    nodes[atD] = request + n
    time[atD] = earliest[request + n]!
    for (let k = atD - 1; k < route.length; k++) {
      const b = (nodes[k + 2] = old[k]!)
      time[k + 2] = least[k]!
      if (b < n) {
        at[b] = k + 2
        riders++
      }
    }
    let before = nodes[pickup]!
    if (atD === atP + 1) {
      const after = nodes[atD + 1]!
      const round =
        travel[before * size + request]! + travel[request * size + request + n]! + service[request]!
      if (
        round + service[request + n]! + travel[(request + n) * size + after]! <
        travel[before * size + after]!
      )
        return leastTimes(model, vehicle, nodes, length, time, at)
    } else {
      let after = nodes[atP + 1]!
      const round = travel[before * size + request]! + service[request]! + travel[request * size + after]!
      if (round < travel[before * size + after]!) return leastTimes(model, vehicle, nodes, length, time, at)
      before = nodes[atD - 1]!
      after = nodes[atD + 1]!
      const other =
        travel[before * size + request + n]! + service[request + n]! + travel[(request + n) * size + after]!
      if (other < travel[before * size + after]!) return leastTimes(model, vehicle, nodes, length, time, at)
    }
    let high = atD
    for (let k = atP; k < length; k++) {
      const a = nodes[k - 1]!
      const b = nodes[k]!
      const arrival = time[k - 1]! + service[a]! + travel[a * size + b]!
      if (arrival > time[k]!) {
        if (arrival > latest[b]!) return false
        time[k] = arrival
        if (k > high) high = k
      } else if (k > atD) break
    }
    return settleBack(model, vehicle, nodes, length, time, at, riders, high)
  }
}
