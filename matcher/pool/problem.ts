/**
 * Shared rides of now: riders who ask are put into the schedules of cars that are already on their way. All times are whole
 * tenths of a second (`Ds`) on one clock of the caller's. Source: reference/matching.md 1 and 4.
 */

/** A rider, or a party who go together, who may share a car. Places are numbers of rows of the travel times. */
export interface PoolRequest {
  readonly id: string
  readonly origin: number
  readonly destination: number
  readonly seats: number
  readonly askedDs: number
  /** Boarding begins no later. */
  readonly latestPickupDs: number
  /** Alighting begins no later. */
  readonly latestDropoffDs: number
  /** The longest that the rider may be under way, from the end of boarding to the beginning of alighting. */
  readonly mostRideDs: number
}

/** Whom a car takes up or sets down. */
export interface PoolStop {
  readonly request: PoolRequest
  readonly kind: 'pickup' | 'dropoff'
}

/** A rider in the car. */
export interface PoolRider {
  readonly request: PoolRequest
  /** When boarding had ended. */
  readonly leftDs: number
}

/** A car as it is now. */
export interface PoolVehicle {
  readonly id: string
  readonly seats: number
  /** The next place that it comes to, and when: from there on it may go elsewhere. */
  readonly place: number
  readonly atDs: number
  readonly onBoard: readonly PoolRider[]
  /** In order; each rider on board is set down, each one picked up too. */
  readonly stops: readonly PoolStop[]
}

/** How long driving takes. */
export interface PoolTravel {
  readonly places: number
  /** From a to b at `a * places + b`: shortest times, so that no way round is shorter than the way. */
  readonly ds: ArrayLike<number>
  /** The same turned: from a to b at `b * places + a`. A rider's own row is then all that a look at many cars reads. */
  readonly turnedDs: ArrayLike<number>
  /** What boarding or alighting takes. */
  readonly stopDs: number
}

/** Travel times with their turned copy. */
export function poolTravel(places: number, ds: ArrayLike<number>, stopDs: number): PoolTravel {
  const turnedDs = new Int32Array(places * places)
  for (let a = 0; a < places; a++)
    for (let b = 0; b < places; b++) turnedDs[b * places + a] = ds[a * places + b]!
  return { places, ds, turnedDs, stopDs }
}

/** Where a stop is. */
export const placeOf = ({ request, kind }: PoolStop): number =>
  kind === 'pickup' ? request.origin : request.destination

/** The ride alone, without any wait. */
export const directDs = ({ places, ds }: PoolTravel, { origin, destination }: PoolRequest): number =>
  ds[origin * places + destination]!
