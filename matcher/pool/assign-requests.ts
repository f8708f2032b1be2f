import { accept, type Verdict } from '@hexhail/protocol/verdict.ts'
import type { ProblemFault } from '../assign/canonical.ts'
import { solveFull } from '../assign/solve-full.ts'
import { type Course, courseOf } from './course.ts'
import { inserted } from './insertion.ts'
import { carRows, type NearCars, nearCars } from './near-cars.ts'
import type { PoolRequest, PoolTravel } from './problem.ts'

/** What one epoch begins with. Ids of cars, and of requests, are each there once. */
export interface PoolEpoch {
  /** Number of the epoch: ties are decided anew in each one. */
  readonly epoch: number
  readonly courses: readonly Course[]
  /** Asked for by now: no car is free before any of them was asked for. */
  readonly requests: readonly PoolRequest[]
  readonly travel: PoolTravel
  /** A request that would add this much to the delays of all, or more, waits for the next epoch. */
  readonly mostCostDs: number
}

/** Who was given a place in a car. */
export interface PoolMatch {
  readonly request: string
  readonly vehicle: string
  readonly costDs: number
}

/** What an epoch ends with: courses in the order in which they were given, with all who got a place in them. */
export interface PoolOutcome {
  readonly courses: readonly Course[]
  readonly matches: readonly PoolMatch[]
  readonly left: readonly PoolRequest[]
}

/**
 * Gives riders places in cars: rounds of the exact assignment of all who wait to all cars by what their insertion costs,
 * one rider a car in each round, until a round finds no place any more. So riders of one epoch may share a car too.
 * The same on every machine.
 */
export function assignRequests(given: PoolEpoch): Verdict<PoolOutcome, ProblemFault> {
  const courses = [...given.courses]
  const at = new Map(courses.map(({ vehicle }, c) => [vehicle.id, c]))
  const matches: PoolMatch[] = []
  const out: PoolRequest[] = []
  let left = given.requests
  while (left.length > 0) {
    const rows = carRows(courses)
    const carsOf = (request: PoolRequest): NearCars =>
      nearCars(request, courses, rows, given.travel, given.mostCostDs)
    const cars = new Map(left.map(request => [request.id, carsOf(request)]))
    const agents = {
      epoch: given.epoch,
      riders: left.map(({ id }) => ({ id, patienceDs: given.mostCostDs })),
      drivers: courses.map(({ vehicle }) => vehicle.id),
    }
    const solved = solveFull(agents, (rider, count) => cars.get(rider)!.near(count), FIRST)
    if (solved.verdict !== 'accept') return solved
    const { problem, assignment } = solved.value
    const taken = new Map<string, string>()
    assignment.driverOf.forEach((d, r) => {
      if (d !== -1) taken.set(problem.riders[r]!, problem.drivers[d]!)
    })
    const again: PoolRequest[] = []
    for (const request of left) {
      const vehicle = taken.get(request.id)
      const near = cars.get(request.id)!
      if (vehicle === undefined) {
        const list = near.mayFit() ? again : out
        list.push(request)
        continue
      }
      const insertion = near.insertionOf(vehicle)!
      const c = at.get(vehicle)!
      courses[c] = courseOf(inserted(courses[c]!.vehicle, request, insertion), given.travel)
      matches.push({ request: request.id, vehicle, costDs: insertion.costDs })
    }
    left = taken.size > 0 ? again : []
    if (taken.size === 0) out.push(...again)
  }
  return accept({ courses, matches, left: out })
}

/** Cars that a rider is told at first: more are looked into where riders compete. */
const FIRST = 4
