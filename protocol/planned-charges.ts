import type { MeterLine } from './tariff-meter.ts'
import { rideCharges } from './trip-charges.ts'
import type { TripTariff } from './trip-tariff.ts'

/** A ride that is planned, as its charges look at it. */
export interface PlannedRide {
  /** The way in cells; none: not known. */
  readonly path: readonly string[]
  readonly beginsAtMs: number
  /** Place in `PROPULSIONS`; 0 = not known. */
  readonly propulsion: number
  readonly fare: bigint
}

/** Zones, tolls and levies on top of a fare if the ride goes as planned; none without the document. */
export function plannedCharges({ by }: TripTariff, ride: PlannedRide): MeterLine[] {
  if (by === null) return []
  const { path, beginsAtMs, propulsion, fare } = ride
  const startedAtS = Math.floor(beginsAtMs / 1_000)
  return rideCharges(by, { path, startedAtS, propulsion, fare, room: NO_BOUND, isOver: true })
}

const NO_BOUND = 2n ** 96n
