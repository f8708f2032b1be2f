import { ownMove } from './commit.ts'
import { tripsOf } from './driver-away.ts'
import { fits, inOrder } from './driver-booked.ts'
import { isBoundElsewhere, riderOf, unbound } from './driver-epoch.ts'
import type { DriverNotice } from './driver-notice.ts'
import { carFacts, takeNumber } from './driver-shift.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip, SentOffer } from './driver-state.ts'
import { toHex } from './hex.ts'
import { isAhead } from './later.ts'
import { checkTerms } from './quote.ts'
import { NO_PROOF } from './record.ts'
import type { Step, TripRules } from './rider-state.ts'
import { mayTake } from './sharing.ts'
import { bodyTerms } from './terms-body.ts'
import { NO_TRACE } from './trace-book.ts'
import { tariffOf } from './trip-tariff.ts'
import { fitsVault, termsDigest } from './typed-data.ts'

type Incoming = Extract<DriverEvent, { type: 'message' }>
type Body<Name extends Incoming['message']['name']> = Extract<Incoming['message'], { name: Name }>['body']
type Result = Step<DriverState, DriverEffect>

/** The rider reckons by the chain's numbers alone. */
const NO_DOCUMENT = `0x${'00'.repeat(32)}`
const NO_KEY = `0x${'00'.repeat(64)}` as const

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** The rider chose this driver: terms that are what was offered become the trip, under the next number of the shift. */
export function driverSelect(
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
  if (tripsOf(state).some(trip => trip.tag === event.tag)) return step(state)
  if (ahead ? !fits(state, pickupAtMs) : state.trip && !(out && mayTake(state, out.card.request)))
    return decline(1)
  if (out && !ahead && isBoundElsewhere(state, out, nowMs)) return decline(1)
  if (!out?.asked || out.expiresAtMs + 5_000 < nowMs) return decline(3)
  const terms = bodyTerms(body)
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
  const document = toHex(body.document)
  const byDocument = rules.document !== undefined && document === rules.tariff.document
  if (!byDocument && document !== NO_DOCUMENT) return decline(4, 'termsRefused')
  const named = body.concession === 255 ? null : rules.document?.document.concessions[body.concession]
  if (named === undefined || (named && !byDocument)) return decline(4, 'termsRefused')
  const concession = named && { id: named.id, proof: NO_PROOF }
  const verdict = checkTerms(tariffOf(rules, byDocument, concession), terms, mine)
  if (verdict.verdict !== 'accept' || !fitsVault(terms)) return decline(4, 'termsRefused')
  const digest = termsDigest(rules.domain, terms)
  const signature = toHex(body.signature)
  const { request } = out.card
  // A booked trip is numbered when it comes near: it may be in another shift.
  const { state: counted, place } = ahead ? { state, place: null } : takeNumber(unbound(state, out))
  const { bound } = state.part
  const commit = !ahead && bound?.request === riderOf(out) ? bound : null
  const takesOver = commit !== null && ownMove(commit)?.from !== null
  const trip: DriverTrip = {
    phase: 'selected',
    tag: event.tag,
    riderKey: event.key,
    pickupAtMs,
    terms,
    digest,
    signature,
    agreed: { fare: terms.fare, metres: terms.metres, secs: terms.secs, bp },
    byDocument,
    concession,
    asked: { needs: request.needs, passengers: request.seats, bookedForMs: pickupAtMs },
    offered: carFacts(state.car),
    place,
    driverKey: state.shift?.key ?? NO_KEY,
    trace: NO_TRACE,
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
    claiming: 0n,
    cancel: null,
    change: null,
    shared: null,
    facts: [],
    chat: [],
    stars: 0,
    filed: false,
    notice: null,
    commit,
    handing: null,
  }
  // A reduced fare is held once the concession was shown and holds: driver-concession.ts.
  // Another driver's hold is handed over by his own transaction, once the rider has seen the card.
  const hold: DriverEffect[] =
    concession || takesOver ? [] : [{ type: 'holdTx', terms, signature, tag: event.tag }]
  const requestId = toHex(out.card.request.requestId)
  const card: DriverEffect = { type: 'showCard', tag: event.tag, trip: digest, requestId, isReady: takesOver }
  if (!ahead && !state.trip) {
    // It stands until the trip is over, but its rider does not wait beside others any more.
    const offers = state.offers.map(o => (o === out ? { ...o, isFirm: false, bid: null } : o))
    return step({ ...counted, offers, trip, notice: null }, [card, ...hold])
  }
  const offers = state.offers.filter(o => o !== out)
  return step({ ...counted, offers, booked: inOrder([...state.booked, trip]), notice: null }, [card, ...hold])
}
