import { awayTick, putAway, tripsOf } from './driver-away.ts'
import { onBooked } from './driver-booked.ts'
import { isAwaited } from './driver-concession.ts'
import { lapseCommit } from './driver-epoch.ts'
import { handTick } from './driver-hand-over.ts'
import { caseEffects, claimTx, freeTrip, setTrip, settleNow } from './driver-money.ts'
import { filing } from './driver-shift.ts'
import type { DriverEffect, DriverState, DriverTrip } from './driver-state.ts'
import { fareAtEnd } from './ride-fare.ts'
import type { Step, TripRules } from './rider-state.ts'
import { CASES, DEADLINE_S, ENDED, MONEY } from './trip.ts'
import { tariffOf } from './trip-tariff.ts'

/** After the end the driver waits this long for a tip before he settles, seconds. */
const TIP_S = 20
/** A transaction that was not seen is sent again after this, seconds. */
const RETRY_S = 15
/** A case that was not seen to close is closed again after this, seconds. */
const CASE_S = 60
/** The hold of a ride under way that a reorganisation took may be mined anew until so long after `acceptBy`, seconds. */
const LOST_S = 300

type Result = Step<DriverState, DriverEffect>

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** The passing of time on a shift: offers lapse, owed money is asked for again. */
export function driverTick(state: DriverState, nowMs: number, rules: TripRules): Result {
  const cards = state.cards.filter(c => c.expiresAtMs > nowMs)
  const kept = tripsOf(state)
  const gone = state.offers.filter(o => o.expiresAtMs <= nowMs && kept.every(trip => trip.tag !== o.tag))
  const rest = {
    ...state,
    cards,
    offers: gone.length ? state.offers.filter(o => !gone.includes(o)) : state.offers,
  }
  const drops = gone.map(o => ({ type: 'drop' as const, tag: o.tag }))
  const lean = cards.length === state.cards.length && !gone.length ? state : rest
  let after = lean
  const effects: DriverEffect[] = [...drops]
  const take = (result: Result) => {
    after = result.state
    effects.push(...result.effects)
  }
  take(lapseCommit(after, nowMs))
  for (const trip of lean.booked) take(onBooked(after, trip, alone => tripTick(alone, trip, nowMs, rules)))
  if (after.trip) take(tripTick(after, after.trip, nowMs, rules))
  take(awayTick(after, nowMs))
  return step(after, effects)
}

function tripTick(state: DriverState, trip: DriverTrip, nowMs: number, rules: TripRules): Result {
  const again = nowMs - trip.triedAtMs > RETRY_S * 1000
  if (trip.phase === 'selected') return waitForHold(state, trip, nowMs, again)
  if (CASES.has(trip.phase)) {
    const ends = nowMs - trip.triedAtMs > CASE_S * 1000 ? caseEffects(trip, nowMs) : []
    return ends.length ? setTrip(state, { triedAtMs: nowMs }, ends) : step(state)
  }
  if (trip.handing && trip.phase === 'held' && !trip.cancel) return handTick(state, trip, nowMs)
  if (trip.cancel && MONEY.has(trip.phase) && again) return freeTrip(state, trip, nowMs)
  if (trip.phase === 'finished') {
    const due = fareAtEnd(tariffOf(rules, trip.byDocument, trip.concession), trip, trip.early)
    const paid = trip.receipt !== null && trip.receipt.receipt.fare >= due
    const tipped = (trip.receipt?.receipt.tip ?? 0n) > 0n
    if (paid && (tipped || nowMs - trip.finishedAtMs > TIP_S * 1000) && again)
      return settleNow(state, trip, nowMs)
    if (
      !paid &&
      nowMs - trip.finishedAtMs > DEADLINE_S.finalReceipt * 1000 &&
      trip.notice !== 'riderSilent'
    ) {
      return setTrip(state, { notice: 'riderSilent' }, [{ type: 'notice', notice: 'riderSilent' }])
    }
  }
  if (trip.phase === 'arrived' && nowMs / 1000 > trip.terms.details.pickupBy && trip.notice === null) {
    return setTrip(state, { notice: 'noShowOpen' }, [{ type: 'notice', notice: 'noShowOpen' }])
  }
  if (trip.claiming > 0n && MONEY.has(trip.phase) && again && nowMs <= trip.terms.details.expiry * 1000)
    return setTrip(state, { triedAtMs: nowMs }, [claimTx(trip)])
  const left = ENDED.has(trip.phase) && again ? filing(trip) : []
  if (left.length) return setTrip(state, { triedAtMs: nowMs }, left)
  return step(state)
}

/** A hold that is not seen: sent again where that failed, until it can come into no block any more. */
function waitForHold(state: DriverState, trip: DriverTrip, nowMs: number, again: boolean): Result {
  const { terms, signature, tag, secret, triedAtMs, cancel } = trip
  const untilS = terms.acceptBy + (secret ? LOST_S : 5)
  if (nowMs > untilS * 1000) return step({ ...putAway(state, trip), notice: 'holdFailed' })
  if (triedAtMs === 0 || !again || cancel || isAwaited(trip) || nowMs > terms.acceptBy * 1000)
    return step(state)
  return setTrip(state, { triedAtMs: nowMs }, [{ type: 'holdTx', terms, signature, tag }])
}
