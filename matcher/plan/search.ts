import { Inserter } from './insertion.ts'
import type { Model } from './model.ts'
import { Recreate } from './recreate.ts'
import {
  neighboursOf,
  RemovalList,
  removeDear,
  removeRandom,
  removeRelated,
  removeRoute,
  removeStrings,
} from './removal.ts'
import { createRoute, isUnused, type Route, refresh } from './route.ts'

/** How the search goes; times are in units of the problem. The defaults are what tests/bench/README.md measures. */
export interface SearchTuning {
  /** Cost that is accepted at the start, as a part of the cost of a request on average. */
  readonly warmth: number
  /** The same at the end, as a part of that of the start. */
  readonly cooled: number
  /** Most requests taken out at once. */
  readonly mostRemoved: number
}

export const TUNING: SearchTuning = { warmth: 0.5, cooled: 0.03, mostRemoved: 18 }

/**
 * Large-neighbourhood search (Shaw 1998; Ropke and Pisinger 2006): takes some requests out, puts them back where they cost
 * least, keeps what is better, and what is a little worse too while it is warm (simulated annealing).
 */
export class Search {
  readonly model: Model
  readonly routes: Route[]
  readonly routeOf: Int32Array
  readonly #random: () => number
  readonly #tuning: SearchTuning
  readonly #neighbours: readonly Int32Array[]
  readonly #recreate: Recreate
  readonly #out: RemovalList
  readonly #at: Int32Array
  readonly #order: Int32Array
  /** By route: what it was before this step, or null; and routes to write on. */
  readonly #before: (Route | null)[]
  readonly #spare: Route[]
  readonly #routeOfBefore: Int32Array
  readonly #missPrice: number
  #startTemperature = 0
  #isWhole = true
  #current: Score
  #best: Score
  #bestNodes: Int32Array[] = []

  constructor(model: Model, random: () => number, tuning: SearchTuning = TUNING) {
    this.model = model
    this.#random = random
    this.#tuning = tuning
    this.#neighbours = neighboursOf(model)
    this.#out = new RemovalList(model.n)
    this.#at = new Int32Array(model.n)
    this.#order = new Int32Array(model.n)
    this.routes = model.must.map((nodes, vehicle) => this.#routeWith(vehicle, nodes))
    this.#spare = model.must.map((_, vehicle) => createRoute(model, vehicle))
    this.#before = this.routes.map(() => null)
    this.routeOf = new Int32Array(model.n).fill(-1)
    this.#routeOfBefore = new Int32Array(model.n)
    let far = 0
    for (const time of model.travel) if (time > far) far = time
    this.#missPrice = 4 * far + 2 * model.vehicleWorth + 1
    this.#recreate = new Recreate({
      model,
      routes: this.routes,
      inserter: new Inserter(model, random),
      random,
      place: (request, route, pickup, dropoff) => this.#place(request, route, pickup, dropoff),
    })
    this.#current = this.#score()
    this.#best = this.#current
    this.#keepBest()
  }

  /** Fewest unserved, then least cost: what has been found so far. */
  get best(): Score {
    return this.#best
  }

  /** Nodes of each vehicle's route in the best plan. */
  get bestNodes(): readonly Int32Array[] {
    return this.#bestNodes
  }

  /** Puts whole routes in before anything is searched; those that have no schedule are left out. */
  adopt(routes: readonly (Int32Array | null)[]): void {
    routes.forEach((nodes, k) => {
      if (nodes === null) return
      const route = createRoute(this.model, k)
      route.nodes.set(nodes)
      route.length = nodes.length
      if (!refresh(this.model, route, this.#at)) return
      this.routes[k] = route
      for (const node of nodes.subarray(this.model.fixedOf[k]!))
        if (node < this.model.n) this.routeOf[node] = k
    })
  }

  /** Puts everything in that is not in yet; the first thing to do. */
  start(): void {
    const { free } = this.model
    let count = 0
    for (const request of free) if (this.routeOf[request] === -1) this.#order[count++] = request
    this.#recreate.regret(this.#order, count, 3, this.#missPrice)
    this.#accept()
    this.#current = this.#score()
    this.#keepBest()
    this.#startTemperature = (this.#tuning.warmth * this.#current.drivingS) / Math.max(10, this.model.n)
  }

  /** One removal and what follows from it. `done` says how much of the search is over, 0 to 1. */
  step(done: number): void {
    const { model } = this
    if (model.free.length === 0) return
    const temperature = this.#startTemperature * this.#tuning.cooled ** done
    this.#routeOfBefore.set(this.routeOf)
    this.#isWhole = true
    this.#remove()
    if (this.#isWhole) this.#putBack()
    const next = this.#score()
    const worse = this.#price(next) - this.#price(this.#current)
    if (this.#isWhole && worse < -temperature * Math.log(this.#random() + 1e-12)) {
      this.#current = next
      this.#accept()
      if (isBetter(next, this.#best)) this.#keepBest()
    } else this.#undo()
  }

  #remove(): void {
    const { model, routes, routeOf } = this
    const random = this.#random
    const out = this.#out
    out.clear()
    const most = Math.max(4, Math.min(this.#tuning.mostRemoved, Math.floor(model.free.length * 0.35)))
    const count = Math.min(model.free.length, 2 + Math.floor(random() * random() * (most - 1)))
    const view = { model, routes, routeOf, random }
    const way = random()
    if (model.vehicleWorth > 0 && way < 0.02) removeRoute(view, out)
    else if (way < 0.2) removeRelated(view, this.#neighbours, count, out)
    else if (way < 0.25) removeRandom(view, count, out)
    else if (way < 0.3) removeDear(view, count, out)
    else removeStrings(view, this.#neighbours, 3, 12, out)
    for (let k = 0; k < out.length; k++) {
      const at = routeOf[out.items[k]!]!
      if (at !== -1 && this.#before[at] === null) this.#without(at)
    }
    if (this.#current.unserved > 0)
      for (const request of model.free) if (routeOf[request] === -1) out.add(request)
    for (let k = 0; k < out.length; k++) routeOf[out.items[k]!] = -1
  }

  /** Takes what is to go out of a route. */
  #without(k: number): void {
    const { n } = this.model
    const old = this.routes[k]!
    const route = this.#spare[k]!
    let length = 0
    for (let x = 0; x < old.length; x++) {
      const node = old.nodes[x]!
      const request = node < n ? node : node - n
      if (request < n && this.#out.has(request) && this.routeOf[request] === k) continue
      route.nodes[length++] = node
    }
    route.length = length
    this.#before[k] = old
    this.routes[k] = route
    if (!refresh(this.model, route, this.#at)) this.#isWhole = false
  }

  #putBack(): void {
    const random = this.#random
    const order = this.#order
    const count = this.#out.length
    for (let k = 0; k < count; k++) {
      const other = Math.floor(random() * (k + 1))
      order[k] = order[other]!
      order[other] = this.#out.items[k]!
    }
    const way = random()
    if (way < 0.9) this.#recreate.greedy(order, count)
    else this.#recreate.regret(order, count, way < 0.95 ? 2 : 3, this.#missPrice)
  }

  #place(request: number, k: number, pickup: number, dropoff: number): boolean {
    const old = this.routes[k]!
    if (this.#before[k] === null) {
      const copy = this.#spare[k]!
      for (let x = 0; x < old.length; x++) copy.nodes[x] = old.nodes[x]!
      copy.length = old.length
      this.#before[k] = old
      this.routes[k] = copy
    }
    const route = this.routes[k]!
    Inserter.place(this.model, route, request, pickup, dropoff)
    this.routeOf[request] = k
    if (refresh(this.model, route, this.#at)) return true
    this.#isWhole = false
    return false
  }

  #accept(): void {
    for (let k = 0; k < this.routes.length; k++) {
      const before = this.#before[k]
      if (!before) continue
      this.#spare[k] = before
      this.#before[k] = null
    }
  }

  #undo(): void {
    for (let k = 0; k < this.routes.length; k++) {
      const before = this.#before[k]
      if (!before) continue
      this.#spare[k] = this.routes[k]!
      this.routes[k] = before
      this.#before[k] = null
    }
    this.routeOf.set(this.#routeOfBefore)
  }

  #routeWith(vehicle: number, nodes: Int32Array): Route {
    const route = createRoute(this.model, vehicle)
    route.nodes.set(nodes)
    route.length = nodes.length
    refresh(this.model, route, this.#at)
    return route
  }

  #score(): Score {
    let unserved = 0
    for (const request of this.model.free) if (this.routeOf[request] === -1) unserved++
    let drivingS = 0
    let vehicles = 0
    for (const route of this.routes) {
      if (isUnused(this.model, route)) continue
      drivingS += route.cost
      vehicles++
    }
    return { unserved, vehicles, drivingS, cost: drivingS + vehicles * this.model.vehicleWorth }
  }

  #price({ unserved, cost }: Score): number {
    return cost + unserved * this.#missPrice
  }

  #keepBest(): void {
    this.#best = this.#current
    this.#bestNodes = this.routes.map(({ nodes, length }) => nodes.slice(0, length))
  }
}

/** How good a plan is. */
export interface Score {
  readonly unserved: number
  readonly vehicles: number
  readonly drivingS: number
  /** Travel time, and the worth of the vehicles used where that counts. */
  readonly cost: number
}

const isBetter = (a: Score, b: Score): boolean =>
  a.unserved < b.unserved || (a.unserved === b.unserved && a.cost < b.cost)
