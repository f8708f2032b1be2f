import { onBooked } from './driver-booked.ts'
import { lapseCommit } from './driver-epoch.ts'
import { freeTrip, setTrip, settleNow } from './driver-money.ts'
import { filing } from './driver-shift.ts'
import type { DriverEffect, DriverState, DriverTrip } from './driver-state.ts'
import { fareAtEnd } from './ride-fare.ts'
import type { Step, TripRules } from './rider-state.ts'
import { DEADLINE_S, ENDED, MONEY } from './trip.ts'
import { tariffOf } from './trip-tariff.ts'

/** After the end the driver waits this long for a tip before he settles, seconds. */
const TIP_S = 20
/** A transaction that was not seen is sent again after this, seconds. */
const RETRY_S = 15

type Result = Step<DriverState, DriverEffect>

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** The passing of time on a shift: offers lapse, owed money is asked for again. */
export function driverTick(state: DriverState, nowMs: number, rules: TripRules): Result {
  const cards = state.cards.filter(c => c.expiresAtMs > nowMs)
  const gone = state.offers.filter(o => o.expiresAtMs <= nowMs && o.tag !== state.trip?.tag)
  const kept = {
    ...state,
    cards,
    offers: gone.length ? state.offers.filter(o => !gone.includes(o)) : state.offers,
  }
  const drops = gone.map(o => ({ type: 'drop' as const, tag: o.tag }))
  const lean = cards.length === state.cards.length && !gone.length ? state : kept
  let after = lean
  const effects: DriverEffect[] = [...drops]
  const take = (result: Result) => {
    after = result.state
    effects.push(...result.effects)
  }
  take(lapseCommit(after, nowMs))
  for (const trip of lean.booked) take(onBooked(after, trip, alone => tripTick(alone, trip, nowMs, rules)))
  if (after.trip) take(tripTick(after, after.trip, nowMs, rules))
  return step(after, effects)
}

function tripTick(state: DriverState, trip: DriverTrip, nowMs: number, rules: TripRules): Result {
  // A ride under way whose hold a reorganisation took waits for it to be mined anew.
  if (trip.phase === 'selected' && !trip.secret && nowMs > (trip.terms.acceptBy + 5) * 1000)
    return step({ ...state, trip: null, notice: 'holdFailed' }, filing(trip))
  const again = nowMs - trip.triedAtMs > RETRY_S * 1000
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
  const left = ENDED.has(trip.phase) && again ? filing(trip) : []
  if (left.length) return setTrip(state, { triedAtMs: nowMs }, left)
  return step(state)
}
