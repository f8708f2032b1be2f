import { readFileSync } from 'node:fs'
import type { PlanProblem, PlanRequest, PlanVehicle } from '@hexhail/matcher/plan/problem.ts'

/** Whole units of a benchmark's unit of time and length: its distances are square roots, ours are whole. */
export const UNITS = 100_000

/** A benchmark instance as a problem, in `UNITS`. */
export interface Instance {
  readonly name: string
  readonly problem: PlanProblem
}

const rowsOf = (file: string): number[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))

const units = (value: number): number => Math.round(value * UNITS)

function travelOf(points: readonly (readonly number[])[]): Int32Array {
  const travel = new Int32Array(points.length ** 2)
  points.forEach((a, i) => {
    points.forEach((b, j) => {
      travel[i * points.length + j] = units(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!))
    })
  })
  return travel
}

/** Rows of a stop: place in the list, service, window. */
interface Stop {
  readonly place: number
  readonly serviceS: number
  readonly window: { readonly fromS: number; readonly untilS: number }
}

function requestOf(id: string, pickup: Stop, dropoff: Stop, seats: number, mostRideS: number): PlanRequest {
  return {
    id,
    pickup: pickup.place,
    dropoff: dropoff.place,
    pickupWindow: pickup.window,
    dropoffWindow: dropoff.window,
    pickupServiceS: pickup.serviceS,
    dropoffServiceS: dropoff.serviceS,
    seats,
    wheelchairs: 0,
    mostRideS,
  }
}

/** Cordeau (2006) and Cordeau and Laporte (2003): vehicles, stops, duty, seats, ride time; then a row a stop. */
export function readCordeau(name: string, file: string): Instance {
  const [[vehicles, , duty, seats, ride] = [], ...rows] = rowsOf(file)
  // Some files end with the depot once more.
  const stops = rows.length % 2 === 0 ? rows.slice(0, -1) : rows
  const n = (stops.length - 1) / 2
  const stopOf = (place: number): Stop => {
    const [, , , service, , from, until] = stops[place]!
    return { place, serviceS: units(service!), window: { fromS: units(from!), untilS: units(until!) } }
  }
  const depot = stopOf(0)
  const requests = Array.from({ length: n }, (_, r) =>
    requestOf(`${r + 1}`, stopOf(r + 1), stopOf(n + r + 1), stops[r + 1]![4]!, units(ride!)),
  )
  return {
    name,
    problem: problemOf(
      'least-driving',
      stops.map(row => row.slice(1, 3)),
      requests,
      {
        count: vehicles!,
        seats: seats!,
        shift: depot.window,
        mostDutyS: units(duty!),
      },
    ),
  }
}

/** Li and Lim (2001): vehicles, capacity; then a row a stop with the rows of its pickup and its drop-off. */
export function readLiLim(name: string, file: string, count: number): Instance {
  const [[, capacity] = [], ...stops] = rowsOf(file)
  const stopOf = (place: number): Stop => {
    const [, , , , from, until, service] = stops[place]!
    return { place, serviceS: units(service!), window: { fromS: units(from!), untilS: units(until!) } }
  }
  const depot = stopOf(0)
  const requests = stops
    .filter(row => row[8]! > 0)
    .map(row => requestOf(`${row[0]}`, stopOf(row[0]!), stopOf(row[8]!), row[3]!, units(2 * stops[0]![5]!)))
  return {
    name,
    problem: problemOf(
      'fewest-vehicles',
      stops.map(row => row.slice(1, 3)),
      requests,
      {
        count,
        seats: capacity!,
        shift: depot.window,
        mostDutyS: 2 * depot.window.untilS,
      },
    ),
  }
}

interface Fleet extends Pick<PlanVehicle, 'seats' | 'shift' | 'mostDutyS'> {
  readonly count: number
}

function problemOf(
  goal: PlanProblem['goal'],
  points: readonly (readonly number[])[],
  requests: readonly PlanRequest[],
  { count, ...vehicle }: Fleet,
): PlanProblem {
  return {
    goal,
    nowS: vehicle.shift.fromS,
    places: points.length,
    travelS: travelOf(points),
    vehicles: Array.from({ length: count }, (_, v) => ({
      id: `v${v}`,
      ...vehicle,
      wheelchairs: 0,
      start: 0,
      end: 0,
    })),
    requests,
  }
}
