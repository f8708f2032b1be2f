import { fits } from './driver-booked.ts'
import { caseEffects, claimTx, settleTx } from './driver-money.ts'
import { filing } from './driver-shift.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from './driver-state.ts'
import { isAhead } from './later.ts'
import type { Step } from './rider-state.ts'
import type { Hex } from './terms.ts'
import { NO_TRACE } from './trace-book.ts'
import { CASES, ENDED } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

/** An ended trip is watched so long after its last fact: a reorganisation may take that back. Ms. */
const WATCHED_MS = 86_400_000
/** A hold that nobody has seen may be told of so long after `acceptBy`: the node of the chain may have been away. Ms. */
const UNSEEN_MS = 3_600_000
/** Ended trips that are watched at a time. */
const MOST_ENDED = 12
/** The chain is asked again after this, ms. */
const AGAIN_MS = 60_000
/** The chain's clock may be behind by this much, seconds. */
const SLACK_S = 15
/** Why a driver gives back what was held after he had gone on: as when he cannot come. */
const NOT_COMING = 3

/**
 * Lets go of the trip under way: the driver is free, and what the chain says of it later is still answered. Its hold may
 * have been mined although nobody saw it, its end may be undone, its case comes due.
 */
export function putAway(state: DriverState, trip: DriverTrip): DriverState {
  const away = [...state.away, trip.phase === 'selected' ? trip : withoutPlaces(trip)]
  const ended = away.filter(({ phase }) => ENDED.has(phase))
  const oldest = ended.length > MOST_ENDED ? ended[0] : undefined
  return { ...state, trip: null, away: away.filter(each => each !== oldest) }
}

/** What the chain may still want of a trip: not where it went. */
const withoutPlaces = (trip: DriverTrip): DriverTrip => {
  const bare = { ...trip, pickup: null, dest: null, here: null, change: null, chat: [], pinSent: '' }
  if (!trip.filed) return bare
  return { ...bare, trace: NO_TRACE, receipt: trip.receipt && { ...trip.receipt, record: NO_BYTES } }
}
const NO_BYTES = new Uint8Array(0)

/** All trips of the shift: what the chain says of them concerns the driver. */
export const tripsOf = ({ trip, booked, away }: DriverState): readonly DriverTrip[] => [
  ...(trip ? [trip] : []),
  ...booked,
  ...away,
]

/** Whether the driver wants to know what the chain says of these terms. */
export const concernsDriver = (state: DriverState, terms: Hex): boolean =>
  tripsOf(state).some(({ digest }) => digest === terms)

/**
 * An event about a trip that was put away. A hold that comes after all makes it the trip again where the driver is free
 * for it; else he gives the money back.
 */
export function onAway(
  state: DriverState,
  trip: DriverTrip,
  event: DriverEvent,
  nowMs: number,
  reduce: (state: DriverState) => Result,
): Result {
  const others = state.away.filter(each => each !== trip)
  const isHeld = event.type === 'chain' && event.fact.fact === 'held' && trip.phase === 'selected'
  if (isHeld && !trip.cancel && mayTakeUp(state, trip, nowMs)) {
    const free = { ...state, away: others }
    return reduce(
      isAhead(trip.pickupAtMs, nowMs) ? { ...free, booked: [...free.booked, trip] } : { ...free, trip },
    )
  }
  const isOff = isHeld && !trip.cancel && !trip.startedAtMs
  const off = { fee: 0n, reason: NOT_COMING, byRider: false, atMs: nowMs }
  const { state: after, effects } = reduce({
    ...state,
    trip: isOff ? { ...trip, cancel: off } : trip,
    away: others,
  })
  return {
    state: { ...state, away: after.trip ? [...after.away, after.trip] : after.away },
    effects: effects.filter(({ type }) => type.endsWith('Tx') || type === 'file'),
  }
}

function mayTakeUp(state: DriverState, trip: DriverTrip, nowMs: number): boolean {
  if (isAhead(trip.pickupAtMs, nowMs)) return fits(state, trip.pickupAtMs)
  if (state.trip || !state.online) return false
  return trip.startedAtMs !== 0 || nowMs <= trip.terms.details.lateAt * 1000
}

/** The passing of time on trips that were put away: what the vault owes is asked for again, what is over for good leaves. */
export function awayTick(state: DriverState, nowMs: number): Result {
  const effects: DriverEffect[] = []
  const away = state.away.flatMap(trip => {
    if (isOver(trip, nowMs)) {
      const left: DriverEffect[] = trip.phase === 'selected' ? [{ type: 'drop', tag: trip.tag }] : []
      effects.push(...left, ...filing(trip))
      return []
    }
    const due = nowMs - trip.triedAtMs > AGAIN_MS ? stillDue(trip, nowMs) : []
    effects.push(...due)
    return due.length ? [{ ...trip, triedAtMs: nowMs }] : [trip]
  })
  const isSame = effects.length === 0 && away.length === state.away.length
  return { state: isSame ? state : { ...state, away }, effects }
}

function isOver({ phase, terms, facts }: DriverTrip, nowMs: number): boolean {
  if (phase === 'selected') return nowMs > terms.acceptBy * 1000 + UNSEEN_MS
  const lastS = facts.at(-1)?.fact.timestampS ?? 0
  return ENDED.has(phase) && nowMs > lastS * 1000 + WATCHED_MS
}

/** What the driver asks of the chain where nobody is left to talk to: to be paid, else to give back what is held. */
function stillDue(trip: DriverTrip, nowMs: number): readonly DriverEffect[] {
  const { phase, terms, tag, receipt, cancel, claiming } = trip
  if (phase === 'selected') return []
  if (ENDED.has(phase)) return filing(trip)
  if (CASES.has(phase)) return caseEffects(trip, nowMs)
  if (receipt && receipt.receipt.fare > 0n) return [settleTx(trip, receipt)]
  const isPast = nowMs > (terms.details.expiry + SLACK_S) * 1000
  if (cancel || isPast) return [{ type: 'releaseTx', tag, terms }]
  return claiming > 0n ? [claimTx(trip)] : []
}
