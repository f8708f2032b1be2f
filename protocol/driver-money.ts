import type { DriverEffect, DriverState, DriverTrip, SignedReceipt } from './driver-state.ts'
import { receiptTotal } from './quote.ts'
import type { Step } from './rider-state.ts'
import { CASES, MONEY } from './trip.ts'

/**
 * Who stood at the door may be owed a fee, or a ride, by a receipt that is on its way: so long after a cancel he lets
 * nothing go, seconds.
 */
const DOOR_S = 3_600
/** A case is closed so long after its day, seconds: the chain's clock may be behind. */
const SLACK_S = 15

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
  return setTrip(state, { triedAtMs: nowMs }, [settleTx(trip, trip.receipt)])
}

/** Brings a receipt of the trip to the vault. */
export const settleTx = (
  { terms, tag }: DriverTrip,
  { receipt, signature }: SignedReceipt,
): DriverEffect => ({
  type: 'settleTx',
  tag,
  terms,
  receipt,
  signature,
})

/** Claims what the driver has said that he claims. */
export const claimTx = ({ terms, tag, claiming: amount, secret }: DriverTrip): DriverEffect => ({
  type: 'claimTx',
  tag,
  terms,
  amount,
  secret,
})

/** After a cancel before the start: take the signed fee, or free the hold when nothing is owed. */
export function freeTrip(
  state: DriverState,
  trip: DriverTrip,
  nowMs: number,
): Step<DriverState, DriverEffect> {
  if (!trip.cancel || trip.startedAtMs || !MONEY.has(trip.phase)) return { state, effects: [] }
  if (trip.receipt && trip.receipt.receipt.fare > 0n) return settleNow(state, trip, nowMs)
  if (trip.cancel.byRider && trip.cancel.fee > 0n) return { state, effects: [] } // the receipt for the fee is on its way
  return setTrip(state, { triedAtMs: nowMs }, [{ type: 'releaseTx', tag: trip.tag, terms: trip.terms }])
}

/**
 * Settles a receipt that came after the driver had claimed, where it is worth as much: the claim may be contested any
 * moment, and then the receipt counts no more.
 */
export function insteadOfClaim(trip: DriverTrip, nowMs: number): readonly DriverEffect[] {
  const { phase, claiming, receipt } = trip
  if (CASES.has(phase)) return caseEffects(trip, nowMs).filter(({ type }) => type === 'settleTx')
  const isClaimed = claiming > 0n && MONEY.has(phase)
  return isClaimed && receipt && receiptTotal(receipt.receipt) >= claiming ? [settleTx(trip, receipt)] : []
}

/**
 * What ends an open case: the receipt where it is worth as much as the case, else the vault's own close when its day is
 * over. Where nobody rode, the driver lets the rider's money go before that.
 */
export function caseEffects(trip: DriverTrip, nowMs: number): readonly DriverEffect[] {
  const { phase, terms, tag, receipt, startedAtMs, facts } = trip
  const fact = facts.at(-1)?.fact
  if (!CASES.has(phase) || !fact || !('deadlineS' in fact)) return []
  if (receipt && fact.fact !== 'contested') {
    const worth = fact.fact === 'claimed' ? fact.amount : fact.fee
    const signed = receiptTotal(receipt.receipt)
    if (signed > 0n && signed >= worth) return [settleTx(trip, receipt)]
  }
  const mayBeOwed = wasAtTheDoor(trip) && nowMs < (fact.timestampS + DOOR_S) * 1000
  const isWaived = fact.fact === 'cancelled' && !startedAtMs && !mayBeOwed
  const isDue = nowMs > (fact.deadlineS + SLACK_S) * 1000
  return isWaived || isDue ? [{ type: 'finalizeTx', tag, terms }] : []
}

/** A PIN may be typed by who never said that he had arrived. */
const wasAtTheDoor = ({ arrivedAtMs, pinSent }: DriverTrip): boolean => arrivedAtMs !== 0 || pinSent !== ''
