import type { Model } from './model.ts'
import type { Route } from './route.ts'

/** What a removal looks at. */
export interface RemovalView {
  readonly model: Model
  readonly routes: readonly Route[]
  /** By request: place of its route in `routes`, -1 if nobody carries it. */
  readonly routeOf: Int32Array
  readonly random: () => number
}

/** Requests to take out of the plan; a list without doubles that never grows past the free requests. */
export class RemovalList {
  readonly items: Int32Array
  length = 0
  readonly #has: Uint8Array

  constructor(n: number) {
    this.items = new Int32Array(n)
    this.#has = new Uint8Array(n)
  }

  has(request: number): boolean {
    return this.#has[request] === 1
  }

  add(request: number): void {
    if (this.#has[request] === 1) return
    this.#has[request] = 1
    this.items[this.length++] = request
  }

  clear(): void {
    for (let k = 0; k < this.length; k++) this.#has[this.items[k]!] = 0
    this.length = 0
  }
}

/** How many neighbours of a request are kept. */
const NEIGHBOURS = 100
const TIME_WEIGHT = 0.2

/** For each free request the others by nearness of both ends in place and time, nearest first. */
export function neighboursOf(model: Model): Int32Array[] {
  const { n, size, travel, earliest, latest, free } = model
  const middle = (node: number): number => (earliest[node]! + latest[node]!) / 2
  const lists: Int32Array[] = Array.from({ length: n }, () => new Int32Array(0))
  const far = new Float64Array(n)
  for (const a of free) {
    for (const b of free)
      far[b] =
        travel[a * size + b]! +
        travel[(a + n) * size + b + n]! +
        TIME_WEIGHT * (Math.abs(middle(a) - middle(b)) + Math.abs(middle(a + n) - middle(b + n)))
    lists[a] = free
      .filter(b => b !== a)
      .sort((x, y) => far[x]! - far[y]! || x - y)
      .slice(0, NEIGHBOURS)
  }
  return lists
}

/** Requests near to each other in place and time (Shaw 1998). */
export function removeRelated(
  { model, random }: RemovalView,
  neighbours: readonly Int32Array[],
  count: number,
  out: RemovalList,
): void {
  if (out.length === 0) out.add(model.free[Math.floor(random() * model.free.length)]!)
  for (let tries = 4 * count; out.length < count && tries > 0; tries--) {
    const near = neighbours[out.items[Math.floor(random() * out.length)]!]!
    const x = random()
    out.add(near[Math.floor(x * x * x * x * x * near.length)]!)
  }
}

/** Any requests. */
export function removeRandom({ model, random }: RemovalView, count: number, out: RemovalList): void {
  for (let tries = 4 * count; out.length < count && tries > 0; tries--)
    out.add(model.free[Math.floor(random() * model.free.length)]!)
}

const CONTEST = 5

/** Requests that cost a long way round: of each five drawn the dearest. */
export function removeDear(view: RemovalView, count: number, out: RemovalList): void {
  const { model, random } = view
  for (let tries = 4 * count; out.length < count && tries > 0; tries--) {
    let dearest = -1
    let most = -1
    for (let k = 0; k < CONTEST; k++) {
      const request = model.free[Math.floor(random() * model.free.length)]!
      const gain = out.has(request) ? -1 : detourOf(view, request)
      if (gain > most) {
        most = gain
        dearest = request
      }
    }
    if (dearest !== -1) out.add(dearest)
  }
}

/** Travel time saved by leaving a request out. */
function detourOf({ model, routes, routeOf }: RemovalView, request: number): number {
  if (routeOf[request] === -1) return 0
  const { n, size, travel } = model
  const { nodes, length } = routes[routeOf[request]!]!
  const leg = (a: number, b: number): number => travel[a * size + b]!
  let p = 1
  while (nodes[p] !== request) p++
  let d = p + 1
  while (d < length && nodes[d] !== request + n) d++
  const [a, b, c] = [nodes[p - 1]!, nodes[p]!, nodes[p + 1]!]
  const z = nodes[d + 1]!
  if (d === p + 1) return leg(a, b) + leg(b, c) + leg(c, z) - leg(a, z)
  return (
    leg(a, b) +
    leg(b, c) -
    leg(a, c) +
    leg(nodes[d - 1]!, nodes[d]!) +
    leg(nodes[d]!, z) -
    leg(nodes[d - 1]!, z)
  )
}

/** Runs of stops out of routes that pass near each other (slack induction by string removals; Christiaens 2020). */
export function removeStrings(
  { model, routes, routeOf, random }: RemovalView,
  neighbours: readonly Int32Array[],
  mostRoutes: number,
  mostStops: number,
  out: RemovalList,
): void {
  const { n, fixedOf, free } = model
  const seed = free[Math.floor(random() * free.length)]!
  const wanted = 1 + Math.floor(random() * mostRoutes)
  const near = neighbours[seed]!
  const seen: number[] = []
  for (let x = -1; x < near.length && seen.length < wanted; x++) {
    const request = x === -1 ? seed : near[x]!
    const at = routeOf[request]!
    if (at === -1 || out.has(request) || seen.includes(at)) continue
    seen.push(at)
    const { nodes, length, vehicle } = routes[at]!
    const stops = length - 1 - fixedOf[vehicle]!
    let place = 0
    while (nodes[place] !== request) place++
    const count = 1 + Math.floor(random() * Math.min(mostStops, stops))
    const from = Math.max(fixedOf[vehicle]!, place - Math.floor(random() * count))
    for (let k = from; k < Math.min(length - 1, from + count); k++) {
      const r = nodes[k]! < n ? nodes[k]! : nodes[k]! - n
      if (routeOf[r] === at) out.add(r)
    }
  }
}

/** All that one vehicle carries: of two drawn the one with fewer stops. */
export function removeRoute({ model, routes, routeOf, random }: RemovalView, out: RemovalList): void {
  const draw = (): Route => routes[Math.floor(random() * routes.length)]!
  const one = draw()
  const other = draw()
  const route = other.length > 2 && (one.length <= 2 || other.length < one.length) ? other : one
  for (let k = 1; k < route.length - 1; k++) {
    const r = route.nodes[k]!
    if (r < model.n && routeOf[r] !== -1) out.add(r)
  }
}
