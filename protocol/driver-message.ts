import { keccak_256 } from '@noble/hashes/sha3.js'
import { isCellOf, liesIn } from './cells.ts'
import { fits } from './driver-booked.ts'
import { freeTrip, setTrip } from './driver-money.ts'
import type {
  DriverEffect,
  DriverEvent,
  DriverNotice,
  DriverState,
  DriverTrip,
  SentOffer,
} from './driver-state.ts'
import { toHex } from './hex.ts'
import { isAhead } from './later.ts'
import { checkTerms } from './quote.ts'
import { plainRecord, recordRoot, tripRecord } from './record.ts'
import type { Step, TripRules } from './rider-state.ts'
import { cancelFeeOf, fareOf } from './tariff.ts'
import type { Receipt, Terms } from './terms.ts'
import { MONEY, next } from './trip.ts'
import { fitsVault, termsDigest } from './typed-data.ts'

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
  if (message.name === 'select') return select(state, out, event, message.body, nowMs, rules)
  if (message.name === 'taken')
    return step({ ...state, offers: state.offers.filter(o => o !== out) }, out ? [{ type: 'drop', tag }] : [])
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
    case 'pinWrong':
      return noticed(state, message.body.triesLeft ? 'wrongPin' : 'pinBlocked', {
        triesLeft: message.body.triesLeft,
      })
    case 'start':
      return start(state, trip, message.body, nowMs)
    case 'receipt':
      return receipt(state, trip, message.body, event.key, rules)
    case 'stop':
      return noticed(state, 'stopAsked', {})
    case 'change':
      return change(state, trip, message.body, rules)
    case 'cancel':
      return cancel(state, trip, message.body, nowMs, rules)
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

function select(
  state: DriverState,
  out: SentOffer | undefined,
  event: Incoming,
  body: Body<'select'>,
  nowMs: number,
  rules: TripRules,
): Result {
  const decline = (reason: number, notice: DriverNotice | null = null): Result =>
    step({ ...state, notice }, [
      { type: 'send', tag: event.tag, message: { name: 'decline', body: { reason } } },
    ])
  const pickupAtMs = out?.card.request.pickupAtMs ?? 0
  const ahead = isAhead(pickupAtMs, nowMs)
  if (state.trip?.tag === event.tag || state.booked.some(trip => trip.tag === event.tag)) return step(state)
  if (ahead ? !fits(state, pickupAtMs) : state.trip) return decline(1)
  if (!out?.asked || out.expiresAtMs + 5_000 < nowMs) return decline(3)
  const terms = termsOf(body)
  const { asked, bp, etaS } = out
  const nowS = Math.floor(nowMs / 1000)
  const mine = {
    driver: state.account,
    tariffId: rules.tariffId,
    bp,
    etaS,
    nowS,
    pickupAtS: Math.floor(pickupAtMs / 1000),
    metres: asked.metres,
    secs: asked.secs,
  }
  const verdict = checkTerms(rules.tariff, terms, mine)
  if (verdict.verdict !== 'accept' || !fitsVault(terms)) return decline(4, 'termsRefused')
  const digest = termsDigest(rules.domain, terms)
  const signature = toHex(body.signature)
  const trip: DriverTrip = {
    phase: 'selected',
    tag: event.tag,
    riderKey: event.key,
    pickupAtMs,
    terms,
    digest,
    signature,
    agreed: { fare: terms.fare, metres: terms.metres, secs: terms.secs, bp },
    selectedAtMs: nowMs,
    holdTx: null,
    heldAtMs: 0,
    pickup: null,
    dest: null,
    here: null,
    firstEtaS: 0,
    arrivedAtMs: 0,
    triesLeft: 3,
    pinSent: '',
    secret: null,
    startedAtMs: 0,
    meter: { metres: 0, secs: 0, waitSecs: 0, toll: 0n },
    saidAtMs: 0,
    saidMetres: 0,
    receipt: null,
    finishedAtMs: 0,
    early: false,
    settleTx: null,
    triedAtMs: 0,
    cancel: null,
    change: null,
    facts: [],
    chat: [],
    stars: 0,
    filed: false,
    notice: null,
  }
  const hold: DriverEffect = { type: 'holdTx', terms, signature, tag: event.tag }
  if (!ahead) return step({ ...state, trip, notice: null }, [hold])
  const offers = state.offers.filter(o => o !== out)
  return step({ ...state, offers, booked: [...state.booked, trip], notice: null }, [hold])
}

/** The terms inside a select message, as both hash them. */
export function termsOf(body: Body<'select'>): Terms {
  const {
    cancelFee,
    noShowFee,
    freeUntil,
    lateAt,
    pickupBy,
    expiry,
    arbiter,
    boarding,
    record,
    signature: _,
    seq,
    ...flat
  } = body
  const details = {
    cancelFee,
    noShowFee,
    freeUntil,
    lateAt,
    pickupBy,
    expiry,
    arbiter,
    boarding: toHex(boarding),
    record: toHex(record),
  }
  return { ...flat, seq: BigInt(seq), details }
}

function start(state: DriverState, trip: DriverTrip, body: Body<'start'>, nowMs: number): Result {
  const phase = next(trip.phase, 'start')
  if (!phase || toHex(keccak_256(body.secret)) !== trip.terms.details.boarding) return step(state)
  const waitSecs = trip.arrivedAtMs ? Math.max(0, Math.floor((body.atMs - trip.arrivedAtMs) / 1000)) : 0
  return setTrip(state, {
    phase,
    secret: toHex(body.secret),
    startedAtMs: body.atMs,
    saidAtMs: nowMs,
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
  rules: TripRules,
): Result {
  const { signature, record, ...figures } = body
  const said: Omit<Receipt, 'record'> = { ...figures, terms: trip.digest }
  if (!trip.pickup || !trip.dest) return step(state)
  const known = {
    ...plainRecord(trip.startedAtMs),
    terms: trip.terms,
    tariff: rules.tariff,
    agreed: trip.agreed,
    pickup: [trip.pickup.lngE7 / 1e7, trip.pickup.latE7 / 1e7] as const,
    dest: trip.dest.at,
    salt: toHex(trip.pickup.salt),
  }
  const root = recordRoot(tripRecord(known, said))
  if (root !== toHex(record) || figures.fare + figures.wait + figures.toll > trip.terms.hold)
    return noticed(state, 'badReceipt', {})
  return step(state, [
    { type: 'checkReceipt', receipt: { ...said, record: root }, signature: toHex(signature), key },
  ])
}

function change(state: DriverState, trip: DriverTrip, body: Body<'change'>, rules: TripRules): Result {
  const phase = trip.phase === 'changed' ? 'changed' : next(trip.phase, 'change')
  const { lngE7, latE7, destName, metres, secs, fare } = body
  if (!phase)
    return step(state, [
      { type: 'send', tag: trip.tag, message: { name: 'changed', body: { accepted: 0, fare } } },
    ])
  if (fare !== fareOf(rules.tariff, metres, secs, trip.terms.bp) || fare > trip.terms.hold) {
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
