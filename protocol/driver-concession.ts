import { setTrip } from './driver-money.ts'
import { filing } from './driver-shift.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from './driver-state.ts'
import { NO_PROOF } from './record.ts'
import { NO_CONCESSION } from './rider-offer.ts'
import type { Step } from './rider-state.ts'

type Result = Step<DriverState, DriverEffect>

/** Whether the trip waits for a concession to be shown: nothing is held before. */
export const isAwaited = ({ phase, concession }: DriverTrip): boolean =>
  phase === 'selected' && concession?.proof === NO_PROOF

/** The rider shows what the fare of the terms is reduced by: it is looked at before any money is held. */
export function takeConcession(state: DriverState, trip: DriverTrip, bytes: Uint8Array): Result {
  const { tag, digest, concession } = trip
  if (!concession || !isAwaited(trip)) return { state, effects: [] }
  return { state, effects: [{ type: 'checkConcession', tag, trip: digest, id: concession.id, bytes }] }
}

/** What was shown holds, and the money is held; or it does not, and the driver is free again. */
export function concessionChecked(
  state: DriverState,
  trip: DriverTrip,
  { trip: digest, proof }: Extract<DriverEvent, { type: 'concessionChecked' }>,
): Result {
  if (digest !== trip.digest || !trip.concession || !isAwaited(trip)) return { state, effects: [] }
  if (proof === null) return refuseConcession(state, trip)
  const { terms, signature, tag } = trip
  return setTrip(state, { concession: { ...trip.concession, proof } }, [
    { type: 'holdTx', terms, signature, tag },
  ])
}

/** Nothing is held at a reduced fare that nobody has proven. */
export const refuseConcession = (state: DriverState, trip: DriverTrip): Result => ({
  state: { ...state, trip: null, notice: 'concessionRefused' },
  effects: [
    { type: 'send', tag: trip.tag, message: { name: 'decline', body: { reason: NO_CONCESSION } } },
    { type: 'notice', notice: 'concessionRefused' },
    ...filing(trip),
  ],
})
