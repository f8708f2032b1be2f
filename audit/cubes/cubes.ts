import { cellToParent } from 'h3-js'
import type { PlacedTrip } from './cube-trip.ts'

/** Names of the open figures. */
export type CubeName = 'flows' | 'hours' | 'fares'

/** What one of the open figures shows, from the finest level to the coarsest. */
export interface CubeShape {
  readonly name: CubeName
  /** Columns of the key, `|` between them. */
  readonly columns: readonly string[]
  /** What stands in the columns, by level. */
  readonly levels: readonly ((trip: PlacedTrip) => string)[]
  /** Trips of one rider that count, at most. */
  readonly bound: number
  /** Whether money and waiting are told besides the number of trips. */
  readonly sums: boolean
}

const HOUR_MS = 3_600_000
/** Hours since 1970-01-01, a Thursday, local; Monday 0 h is 0 of the week. */
const hourOfWeek = (trip: PlacedTrip, offsetMin: number): number =>
  (Math.floor((trip.atMs + offsetMin * 60_000) / HOUR_MS) + 3 * 24) % 168
const dayPart = (hour: number): string =>
  `${hour >= 120 ? 'weekend' : 'weekday'} ${Math.floor((hour % 24) / 4) * 4}h`

const flow = (res: number) => (trip: PlacedTrip) =>
  `${cellToParent(trip.pickupCell, res)}|${cellToParent(trip.destCell, res)}`

/** Where people go: pairs of cells. One for a month. */
export const FLOWS: CubeShape = {
  name: 'flows',
  columns: ['pickup_cell', 'dropoff_cell'],
  levels: [7, 6, 5, 4].map(flow),
  bound: 4,
  sums: false,
}

/** When people set out: cells and hours of the week of a place `offsetMin` east of UTC. One for a month. */
export const hours = (offsetMin: number): CubeShape => {
  const at = (res: number, when: (hour: number) => string) => (trip: PlacedTrip) =>
    `${cellToParent(trip.pickupCell, res)}|${when(hourOfWeek(trip, offsetMin))}`
  return {
    name: 'hours',
    columns: ['pickup_cell', 'hour_of_week'],
    levels: [at(7, String), at(7, dayPart), at(6, dayPart), at(5, dayPart), at(5, () => 'all')],
    bound: 4,
    sums: false,
  }
}

/** What rides cost and how long people wait, by area. One for a week. */
export const FARES: CubeShape = {
  name: 'fares',
  columns: ['pickup_cell'],
  levels: [6, 5, 4].map(res => (trip: PlacedTrip) => cellToParent(trip.pickupCell, res)),
  bound: 2,
  sums: true,
}
