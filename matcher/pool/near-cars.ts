import type { NearDrivers } from '../assign/solve-full.ts'
import type { Course } from './course.ts'
import { bestInsertion, type PoolInsertion } from './insertion.ts'
import type { PoolRequest, PoolTravel } from './problem.ts'

/** The cars that could take one rider, those that could be there soonest first. */
export interface NearCars {
  /** At least the `count` cheapest cars, or all: what `solveFull` asks for. */
  near(count: number): NearDrivers
  /** Where the rider fits into a car's schedule, if `near` told of that car. */
  insertionOf(car: string): PoolInsertion | undefined
  /** False where all cars were looked into and he fits into none: nor will he when others are put into them. */
  mayFit(): boolean
}

/** Where the cars are, in rows that a look at all of them reads. */
export interface CarRows {
  readonly place: Int32Array
  readonly atDs: Int32Array
  /** Scratch of one look. */
  readonly reachable: Float64Array
}

/** Rows of some cars. */
export const carRows = (courses: readonly Course[]): CarRows => ({
  place: Int32Array.from(courses, ({ vehicle }) => vehicle.place),
  atDs: Int32Array.from(courses, ({ vehicle }) => vehicle.atDs),
  reachable: new Float64Array(courses.length),
})

/**
 * Looks for cars in the order of the least that they could cost: a car that came straight for the rider and brought him
 * straight home would cost the wait alone. Only as many schedules are looked into as the answer needs. Places that cost
 * `mostCostDs` or more are none.
 */
export function nearCars(
  request: PoolRequest,
  courses: readonly Course[],
  { place, atDs, reachable }: CarRows,
  travel: PoolTravel,
  mostCostDs: number,
): NearCars {
  const row = request.origin * travel.places
  const { turnedDs } = travel
  const width = courses.length
  let count = 0
  for (let c = 0; c < width; c++) {
    const thereDs = atDs[c]! + turnedDs[row + place[c]!]!
    if (thereDs <= request.latestPickupDs) reachable[count++] = thereDs * width + c
  }
  const order = reachable.slice(0, count).sort()
  const least = (k: number): number =>
    k === count ? Number.POSITIVE_INFINITY : Math.floor(order[k]! / width) + travel.stopDs - request.askedDs

  const fits = new Map<string, PoolInsertion>()
  const costs: number[] = []
  const drivers: { id: string; costDs: number }[] = []
  let looked = 0
  return {
    near(wanted) {
      let done = 0
      for (;;) {
        const othersDs = least(looked)
        // Costs that no car not looked into could beat.
        while (done < costs.length && costs[done]! <= othersDs) done++
        if (looked === count || done >= wanted) return { drivers, othersDs }
        const course = courses[order[looked++]! % width]!
        const insertion = bestInsertion(course, request, travel)
        if (!insertion || insertion.costDs >= mostCostDs) continue
        fits.set(course.vehicle.id, insertion)
        drivers.push({ id: course.vehicle.id, costDs: insertion.costDs })
        let at = costs.length
        for (costs.push(0); at > 0 && costs[at - 1]! > insertion.costDs; at--) costs[at] = costs[at - 1]!
        costs[at] = insertion.costDs
      }
    },
    insertionOf: car => fits.get(car),
    mayFit: () => looked < count || fits.size > 0,
  }
}
