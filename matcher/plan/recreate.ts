import type { Inserter } from './insertion.ts'
import { NONE } from './insertion-memory.ts'
import type { Model } from './model.ts'
import { isUnused, type Route } from './route.ts'

/** What putting requests back works on. */
export interface RecreateView {
  readonly model: Model
  readonly routes: readonly Route[]
  readonly inserter: Inserter
  readonly random: () => number
  /** Puts a request into a route; false if it could not be. */
  place(request: number, route: number, pickup: number, dropoff: number): boolean
}

/** How often some of a route's places are passed over, so that the same choice is not made each time. */
const BLINK = 0.03

/** Puts requests back into the routes where they cost least. */
export class Recreate {
  readonly #view: RecreateView
  /** By kind of vehicle: when an unused one of it was last looked at; others of the kind are no news then. */
  readonly #seen: Int32Array
  #look = 0
  // The best and the next best costs of the request looked at last, and where the best is.
  #first = 0
  #second = 0
  #third = 0
  #route = -1
  #pickup = -1
  #dropoff = -1

  constructor(view: RecreateView) {
    this.#view = view
    this.#seen = new Int32Array(view.model.vehicles)
  }

  /** One after another in the order given. */
  greedy(requests: Int32Array, count: number): void {
    for (let q = 0; q < count; q++) {
      const request = requests[q]!
      this.#find(request, 1, BLINK)
      if (this.#route !== -1) this.#view.place(request, this.#route, this.#pickup, this.#dropoff)
    }
  }

  /** First the one that would lose most by waiting: the 2 or 3 best routes are compared. Changes the list. */
  regret(requests: Int32Array, count: number, depth: 2 | 3, missPrice: number): void {
    const { random, place } = this.#view
    let left = count
    while (left > 0) {
      let most = Number.NEGATIVE_INFINITY
      let chosen = -1
      let route = -1
      let pickup = -1
      let dropoff = -1
      for (let q = 0; q < left; q++) {
        this.#find(requests[q]!, depth, 0)
        if (this.#route === -1) {
          requests[q--] = requests[--left]!
          continue
        }
        const second = Math.min(missPrice, this.#second)
        const regret =
          depth === 2 ? second - this.#first : second + Math.min(missPrice, this.#third) - 2 * this.#first
        if (regret + random() * 1e-3 <= most) continue
        most = regret
        chosen = q
        route = this.#route
        pickup = this.#pickup
        dropoff = this.#dropoff
      }
      if (chosen === -1) return
      place(requests[chosen]!, route, pickup, dropoff)
      requests[chosen] = requests[--left]!
    }
  }

  #find(request: number, depth: 1 | 2 | 3, blink: number): void {
    const { model, routes, inserter, random } = this.#view
    this.#first = this.#second = this.#third = Number.POSITIVE_INFINITY
    this.#route = -1
    this.#look++
    const start = Math.floor(random() * routes.length)
    for (let x = 0; x < routes.length; x++) {
      const k = start + x < routes.length ? start + x : start + x - routes.length
      const route = routes[k]!
      let extra = 0
      if (isUnused(model, route)) {
        const kind = model.kindOf[route.vehicle]!
        if (this.#seen[kind] === this.#look) continue
        this.#seen[kind] = this.#look
        extra = model.vehicleWorth + route.cost
      }
      const bound = (depth === 1 ? this.#first : depth === 2 ? this.#second : this.#third) - extra
      if (bound <= 0) continue
      const limit = bound < NONE ? bound : NONE
      const isBlink = blink > 0 && random() < blink
      const found = isBlink ? inserter.blinking(request, route, limit) : inserter.best(request, route, limit)
      if (found.cost === NONE) continue
      const cost = found.cost + extra
      if (cost < this.#first) {
        this.#third = this.#second
        this.#second = this.#first
        this.#first = cost
        this.#route = k
        this.#pickup = found.pickup
        this.#dropoff = found.dropoff
      } else if (cost < this.#second) {
        this.#third = this.#second
        this.#second = cost
      } else if (cost < this.#third) this.#third = cost
    }
  }
}
