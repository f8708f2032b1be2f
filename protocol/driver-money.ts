import type { DriverEffect, DriverState, DriverTrip } from './driver-state.ts'
import type { Step } from './rider-state.ts'
import { MONEY } from './trip.ts'

/** The shift with its trip changed in the named fields. */
export function setTrip(
  state: DriverState,
  change: Partial<DriverTrip>,
  effects: readonly DriverEffect[] = [],
): Step<DriverState, DriverEffect> {
  return state.trip
    ? { state: { ...state, trip: { ...state.trip, ...change } }, effects }
    : { state, effects }
}

/** Settle the newest receipt, whatever it says: the way out that the driver always has. */
export function settleNow(
  state: DriverState,
  trip: DriverTrip,
  nowMs: number,
): Step<DriverState, DriverEffect> {
  if (!trip.receipt || !MONEY.has(trip.phase)) return { state, effects: [] }
  const { receipt, signature } = trip.receipt
  return setTrip(state, { triedAtMs: nowMs }, [{ type: 'settleTx', terms: trip.terms, receipt, signature }])
}

/** After a cancel before the start: take the signed fee, or free the hold when nothing is owed. */
export function freeTrip(
  state: DriverState,
  trip: DriverTrip,
  nowMs: number,
): Step<DriverState, DriverEffect> {
  if (!trip.cancel || trip.startedAtMs || !MONEY.has(trip.phase)) return { state, effects: [] }
  if (trip.receipt && trip.receipt.receipt.fare > 0n) return settleNow(state, trip, nowMs)
  if (trip.cancel.byRider && trip.cancel.fee > 0n) return { state, effects: [] } // the receipt for the fee is on its way
  return setTrip(state, { triedAtMs: nowMs }, [{ type: 'releaseTx', terms: trip.terms }])
}
