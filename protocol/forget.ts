import type { DriverTrip } from './driver-state.ts'
import { NO_TRACE } from './trace-book.ts'
import { ENDED } from './trip.ts'

/** A driver keeps where somebody was picked up and brought for so long after the trip: to find a lost bag. Days. */
const PLACES_DAYS = 7

/** The driver's trip without place, name and word of the rider once it has been over for a week; the same before that. */
export function forgetPlaces(trip: DriverTrip, nowMs: number): DriverTrip {
  const lastMs = trip.facts.reduce((latest, { fact }) => Math.max(latest, fact.timestampS * 1000), 0)
  const overMs = nowMs - Math.max(lastMs, trip.selectedAtMs, trip.finishedAtMs)
  if (!ENDED.has(trip.phase) || overMs < PLACES_DAYS * 86_400_000) return trip
  if (!trip.pickup && !trip.dest && !trip.here && trip.chat.length === 0) return trip
  const receipt = trip.receipt && { ...trip.receipt, record: new Uint8Array(0) }
  const gone = { pickup: null, dest: null, here: null, change: null, chat: [], pinSent: '' }
  return { ...trip, ...gone, receipt, trace: NO_TRACE }
}
