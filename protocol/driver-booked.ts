import { carWord, takeNumber } from './driver-shift.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from './driver-state.ts'
import { isAhead, LATER_S } from './later.ts'
import type { Step } from './rider-state.ts'
import { isBeside } from './sharing.ts'
import { CASES, ENDED, MONEY } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

/** The most rides that a driver can promise at a time. */
const MOST_BOOKED = 10

/** The one of some trips that an event names; undefined when it names none of them. */
export function namedBy(trips: readonly DriverTrip[], event: DriverEvent): DriverTrip | undefined {
  if (event.type === 'chain' || event.type === 'undone')
    return trips.find(trip => trip.digest === event.fact.terms)
  if (event.type === 'receiptChecked') return trips.find(trip => trip.digest === event.receipt.terms)
  if (event.type === 'filed') return trips.find(trip => trip.digest === event.terms)
  if ('tag' in event && event.tag) return trips.find(trip => trip.tag === event.tag)
}

/** Runs a step on a booked trip as if it were the one under way; the rest of the shift stays as it is. */
export function onBooked(
  state: DriverState,
  booked: DriverTrip,
  run: (state: DriverState, trip: DriverTrip) => Result,
): Result {
  // The offer that became the ride under way is none of what this one may end.
  const mine = state.offers.filter(({ tag }) => tag === state.trip?.tag)
  const offers = mine.length > 0 ? state.offers.filter(offer => !mine.includes(offer)) : state.offers
  const { state: after, effects } = run({ ...state, offers, trip: booked }, booked)
  const others = after.booked.filter(trip => trip.tag !== booked.tag)
  return {
    state: {
      ...after,
      offers: mine.length > 0 ? [...mine, ...after.offers] : after.offers,
      trip: state.trip,
      booked: after.trip ? inOrder([...others, after.trip]) : others,
    },
    effects,
  }
}

/** Whether a driver may promise a ride at this time: not many, and none close to another. */
export const fits = (state: DriverState, pickupAtMs: number): boolean =>
  state.booked.length < MOST_BOOKED &&
  state.booked.every(trip => Math.abs(trip.pickupAtMs - pickupAtMs) >= LATER_S.apart * 1000)

/** Makes a booked trip the one under way when its time has come, or when it has ended and the driver should see that. */
export function takeUp(state: DriverState, nowMs: number): Result {
  if (state.trip) return { state, effects: [] }
  const isOver = (trip: DriverTrip) => ENDED.has(trip.phase) || CASES.has(trip.phase)
  const due = state.booked.find(trip => isOver(trip) || !isAhead(trip.pickupAtMs, nowMs))
  if (!due) return { state, effects: [] }
  const booked = state.booked.filter(trip => trip !== due)
  if (isOver(due)) return { state: { ...state, trip: due, booked }, effects: [] }
  // What has become a ride is no offer that is out.
  const kept = state.offers.filter(offer => state.booked.some(({ tag }) => tag === offer.tag))
  const effects = state.offers.flatMap(offer => (kept.includes(offer) ? [] : notFree(offer.tag)))
  // Who shared the car before has his number.
  const { state: counted, place } = due.place ? { state, place: due.place } : takeNumber(state)
  const trip = { ...due, place }
  return {
    state: { ...counted, trip, booked, cards: [], offers: kept },
    effects: [...effects, ...(MONEY.has(trip.phase) ? [carWord(counted, trip)] : [])],
  }
}

/** The driver turns to the other ride in his car. */
export function turnTo(state: DriverState, tag: string): DriverState {
  const other = state.booked.find(trip => trip.tag === tag && isBeside(trip))
  if (!other || !state.trip || !isBeside(state.trip)) return state
  const rest = state.booked.filter(trip => trip !== other)
  return { ...state, trip: other, booked: inOrder([...rest, state.trip]) }
}

/** The last words to a rider whom the driver cannot serve any more. */
export const notFree = (tag: string): DriverEffect[] => [
  { type: 'send', tag, message: { name: 'decline', body: { reason: 1 } } },
  { type: 'drop', tag },
]

/** The ride beside the one under way first, then those for later. */
export const inOrder = (trips: readonly DriverTrip[]): DriverTrip[] =>
  trips.toSorted((a, b) => a.pickupAtMs - b.pickupAtMs)
