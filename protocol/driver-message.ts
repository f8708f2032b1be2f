import { keccak_256 } from '@noble/hashes/sha3.js'
import { isCellOf, liesIn } from './cells.ts'
import { takeConcession } from './driver-concession.ts'
import { unbound } from './driver-epoch.ts'
import { notTakenOver, takesOver, takeYield } from './driver-hand-over.ts'
import { freeTrip, setTrip } from './driver-money.ts'
import type { DriverNotice } from './driver-notice.ts'
import { driverRecord } from './driver-record.ts'
import { driverSelect } from './driver-select.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip, SentOffer } from './driver-state.ts'
import { toHex } from './hex.ts'
import { encodeRecord, recordRoot } from './record.ts'
import { saidOf } from './record-said.ts'
import type { TripRecord } from './record-table.ts'
import type { Step, TripRules } from './rider-state.ts'
import { cancelFeeOf } from './tariff.ts'
import { noteSample } from './trace-book.ts'
import { MONEY, next } from './trip.ts'
import { quotedFare, tariffOf } from './trip-tariff.ts'

type Incoming = Extract<DriverEvent, { type: 'message' }>
type Body<Name extends Incoming['message']['name']> = Extract<Incoming['message'], { name: Name }>['body']
type Result = Step<DriverState, DriverEffect>

/** City metres in a second of driving, as in the rider's preview. */
const METRES_PER_ETA_S = 8

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** A rider's message: about an offer that is out, or about the trip. */
export function driverMessage(state: DriverState, event: Incoming, nowMs: number, rules: TripRules): Result {
  const { message, tag, key } = event
  const { trip } = state
  const out = state.offers.find(o => o.tag === tag && o.card.key === key)
  if (message.name === 'refine') return out ? refine(state, out, message.body) : step(state)
  if (message.name === 'select') return driverSelect(state, out, event, message.body, nowMs, rules)
  if (message.name === 'taken') {
    const isLet = trip?.tag === tag && trip.riderKey === key && trip.phase === 'selected' && takesOver(trip)
    const free = isLet ? notTakenOver(state, trip) : state
    return out || isLet
      ? step({ ...(out ? unbound(free, out) : free), offers: state.offers.filter(o => o !== out) }, [
          { type: 'drop', tag },
        ])
      : step(state)
  }
  if (!trip || trip.tag !== tag || trip.riderKey !== key) return step(state)
  switch (message.name) {
    case 'pickup': {
      if (trip.pickup) return step(state)
      const { destLngE7, destLatE7, destName } = message.body
      return setTrip(state, {
        pickup: message.body,
        dest: { at: [destLngE7 / 1e7, destLatE7 / 1e7], name: destName },
      })
    }
    case 'concession':
      return takeConcession(state, trip, message.body.presentation)
    case 'pinWrong':
      return noticed(state, message.body.triesLeft ? 'wrongPin' : 'pinBlocked', {
        triesLeft: message.body.triesLeft,
      })
    case 'start':
      return start(state, trip, message.body, nowMs, rules)
    case 'receipt':
      return receipt(state, trip, message.body, event.key, nowMs, rules)
    case 'stop':
      return noticed(state, 'stopAsked', {})
    case 'change':
      return change(state, trip, message.body, rules)
    case 'cancel':
      return cancel(state, trip, message.body, nowMs, rules)
    case 'yield':
      return takeYield(state, trip, message.body, nowMs)
    case 'rating':
      return setTrip(state, { stars: message.body.stars })
    case 'chat':
      return setTrip(state, {
        chat: [...trip.chat.slice(-99), { mine: false, text: message.body.text, atMs: nowMs }],
      })
    default:
      return step(state)
  }
}

const noticed = (state: DriverState, notice: DriverNotice, change: Partial<DriverTrip>) =>
  setTrip(state, { ...change, notice }, [{ type: 'notice', notice }])

function refine(state: DriverState, out: SentOffer, body: Body<'refine'>): Result {
  // One firm time an offer, to a place where the request said it was: more would be a survey of where the driver is.
  if (out.asked || !isCellOf(body.cell, 9) || !liesIn(body.cell, out.card.request.cell)) return step(state)
  const asked = { cell: body.cell, metres: body.metres, secs: body.secs }
  const offers = state.offers.map(o => (o === out ? { ...o, asked } : o))
  // Where the driver is now says nothing of a ride for later.
  return step(
    { ...state, offers },
    out.card.request.pickupAtMs ? [] : [{ type: 'firmEta', tag: out.tag, cell: body.cell }],
  )
}

function start(
  state: DriverState,
  trip: DriverTrip,
  body: Body<'start'>,
  nowMs: number,
  { timeScale }: TripRules,
): Result {
  const phase = next(trip.phase, 'start')
  if (!phase || toHex(keccak_256(body.secret)) !== trip.terms.details.boarding) return step(state)
  const waitSecs = trip.arrivedAtMs ? Math.max(0, Math.floor((body.atMs - trip.arrivedAtMs) / 1000)) : 0
  const { here } = trip
  return setTrip(state, {
    phase,
    trace: here ? noteSample(trip.trace, here.at, here.headingDeg, nowMs, { timeScale }) : trip.trace,
    secret: toHex(body.secret),
    startedAtMs: body.atMs,
    saidAtMs: nowMs,
    claiming: 0n,
    notice: null,
    meter: { ...trip.meter, waitSecs },
  })
}

/** A receipt whose figures are possible and whose record the driver would file goes on to have its signature checked. */
function receipt(
  state: DriverState,
  trip: DriverTrip,
  body: Body<'receipt'>,
  key: Incoming['key'],
  nowMs: number,
  rules: TripRules,
): Result {
  const { index, fare, wait, toll, tip, metres, secs, waitSecs } = body
  const figures = { terms: trip.digest, index, fare, wait, toll, tip, metres, secs, waitSecs }
  if (!trip.pickup || !trip.dest) return step(state)
  const record = driverRecord(trip, figures, saidOf(body), rules, nowMs)
  const root = record && recordRoot(record)
  const isPaid = root !== null && record?.toll === toll // by the document: what the way gives, no more, no less
  if (!isPaid || root !== toHex(body.record) || fare + wait + toll > trip.terms.hold)
    return noticed(state, 'badReceipt', {})
  const signed = { receipt: { ...figures, record: root }, signature: toHex(body.signature) }
  return step(state, [{ type: 'checkReceipt', ...signed, record: encodeRecord(record as TripRecord), key }])
}

function change(state: DriverState, trip: DriverTrip, body: Body<'change'>, rules: TripRules): Result {
  const phase = trip.phase === 'changed' ? 'changed' : next(trip.phase, 'change')
  const { lngE7, latE7, destName, metres, secs, fare } = body
  if (!phase)
    return step(state, [
      { type: 'send', tag: trip.tag, message: { name: 'changed', body: { accepted: 0, fare } } },
    ])
  const due = quotedFare(tariffOf(rules, trip.byDocument, trip.concession), metres, secs, trip.terms.bp)
  if (fare !== due || fare > trip.terms.hold) {
    return step(state, [
      { type: 'send', tag: trip.tag, message: { name: 'changed', body: { accepted: 0, fare } } },
    ])
  }
  return noticed(state, 'changeAsked', {
    phase,
    change: { dest: [lngE7 / 1e7, latE7 / 1e7], destName, metres, secs, fare },
  })
}

/** The rider leaves. A cancel that the vault would not make free is only freed when its fee is near what we count ourselves. */
function cancel(
  state: DriverState,
  trip: DriverTrip,
  body: Body<'cancel'>,
  nowMs: number,
  rules: TripRules,
): Result {
  if (trip.startedAtMs) return step(state)
  const leaving = { fee: body.fee, reason: body.reason, byRider: true, atMs: nowMs }
  if (trip.phase === 'selected') return noticed(state, 'riderCancelled', { cancel: leaving })
  if (!MONEY.has(trip.phase)) return step(state)
  if (body.fee < expectedFee(trip, nowMs, rules) / 2n) return noticed(state, 'riderCancelled', {})
  const marked = noticed(state, 'riderCancelled', { cancel: leaving })
  const freed = marked.state.trip ? freeTrip(marked.state, marked.state.trip, nowMs) : marked
  return step(freed.state, [...marked.effects, ...freed.effects])
}

function expectedFee(trip: DriverTrip, nowMs: number, rules: TripRules): bigint {
  const nowS = nowMs / 1000
  const { freeUntil, lateAt, cancelFee } = trip.terms.details
  if (nowS <= freeUntil + 5 || (!trip.arrivedAtMs && nowS > lateAt)) return 0n
  const closerS = trip.arrivedAtMs
    ? trip.firstEtaS
    : Math.max(0, trip.firstEtaS - (trip.here?.etaS ?? trip.firstEtaS))
  if (!trip.arrivedAtMs && closerS === 0) return 0n
  const fee = cancelFeeOf(
    rules.tariff,
    trip.terms.fare,
    closerS * METRES_PER_ETA_S,
    Math.floor((nowMs - trip.heldAtMs) / 1000),
  )
  return fee < cancelFee ? fee : cancelFee
}
