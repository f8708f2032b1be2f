import type { Journey, LineLeg } from './journey.ts'
import type { Steps } from './query.ts'

/** One end of a trip: where the rider is, or wants to go. */
export type End = 'origin' | 'goal'

/** A walk. */
export interface Walk {
  readonly seconds: number
  readonly metres: number
}

/** A ride by car: `etaS` until a car can be where it begins, `money` its price in minor units. */
export interface Ride {
  readonly seconds: number
  readonly etaS: number
  readonly money: number
}

/** What the planner asks for and does not know itself; null where there is no way, or none is wanted. */
export interface DoorWays {
  /** Between a door and a stop of the timetable, or from door to door. */
  walk(end: End, stop: number): Walk | null
  ride(end: End, stop: number): Ride | null
  walkThrough(): Walk | null
  rideThrough(): Ride | null
  /** What the lines of a journey cost together, transfer discounts and all, in minor units. */
  fare(lines: readonly LineLeg[]): number
}

/** From when, and how; seconds are of the searcher's day. */
export interface DoorRequest {
  readonly nowS: number
  readonly departS: number
  readonly windowS: number
  /** Stops to walk to and from, and to ride to and from (`nearStops`). */
  readonly walkStops: Readonly<Record<End, readonly number[]>>
  readonly rideStops: Readonly<Record<End, readonly number[]>>
  /** The car is this long at the stop before the line leaves. */
  readonly bufferS: number
  /** From the vehicle's arrival to the car that waits. */
  readonly alightS: number
  readonly walk: Steps
  readonly money: Steps
  readonly maxRides?: number
  readonly changeS?: number
}

/** Which of walking, lines and rides a plan is made of. */
export type DoorKind = 'walk' | 'ride' | 'transit' | 'first-mile' | 'last-mile' | 'both-miles'

/** When and where a car is wanted: `stop` null from door to door. It is at the pickup at `pickupS`, the latest time. */
export interface Dispatch {
  readonly end: End | 'through'
  readonly stop: number | null
  readonly pickupS: number
  readonly dropoffS: number
  readonly money: number
}

/** A way from door to door with one price: `total` is fares and rides. */
export interface DoorPlan {
  readonly kind: DoorKind
  readonly departS: number
  readonly arriveS: number
  readonly lines: number
  readonly walkM: number
  readonly fares: number
  readonly rides: number
  readonly total: number
  readonly dispatch: readonly Dispatch[]
  readonly journey: Journey | null
}
