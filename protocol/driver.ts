import { onAway, putAway } from './driver-away.ts'
import { namedBy, onBooked, takeUp, turnTo } from './driver-booked.ts'
import { refuseConcession } from './driver-concession.ts'
import { called, driverTake, giveBids } from './driver-epoch.ts'
import { heardAgain } from './driver-heard-again.ts'
import { driverMessage } from './driver-message.ts'
import { setTrip } from './driver-money.ts'
import { idleDriver } from './driver-part.ts'
import type { Card, DriverEffect, DriverEvent, DriverState } from './driver-state.ts'
import { driverTick } from './driver-tick.ts'
import { driverTrip } from './driver-trip.ts'
import { fromHex, toHex } from './hex.ts'
import { LATER_S } from './later.ts'
import { peerName } from './peer-name.ts'
import { boundBp } from './quote.ts'
import type { Step, TripRules } from './rider-state.ts'
import { mayTake, needed } from './sharing.ts'
import type { Hex } from './terms.ts'
import { CASES, DEADLINE_S, ENDED } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

/** The most cards a driver can take in at once, and the most offers he may have out. */
const MOST_CARDS = 20
/** Requests end after two minutes, so older ones need not be remembered. */
const MOST_PASSED = 50
/** Answers to requests of one cell in ten minutes: who asks more often is looking for drivers, not for a ride. */
const MOST_ANSWERS = 6
const LATELY_MS = 600_000
/** Failures of a hold that may be in a block all the same, or may come into one when it is sent again. */
const MAYBE_HELD: ReadonlySet<string> = new Set([
  ...['lane-busy', 'wrong-sequence', 'not-mined'],
  ...['rpc-down', 'rpc-error'],
])
/** A shift that has not begun. */
export function driverStart(account: Hex, car: DriverState['car']): DriverState {
  return {
    online: false,
    account,
    car,
    cards: [],
    passed: [],
    offers: [],
    answered: [],
    part: idleDriver(''),
    shift: null,
    trip: null,
    booked: [],
    away: [],
    notice: null,
  }
}

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** The driver's whole trip logic: pure; the same in the page, in the fleet and in the search. */
export function driver(state: DriverState, event: DriverEvent, nowMs: number, rules: TripRules): Result {
  if (event.type === 'turn') return step(turnTo(state, event.tag))
  const booked = namedBy(state.booked, event)
  // Of a ride that is not in the car any more.
  if (isOfRide(event) && event.tag && !booked && event.tag !== state.trip?.tag) return step(state)
  const away = namedBy(state.away, event)
  const done = booked
    ? onBooked(state, booked, alone => reduce(alone, event, nowMs, rules))
    : away
      ? onAway(state, away, event, nowMs, alone => driver(alone, event, nowMs, rules))
      : reduce(state, event, nowMs, rules)
  const next = takeUp(done.state, nowMs)
  return step(next.state, [...done.effects, ...next.effects])
}

type OfRide = Extract<DriverEvent, { type: 'position' | 'meter' | 'share' }>

const isOfRide = (event: DriverEvent): event is OfRide =>
  event.type === 'position' || event.type === 'meter' || event.type === 'share'

function reduce(state: DriverState, event: DriverEvent, nowMs: number, rules: TripRules): Result {
  switch (event.type) {
    case 'tick':
      return driverTick(state, nowMs, rules)
    case 'online':
      return step({
        ...state,
        online: event.online,
        cards: event.online ? state.cards : [],
        shift: event.shift ? { ...event.shift, next: 0 } : state.shift,
        part: event.shift ? idleDriver(peerName(fromHex(event.shift.key))) : state.part,
      })
    case 'car':
      return step({ ...state, car: event.car })
    case 'request':
      return hear(state, event, nowMs, rules)
    case 'ignore':
      return step({
        ...state,
        cards: state.cards.filter(c => toHex(c.request.requestId) !== event.requestId),
        passed: [...state.passed, event.requestId].slice(-MOST_PASSED),
      })
    case 'offer':
      return offer(state, event, nowMs, rules)
    case 'quote':
      return quote(state, event, nowMs)
    case 'take':
      return driverTake(state, event, nowMs)
    case 'message':
      return driverMessage(state, event, nowMs, rules)
    case 'clear':
      return state.trip && (ENDED.has(state.trip.phase) || CASES.has(state.trip.phase))
        ? step({ ...putAway(state, state.trip), notice: null })
        : step(state)
    case 'failed':
      return failed(state, event, nowMs)
    case 'sent':
      return state.trip?.tag === event.tag ? driverTrip(state, state.trip, event, nowMs, rules) : step(state)
    default:
      return state.trip ? driverTrip(state, state.trip, event, nowMs, rules) : step(state)
  }
}

const lately = (state: DriverState, nowMs: number, { timeScale }: TripRules) =>
  state.answered.filter(({ atMs }) => atMs > nowMs - LATELY_MS / timeScale)

function hear(
  state: DriverState,
  event: Extract<DriverEvent, { type: 'request' }>,
  nowMs: number,
  rules: TripRules,
): Result {
  if (!state.online || event.expiresAtMs <= nowMs) return step(state)
  const again = heardAgain(state, event)
  const next = hearNew(again.state, event, nowMs, rules)
  return step(next.state, [...again.effects, ...next.effects])
}

function hearNew(
  state: DriverState,
  event: Extract<DriverEvent, { type: 'request' }>,
  nowMs: number,
  rules: TripRules,
): Result {
  if (!mayTake(state, event.request)) return step(state)
  if (event.called && state.offers.some(o => o.card.key === event.key))
    return called(state, event.key, event.called.idleS, nowMs)
  const { cell } = event.request
  if (lately(state, nowMs, rules).filter(answer => answer.cell === cell).length >= MOST_ANSWERS)
    return step(state)
  const id = toHex(event.request.requestId)
  if (
    event.request.seats > state.car.seats ||
    (needed(event.request.needs) & state.car.needs) !== needed(event.request.needs)
  )
    return step(state)
  if (event.called && state.cards.some(c => c.key === event.key && !c.isCalled)) {
    const cards = state.cards.map(c => (c.key === event.key ? { ...c, isCalled: true } : c))
    return step({ ...state, cards })
  }
  if (
    state.passed.includes(id) ||
    state.offers.some(o => toHex(o.card.request.requestId) === id) ||
    state.cards.some(c => toHex(c.request.requestId) === id)
  )
    return step(state)
  const { request, key, etaS, issuedAtMs, expiresAtMs } = event
  const card: Card = {
    request,
    key,
    etaS,
    issuedAtMs,
    heardAtMs: nowMs,
    expiresAtMs: Math.min(expiresAtMs, nowMs + DEADLINE_S.offer * 1000),
    ...(event.called && { isCalled: true }),
  }
  return step({ ...state, cards: [...state.cards, card].slice(-MOST_CARDS) })
}

function offer(
  state: DriverState,
  event: Extract<DriverEvent, { type: 'offer' }>,
  nowMs: number,
  rules: TripRules,
): Result {
  const card = state.cards.find(c => toHex(c.request.requestId) === event.requestId)
  if (!card || !mayTake(state, card.request) || card.expiresAtMs <= nowMs) return step(state)
  const sent = {
    tag: event.tag,
    card,
    bp: boundBp(rules.tariff, event.bp),
    etaS: card.etaS,
    expiresAtMs: nowMs + (card.request.pickupAtMs ? LATER_S.offer : DEADLINE_S.offer) * 1000,
    asked: null,
    isFirm: false,
    bid: null,
  }
  return step(
    {
      ...state,
      cards: state.cards.filter(c => c !== card),
      offers: [...state.offers, sent].slice(-MOST_CARDS),
      answered: [...lately(state, nowMs, rules), { cell: card.request.cell, atMs: nowMs }],
    },
    [{ type: 'openOffer', offer: sent }],
  )
}

function quote(
  state: DriverState,
  { tag, etaS, idleS = 0 }: Extract<DriverEvent, { type: 'quote' }>,
  nowMs: number,
): Result {
  const out = state.offers.find(o => o.tag === tag)
  if (!out?.asked || !mayTake(state, out.card.request)) return step(state)
  const firm = { ...out, etaS, isFirm: true }
  const told = { ...state, offers: state.offers.map(o => (o === out ? firm : o)) }
  const bids = giveBids(told, idleS, nowMs)
  return step(bids.state, [
    {
      type: 'send',
      tag,
      message: { name: 'quote', body: { etaS, bp: out.bp, expiresAtMs: out.expiresAtMs } },
    },
    ...bids.effects,
  ])
}

function failed(state: DriverState, event: Extract<DriverEvent, { type: 'failed' }>, nowMs: number): Result {
  if (event.effect === 'openOffer')
    return step({ ...state, offers: state.offers.filter(o => o.tag !== event.tag) })
  if (!state.trip || event.effect === 'showCard') return step(state)
  if (event.tag && event.tag !== state.trip.tag) return step(state)
  if (event.effect === 'checkConcession')
    return state.trip.phase === 'selected' ? refuseConcession(state, state.trip) : step(state)
  // The chain will say, or `acceptBy` passes; until then it is sent again.
  if (event.effect === 'holdTx' && MAYBE_HELD.has(event.code))
    return setTrip(state, { notice: 'txFailed', triedAtMs: nowMs })
  if (event.effect === 'holdTx' && state.trip.phase === 'selected' && !state.trip.secret) {
    // Free for the next request. Should an earlier try have been mined all the same, the chain will say.
    return step({ ...putAway(state, state.trip), notice: 'holdFailed' }, [
      { type: 'send', tag: state.trip.tag, message: { name: 'decline', body: { reason: 2 } } },
      { type: 'notice', notice: 'holdFailed' },
    ])
  }
  // What cannot come any more leaves the rider with him; else the tick sends it again.
  if (event.effect === 'handOverTx')
    return MAYBE_HELD.has(event.code) || event.code === 'not-held'
      ? setTrip(state, { triedAtMs: nowMs })
      : setTrip(state, { handing: null })
  return setTrip(state, { notice: event.effect === 'checkReceipt' ? 'badReceipt' : 'txFailed' })
}
