import type { FoundDrivers } from './found-drivers.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import type { PlainDistance } from './plain-distance.ts'
import type { PlainDrivers } from './plain-drivers.ts'
import { type PlainPlaces, partAlong } from './plain-places.ts'
import type { WeightSet } from './weight-set.ts'

/**
 * Drivers at places mid-street: an entry for each arc that they may leave by, at the arc's end. A goal's label times
 * them all but those on the goal's own arc. Who has it before him drives straight there, and nothing is quicker. Who is
 * past it comes round, which the labels of the junction model know; in the turn model they take him for being there.
 */
export class PlainDriverPlaces {
  readonly #t: KernelTables
  readonly #distance: PlainDistance
  readonly #drivers: PlainDrivers
  readonly #places: PlainPlaces
  readonly #found: FoundDrivers
  #set: WeightSet
  #edges = new Uint32Array(0)
  #fractions = new Float64Array(0)
  #orders = new Uint32Array(0)

  constructor(
    tables: KernelTables,
    distance: PlainDistance,
    drivers: PlainDrivers,
    places: PlainPlaces,
    found: FoundDrivers,
    set: WeightSet,
  ) {
    this.#t = tables
    this.#distance = distance
    this.#drivers = drivers
    this.#places = places
    this.#found = found
    this.#set = set
  }

  answerBy(set: WeightSet): void {
    this.#set = set
  }

  reserve(drivers: number): void {
    const edges = new Uint32Array(drivers).fill(NONE)
    edges.set(this.#edges)
    this.#edges = edges
    const fractions = new Float64Array(drivers)
    fractions.set(this.#fractions)
    this.#fractions = fractions
    const orders = new Uint32Array(drivers).fill(NONE)
    orders.set(this.#orders)
    this.#orders = orders
  }

  setOrder(driver: number, order: number): void {
    this.#orders[driver] = order
  }

  place(driver: number, edge: number, fraction: number, onlyArc: number, classes: number): void {
    const { endId } = this.#t
    this.#edges[driver] = edge
    this.#fractions[driver] = fraction
    for (let k = 0; k < 2; k++) {
      const arc = (edge & ~1) | k
      const left = this.#set.arcUnits[arc]! - this.#places.into(arc, edge, fraction)
      if (endId[arc] === NONE || (onlyArc >= 0 && arc !== onlyArc)) this.#drivers.remove(2 * driver + k)
      else this.#drivers.place(2 * driver + k, endId[arc]!, left, driver, this.#orders[driver]!, classes)
    }
  }

  renumber(from: number, to: number): void {
    for (const column of [this.#edges, this.#fractions, this.#orders]) column[to] = column[from]!
    for (const k of [0, 1]) this.#drivers.renumber(2 * from + k, 2 * to + k, to, this.#orders[to]!)
  }

  retime(drivers: number): void {
    for (let driver = 0; driver < drivers; driver++) {
      const edge = this.#edges[driver]!
      if (edge === NONE) continue
      for (let k = 0; k < 2; k++) {
        const arc = (edge & ~1) | k
        const left = this.#set.arcUnits[arc]! - this.#places.into(arc, edge, this.#fractions[driver]!)
        this.#drivers.setRest(2 * driver + k, left)
      }
    }
  }

  /** Seconds from each of so many drivers to the goal, a place. */
  toGoal(drivers: number, unitDs: number, out: Float64Array): void {
    for (let driver = 0; driver < drivers; driver++) {
      const edge = this.#edges[driver]!
      let units = FAR
      for (const arc of [edge & ~1, edge | 1]) {
        if (edge === NONE || !this.#drivers.isThere(2 * driver + (arc & 1))) continue
        units = Math.min(units, this.#places.placeToGoal(edge, this.#fractions[driver]!, arc >>> 0))
      }
      out[driver] = units >= FAR ? Infinity : (units * unitDs) / 10
    }
  }

  /** Those who are on an arc of the goal, and before it. */
  offerStraight(needs: number): void {
    const { goalEdge, goalFraction, goalShift } = this.#distance
    if (goalEdge < 0) return
    for (const arc of [goalEdge, goalEdge ^ 1]) {
      const into = this.#places.into(arc, goalEdge, goalFraction)
      this.#forThoseOn(arc, needs, (entry, driver, isPast) => {
        const left = this.#set.arcUnits[arc]! - into
        if (!isPast)
          this.#found.offer(this.#drivers.rest(entry) - left + goalShift, driver, this.#orders[driver]!)
      })
    }
  }

  /** The arc of the goal that ends at an id of the turn model; -1. */
  goalArcAt(id: number): number {
    const { goalEdge } = this.#distance
    if (goalEdge < 0 || !this.#t.isTurns) return -1
    return [goalEdge, goalEdge ^ 1].find(arc => this.#t.endId[arc] === id) ?? -1
  }

  /** Drivers on an arc of the goal in the turn model who are past it. */
  offerRound(arc: number, needs: number): void {
    const around = this.#unitsRound(this.#t.endId[arc]!)
    this.#forThoseOn(arc, needs, (entry, driver, isPast) => {
      if (isPast) this.#found.offer(around + this.#drivers.rest(entry), driver, this.#orders[driver]!)
    })
  }

  #forThoseOn(
    arc: number,
    needs: number,
    look: (entry: number, driver: number, isPast: boolean) => void,
  ): void {
    const { goalEdge, goalFraction } = this.#distance
    const id = this.#t.endId[arc]!
    const part = partAlong(arc, goalEdge, goalFraction)
    for (let e = id === NONE ? NONE : this.#drivers.firstAt[id]!; e !== NONE; e = this.#drivers.next(e)) {
      const driver = this.#drivers.driverOf(e)
      const edge = this.#edges[driver]!
      if (!this.#drivers.fits(e, needs) || ((e ^ arc) & 1) !== 0 || (edge ^ arc) >>> 1 !== 0) continue
      look(e, driver, partAlong(arc, edge, this.#fractions[driver]!) > part)
    }
  }

  /** Units from an id that enters the goal to the goal, by one move at least. */
  #unitsRound(id: number): number {
    const { ids, adds } = this.#distance
    return ids.reduce((best, entry, i) => {
      const units = entry === id ? this.#places.round(id) : this.#distance.between(id, entry)
      return units < FAR ? Math.min(best, units + adds[i]!) : best
    }, FAR)
  }
}
