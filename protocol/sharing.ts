import type { DriverState, DriverTrip } from './driver-state.ts'
import type { Request } from './messages.ts'
import type { TripState } from './trip.ts'

/** Bit of `REQUEST.needs`: the rider may share the car. No need of his: a car that carries him alone does as well. */
export const SHARES = 16

/** What a rider needs of the car. */
export const needed = (needs: number): number => needs & ~SHARES

/** What a rider who shares the car is told: how many others there are, and what his ride costs now, minor units. */
export interface Shared {
  readonly others: number
  readonly fare: bigint
}

/** From the hold on, as long as the car is on its way. */
const ON_THE_WAY: ReadonlySet<TripState> = new Set<TripState>(['held', 'arrived', 'riding', 'stopped'])

/** A trip beside the one under way, of a rider in the same car. */
export const isBeside = ({ pickupAtMs }: DriverTrip): boolean => pickupAtMs === 0

const UNDER_WAY: ReadonlySet<TripState> = new Set<TripState>([...ON_THE_WAY, 'changed'])

/** The rides of now that the car is on its way for: to fetch the rider, or with him. Two at most, and by when they were chosen. */
export const carRides = ({ trip, booked }: Pick<DriverState, 'trip' | 'booked'>): DriverTrip[] =>
  [...(trip ? [trip] : []), ...booked.filter(isBeside)]
    .filter(ride => UNDER_WAY.has(ride.phase) && ride.pickup !== null && ride.cancel === null)
    .toSorted((a, b) => a.selectedAtMs - b.selectedAtMs)

/** Whether a driver on a trip may hear riders who would share the car with it: one more at a time, both of now. */
export const isShareable = ({ trip, booked }: DriverState): boolean =>
  trip !== null &&
  trip.pickupAtMs === 0 &&
  ON_THE_WAY.has(trip.phase) &&
  (trip.asked.needs & SHARES) !== 0 &&
  trip.concession === null &&
  !booked.some(isBeside)

/** Whether a driver may take this rider: he is free, or both riders share and there are seats for both. */
export function mayTake(state: DriverState, request: Request): boolean {
  const { trip, car } = state
  if (trip === null) return true
  const seats = trip.asked.passengers + request.seats
  return (
    isShareable(state) && request.pickupAtMs === 0 && (request.needs & SHARES) !== 0 && seats <= car.seats
  )
}
