import { ownMove, unpackMoves } from './commit.ts'
import { putAway } from './driver-away.ts'
import { setTrip } from './driver-money.ts'
import type { DriverEffect, DriverState, DriverTrip } from './driver-state.ts'
import type { ValueOf } from './fields.ts'
import { toHex } from './hex.ts'
import type { YIELD } from './messages.ts'
import { peerName } from './peer-name.ts'
import type { Step } from './rider-state.ts'
import { SHARES } from './sharing.ts'
import { bodyTerms } from './terms-body.ts'

type Result = Step<DriverState, DriverEffect>

/** Who is nearer than this keeps his rider: he may be in sight. Seconds. */
const NEAR_S = 60
/** A handover that was not seen is sent again after this, seconds. */
const RETRY_S = 15
/** The chain's clock may be behind by this much, seconds. */
const SLACK_S = 5

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** Whether a driver's own commit takes the ride over from another. */
export const takesOver = ({ commit }: DriverTrip): boolean =>
  commit ? (ownMove(commit)?.from ?? null) !== null : false

/**
 * The rider asks for the hold to be handed over. The driver does so where both had the ride from an epoch, the other has
 * promised, under his own signature (checked before), to be there sooner, and the terms are of the next number in the lane: then the vault
 * holds for one of the two at any moment.
 */
export function takeYield(
  state: DriverState,
  trip: DriverTrip,
  body: ValueOf<typeof YIELD>,
  nowMs: number,
): Result {
  const { commit, terms, handing, here, cancel } = trip
  if (!commit || handing || cancel || trip.phase !== 'held' || trip.pickupAtMs !== 0) return step(state)
  if (state.booked.some(({ pickupAtMs }) => pickupAtMs === 0) || (trip.asked.needs & SHARES) !== 0)
    return step(state)
  if (here !== null && (here.etaS < NEAR_S || body.promiseMs >= nowMs + 1000 * here.etaS)) return step(state)
  const to = peerName(body.key)
  const moves = unpackMoves(body.moves)
  const isMine = moves.some(
    move => move.request === commit.request && move.from === commit.driver && move.to === to,
  )
  if (!isMine || body.promiseMs >= commit.promiseMs) return step(state)
  const next = bodyTerms(body)
  const isNext =
    next.rider.toLowerCase() === terms.rider.toLowerCase() &&
    next.lane === terms.lane &&
    next.seq === terms.seq + 1n &&
    next.driver.toLowerCase() !== terms.driver.toLowerCase() &&
    next.acceptBy * 1000 > nowMs
  if (!isNext) return step(state)
  const signature = toHex(body.signature)
  return setTrip(state, { handing: { terms: next, signature }, triedAtMs: nowMs }, [
    { type: 'handOverTx', tag: trip.tag, terms, next, signature },
  ])
}

/** Sends a handover that is not seen again, while it can come into a block; after that the rider stays his. */
export function handTick(state: DriverState, trip: DriverTrip, nowMs: number): Result {
  const { handing, triedAtMs } = trip
  if (!handing || trip.phase !== 'held') return step(state)
  if (nowMs > (handing.terms.acceptBy + SLACK_S) * 1000) return setTrip(state, { handing: null })
  const isDue = nowMs - triedAtMs > RETRY_S * 1000
  return isDue ? setTrip(state, { triedAtMs: nowMs }, handOver(trip)) : step(state)
}

/** The transaction, if the rider is being handed over. */
export const handOver = ({ tag, terms, handing }: DriverTrip): DriverEffect[] =>
  handing ? [{ type: 'handOverTx', tag, terms, next: handing.terms, signature: handing.signature }] : []

/** The rider stays with the driver whom he has: who was to take over is free. */
export const notTakenOver = (state: DriverState, trip: DriverTrip): DriverState => ({
  ...putAway(state, trip),
  notice: 'taken',
})
