import type { DriverTrip } from './driver-state.ts'
import { toHex } from './hex.ts'
import { tripRecord } from './record.ts'
import { canBeTrue, type Said } from './record-said.ts'
import type { TripRecord } from './record-table.ts'
import type { Tariff } from './tariff.ts'
import type { Receipt } from './terms.ts'
import { traceHead } from './trace.ts'

/** The record that the driver would file for a receipt, with the rider's word where it can be true; null where not. */
export function driverRecord(
  trip: DriverTrip,
  receipt: Omit<Receipt, 'record'>,
  said: Said,
  tariff: Tariff,
  nowMs: number,
): TripRecord | null {
  const { pickup, dest, place, trace, terms, agreed, asked, offered, driverKey } = trip
  if (!pickup || !dest || !canBeTrue(said, { ...trip, segments: trace.segments.length }, nowMs)) return null
  const segments = trace.segments.slice(0, said.segments)
  const known = {
    terms,
    tariff,
    agreed,
    pickup: [pickup.lngE7 / 1e7, pickup.latE7 / 1e7] as const,
    dest: dest.at,
    salt: toHex(pickup.salt),
    times: said.times,
    asked,
    car: offered,
    place: said.placed ? place : null,
    way: { driverKey, segments, head: traceHead(trip.digest, segments) },
  }
  return tripRecord(known, receipt)
}
