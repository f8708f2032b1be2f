import type { DriverTrip } from './driver-state.ts'
import { toHex } from './hex.ts'
import { type RecordInput, tripRecord } from './record.ts'
import { canBeTrue, type Said } from './record-said.ts'
import type { TripRecord } from './record-table.ts'
import type { TripRules } from './rider-state.ts'
import type { Receipt } from './terms.ts'
import { traceHead } from './trace.ts'
import { tariffOf } from './trip-tariff.ts'

/** The record that the driver would file for a receipt, with the rider's word where it can be true; null where not. */
export function driverRecord(
  trip: DriverTrip,
  receipt: Omit<Receipt, 'record'>,
  said: Said,
  rules: TripRules,
  nowMs: number,
): TripRecord | null {
  const { pickup, dest, place, trace, terms, agreed, asked, offered, driverKey } = trip
  if (!pickup || !dest || !canBeTrue(said, { ...trip, segments: trace.segments.length }, nowMs)) return null
  const segments = trace.segments.slice(0, said.segments)
  const known: RecordInput = {
    terms,
    tariff: rules.tariff,
    by: tariffOf(rules, trip.byDocument).by,
    timeScale: rules.timeScale,
    concession: trip.concession ?? null,
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
