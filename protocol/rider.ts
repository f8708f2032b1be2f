import { clipText } from './clip-text.ts'
import { atE7, e7 } from './geo.ts'
import { fromHex } from './hex.ts'
import { laterGrid } from './later.ts'
import { NO_CARD } from './rider-card.ts'
import { riderFact, riderUndo } from './rider-chain.ts'
import { farewell, riderCancel, riderChoose, riderWithdraw } from './rider-choice.ts'
import { afterChoice, driverIsDouble, driverIsSilent, driverIsTaken, riderMarket } from './rider-epoch.ts'
import { riderMessage } from './rider-message.ts'
import { fullFares } from './rider-offer.ts'
import { unchoose } from './rider-promise.ts'
import { nextReceipt, sendReceipt, wantReceipt } from './rider-receipt.ts'
import type {
  OfferEntry,
  RidePlan,
  RiderEffect,
  RiderEvent,
  RiderState,
  Step,
  TripRules,
} from './rider-state.ts'
import { afterSwap, chooseNext, dropSwap, nextSigned, swapCard } from './rider-swap.ts'
import { riderPublished, riderTick } from './rider-tick.ts'
import type { Hex, Terms } from './terms.ts'
import { termsBody } from './terms-body.ts'
import { NO_TRACE } from './trace-book.ts'
import { DEADLINE_S, next } from './trip.ts'
import { quotedFare, tariffOf } from './trip-tariff.ts'
import { termsDigest } from './typed-data.ts'

/** A new trip in state `requested`, and the first publication. Secrets are made by the caller. */
export function riderStart(
  plan: RidePlan,
  made: { requestId: Hex; secret: Hex; salt: Hex; pin: string },
  nowMs: number,
): Step<RiderState, RiderEffect> {
  return {
    state: {
      phase: 'requested',
      plan: {
        ...plan,
        pickup: atE7(plan.pickup),
        dest: atE7(plan.dest),
        pickupAtMs: laterGrid(plan.pickupAtMs),
      },
      ...made,
      requestedAtMs: nowMs,
      step: 0,
      widenAtMs: nowMs + DEADLINE_S.widen * 1000,
      heard: [],
      radiusM: 600,
      offers: [],
      part: null,
      chosen: null,
      selectedAtMs: 0,
      terms: null,
      agreed: null,
      byDocument: false,
      concession: null,
      digest: null,
      signature: null,
      leaving: false,
      swap: null,
      former: null,
      promised: [],
      heldAtMs: 0,
      told: false,
      holdTx: null,
      car: null,
      ...NO_CARD,
      seen: null,
      firstSeenEtaS: 0,
      arrivedAtMs: 0,
      triesLeft: 3,
      startedAtMs: 0,
      meter: { metres: 0, secs: 0, waitSecs: 0, toll: 0n },
      receipt: null,
      signed: null,
      signing: null,
      trace: NO_TRACE,
      headSignature: null,
      filed: false,
      finishedAtMs: 0,
      tip: 0n,
      cancel: null,
      change: null,
      shared: null,
      releasedAtMs: 0,
      facts: [],
      chat: [],
      stars: 0,
      notice: null,
    },
    effects: [{ type: 'publish', step: 0 }],
  }
}

/** The rider's whole trip logic: pure; the same in the page, in the fleet and in the search. */
export function rider(
  state: RiderState,
  event: RiderEvent,
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  const { state: after, effects } = reduce(state, event, nowMs, rules)
  return afterSwap(step(afterChoice(state, after), effects))
}

function reduce(
  state: RiderState,
  event: RiderEvent,
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  switch (event.type) {
    case 'tick':
      return riderTick(state, nowMs)
    case 'published':
      return riderPublished(state, event, nowMs)
    case 'message':
      return riderMessage(state, event, nowMs, rules)
    case 'market':
      return riderMarket(state, event.request)
    case 'silent':
      return driverIsSilent(state, event.driver)
    case 'taken':
      return driverIsTaken(state, event.driver)
    case 'double':
      return driverIsDouble(state, event.driver)
    case 'withdraw':
      return riderWithdraw(state)
    case 'choose':
      return state.swap?.choice.chosen?.tag === event.tag
        ? chooseNext(state, state.swap, event, nowMs, rules)
        : riderChoose(state, event, nowMs, rules)
    case 'termsSigned':
      return termsSigned(state, event, rules)
    case 'receiptSigned':
      return sendReceipt(state, event)
    case 'failed':
      return failed(state, event, nowMs, rules)
    case 'chain':
      return riderFact(state, event, nowMs)
    case 'undone':
      return riderUndo(state, event, nowMs)
    case 'cancel':
      return riderCancel(state, event, nowMs, rules)
    case 'cardChecked':
      return state.swap && event.trip === state.swap.choice.digest
        ? swapCard(state, state.swap, event.card, nowMs)
        : step(event.trip === state.digest ? { ...state, card: event.card } : state)
    case 'rideAnyway':
      return step(state.card?.state === 'bad' ? { ...state, card: { ...state.card, anyway: true } } : state)
    case 'newPin':
      return speak(
        { ...state, pin: event.pin, triesLeft: 3, notice: null },
        { name: 'pinWrong', body: { triesLeft: 3 } },
      )
    case 'tip':
      return tip(state, event.amount, rules)
    case 'change':
      return change(state, event, rules)
    case 'stopHere':
      return speak(state, { name: 'stop', body: { atMs: nowMs } })
    case 'chat':
      return speak(
        { ...state, chat: [...state.chat, { mine: true, text: event.text, atMs: nowMs }] },
        { name: 'chat', body: { text: clipText(event.text, 280) } },
      )
    case 'rate':
      return speak({ ...state, stars: event.stars }, { name: 'rating', body: { stars: event.stars } })
    case 'filed':
      return step({ ...state, filed: true })
    case 'contest':
      return state.terms && next(state.phase, 'contest')
        ? step(state, [{ type: 'contestTx', terms: state.terms, admitted: event.admitted }])
        : step(state)
    case 'finalize':
      return state.terms ? step(state, [{ type: 'finalizeTx', terms: state.terms }]) : step(state)
  }
}

/** Place of a concession in the document; 255 for none. */
function placeOf({ document }: TripRules, id: string | undefined): number {
  const place = document?.document.concessions.findIndex(each => each.id === id) ?? -1
  return place < 0 ? 255 : place
}

/** Reckoned by the chain's numbers. */
const NO_DOCUMENT = new Uint8Array(32)

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

function speak(state: RiderState, message: Extract<RiderEffect, { type: 'send' }>['message']) {
  return step(state, state.chosen ? [{ type: 'send', tag: state.chosen.tag, message }] : [])
}

function selectBody(
  { byDocument, concession }: Pick<RiderState, 'byDocument' | 'concession'>,
  terms: Terms,
  signature: Hex,
  rules: TripRules,
) {
  return {
    ...termsBody(terms),
    document: byDocument ? fromHex(rules.tariff.document, 32) : NO_DOCUMENT,
    concession: placeOf(rules, concession?.id),
    signature: fromHex(signature),
  }
}

function termsSigned(
  state: RiderState,
  { digest, signature, showing }: Extract<RiderEvent, { type: 'termsSigned' }>,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  const { terms, chosen, swap } = state
  if (swap?.choice.terms && termsDigest(rules.domain, swap.choice.terms) === digest) {
    const body = selectBody(swap.choice, swap.choice.terms, signature, rules)
    return nextSigned(state, swap, digest, signature, tag => ({
      ...{ type: 'send', tag, message: { name: 'select', body } },
    }))
  }
  if (state.phase !== 'selected' || !terms || !chosen) return step(state)
  // The wallet may answer for a choice that was let go since.
  if (termsDigest(rules.domain, terms) !== digest) return step(state)
  const body = selectBody(state, terms, signature, rules)
  // Who bid may take over while the one chosen is far: his offer is kept as long as the bid stands.
  const isKept = ({ tag, bid }: OfferEntry): boolean =>
    tag === chosen.tag || (state.part?.bound != null && !state.plan.keepsDriver && bid !== undefined)
  const others = state.offers.filter(o => !isKept(o))
  const concession = state.concession && showing ? { ...state.concession, proof: showing.proof } : null
  const say = (message: Extract<RiderEffect, { type: 'send' }>['message']): RiderEffect => ({
    type: 'send',
    tag: chosen.tag,
    message,
  })
  const offers = state.part ? state.offers.filter(isKept) : state.offers
  return step({ ...state, offers, digest, signature, concession }, [
    say({ name: 'select', body }),
    ...(concession && showing
      ? [say({ name: 'concession', body: { presentation: showing.presentation } })]
      : []),
    ...others.flatMap(o => farewell(o.tag)),
  ])
}

function failed(
  state: RiderState,
  event: Extract<RiderEvent, { type: 'failed' }>,
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  // The commit ends by itself.
  if (event.effect === 'confirm') return step(state)
  if (event.effect === 'signTerms' && state.swap && !state.swap.choice.signature)
    return dropSwap(state, state.swap)
  if (event.effect === 'signTerms' && state.phase === 'selected') {
    const asking = { ...unchoose(state), phase: 'offered' as const }
    const isGone = event.code === 'CONCESSION'
    const notice = isGone ? 'concessionGone' : 'signatureRefused'
    const next = isGone ? fullFares(asking, nowMs, rules) : asking
    return step({ ...next, notice }, [{ type: 'notice', notice }])
  }
  if (event.effect === 'cancelTx' && state.cancel)
    return step({ ...state, cancel: { ...state.cancel, atMs: nowMs, onChain: false }, notice: 'txFailed' })
  if (event.effect === 'checkCard') return step({ ...state, card: { state: 'unread' } })
  if (event.effect === 'signReceipt') return step({ ...state, signing: null, notice: 'signatureRefused' })
  return step({ ...state, notice: 'txFailed' })
}

function tip(state: RiderState, amount: bigint, rules: TripRules): Step<RiderState, RiderEffect> {
  const last = state.signing ?? state.receipt
  if (state.phase !== 'finished' || !state.terms || !last || amount > last.fare) return step(state)
  return wantReceipt({ ...state, tip: amount }, nextReceipt({ ...state, tip: amount }, last.fare, rules))
}

function change(
  state: RiderState,
  event: Extract<RiderEvent, { type: 'change' }>,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  if (!state.terms || !next(state.phase, 'change')) return step(state)
  const { destName, metres, secs } = event
  const dest = atE7(event.dest)
  const fare = quotedFare(tariffOf(rules, state.byDocument, state.concession), metres, secs, state.terms.bp)
  // What is held is all there is: a dearer way needs a trip of its own.
  const charges = state.byDocument ? (state.chosen?.charges ?? 0n) : state.meter.toll
  if (fare + (state.receipt?.wait ?? 0n) + charges > state.terms.hold) {
    return step({ ...state, notice: 'changeTooDear' }, [{ type: 'notice', notice: 'changeTooDear' }])
  }
  const wanted = { ...state, phase: 'changed' as const, change: { dest, destName, metres, secs, fare } }
  return speak(wanted, {
    name: 'change',
    body: { lngE7: e7(dest[0]), latE7: e7(dest[1]), destName: clipText(destName, 80), metres, secs, fare },
  })
}
