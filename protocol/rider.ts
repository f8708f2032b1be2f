import { afterFact } from './chain-fact.ts'
import { clipText } from './clip-text.ts'
import { fromHex } from './hex.ts'
import { farewell, riderCancel, riderChoose, riderWithdraw } from './rider-choice.ts'
import { riderMessage } from './rider-message.ts'
import { nextReceipt, sendReceipt, wantReceipt } from './rider-receipt.ts'
import type { RidePlan, RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { fareOf } from './tariff.ts'
import type { Hex } from './terms.ts'
import { DEADLINE_S, ENDED, next } from './trip.ts'

/** Wider steps after the first: the ring, then the res-5 parents. */
const LAST_STEP = 2

/** A new trip in state `requested`, and the first publication. Secrets are made by the caller. */
export function riderStart(
  plan: RidePlan,
  made: { requestId: Hex; secret: Hex; salt: Hex; pin: string },
  nowMs: number,
): Step<RiderState, RiderEffect> {
  return {
    state: {
      phase: 'requested',
      plan,
      ...made,
      requestedAtMs: nowMs,
      step: 0,
      widenAtMs: nowMs + DEADLINE_S.widen * 1000,
      offers: [],
      chosen: null,
      selectedAtMs: 0,
      terms: null,
      agreed: null,
      digest: null,
      signature: null,
      leaving: false,
      heldAtMs: 0,
      holdTx: null,
      car: null,
      seen: null,
      firstSeenEtaS: 0,
      arrivedAtMs: 0,
      triesLeft: 3,
      startedAtMs: 0,
      meter: { metres: 0, secs: 0, waitSecs: 0, toll: 0n },
      receipt: null,
      signing: null,
      finishedAtMs: 0,
      tip: 0n,
      cancel: null,
      change: null,
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
  switch (event.type) {
    case 'tick':
      return tick(state, nowMs)
    case 'message':
      return riderMessage(state, event, nowMs, rules)
    case 'withdraw':
      return riderWithdraw(state)
    case 'choose':
      return riderChoose(state, event, nowMs, rules)
    case 'termsSigned':
      return termsSigned(state, event.digest, event.signature)
    case 'receiptSigned':
      return sendReceipt(state, event)
    case 'failed':
      return failed(state, event)
    case 'chain':
      return fact(state, event, nowMs)
    case 'undone':
      return undone(state, event)
    case 'cancel':
      return riderCancel(state, event.reason, nowMs, rules)
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
    case 'contest':
      return state.terms && next(state.phase, 'contest')
        ? step(state, [{ type: 'contestTx', terms: state.terms, admitted: event.admitted }])
        : step(state)
    case 'finalize':
      return state.terms ? step(state, [{ type: 'finalizeTx', terms: state.terms }]) : step(state)
  }
}

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

function speak(state: RiderState, message: Extract<RiderEffect, { type: 'send' }>['message']) {
  return step(state, state.chosen ? [{ type: 'send', tag: state.chosen.tag, message }] : [])
}

function tick(state: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  const age = nowMs - state.requestedAtMs
  if (state.phase === 'requested' || state.phase === 'offered') {
    const offers = state.offers.filter(o => o.expiresAtMs > nowMs)
    if (age > DEADLINE_S.request * 1000 && offers.length === 0) {
      return step({ ...state, phase: 'expired', offers, notice: 'noOffers' }, [
        { type: 'notice', notice: 'noOffers' },
      ])
    }
    const phase = offers.length === 0 ? 'requested' : 'offered'
    if (state.step < LAST_STEP && nowMs >= state.widenAtMs && offers.length < 5) {
      const wider = {
        ...state,
        phase,
        offers,
        step: state.step + 1,
        widenAtMs: nowMs + DEADLINE_S.widen * 1000,
      } as const
      return step(wider, [{ type: 'publish', step: wider.step }])
    }
    return offers.length === state.offers.length ? step(state) : step({ ...state, phase, offers })
  }
  if (state.phase === 'selected') {
    // The hold cannot be mined after acceptBy; a little longer, so that a block under way is seen.
    const over = state.terms !== null && nowMs > (state.terms.acceptBy + 5) * 1000
    if (!over) return step(state)
    if (state.leaving) return step({ ...state, phase: 'withdrawn' })
    const offers = state.offers.filter(o => o.tag !== state.chosen?.tag && o.expiresAtMs > nowMs)
    return step(
      {
        ...state,
        phase: 'offered',
        offers,
        chosen: null,
        terms: null,
        agreed: null,
        digest: null,
        signature: null,
        notice: 'driverSilent',
      },
      [{ type: 'notice', notice: 'driverSilent' }],
    )
  }
  if (state.cancel && !state.cancel.onChain && state.terms && !ENDED.has(state.phase)) {
    // The driver did not answer the cancel: the vault lets the rider out alone.
    if (nowMs - state.cancel.atMs < DEADLINE_S.cancelAnswer * 1000) return step(state)
    return step({ ...state, cancel: { ...state.cancel, onChain: true }, notice: 'cancelUnanswered' }, [
      { type: 'cancelTx', terms: state.terms },
    ])
  }
  if (
    state.phase === 'held' &&
    state.terms &&
    nowMs > state.terms.details.lateAt * 1000 &&
    state.notice !== 'driverLate'
  ) {
    return step({ ...state, notice: 'driverLate' }, [{ type: 'notice', notice: 'driverLate' }])
  }
  return step(state)
}

function termsSigned(state: RiderState, digest: Hex, signature: Hex): Step<RiderState, RiderEffect> {
  const { terms, chosen } = state
  if (state.phase !== 'selected' || !terms || !chosen) return step(state)
  const { details, ...flat } = terms
  const body = {
    ...flat,
    ...details,
    boarding: fromHex(details.boarding),
    record: fromHex(details.record),
    signature: fromHex(signature),
  }
  const others = state.offers.filter(o => o.tag !== chosen.tag)
  return step({ ...state, digest, signature }, [
    { type: 'send', tag: chosen.tag, message: { name: 'select', body: { ...body, seq: Number(terms.seq) } } },
    ...others.flatMap(o => farewell(o.tag)),
  ])
}

function failed(
  state: RiderState,
  event: Extract<RiderEvent, { type: 'failed' }>,
): Step<RiderState, RiderEffect> {
  if (event.effect === 'signTerms' && state.phase === 'selected') {
    return step(
      { ...state, phase: 'offered', chosen: null, terms: null, agreed: null, notice: 'signatureRefused' },
      [{ type: 'notice', notice: 'signatureRefused' }],
    )
  }
  if (event.effect === 'cancelTx' && state.cancel)
    return step({ ...state, cancel: { ...state.cancel, onChain: false }, notice: 'txFailed' })
  if (event.effect === 'signReceipt') return step({ ...state, signing: null, notice: 'signatureRefused' })
  return step({ ...state, notice: 'txFailed' })
}

function fact(
  state: RiderState,
  { fact }: Extract<RiderEvent, { type: 'chain' }>,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  if (fact.terms !== state.digest) return step(state)
  if (state.facts.some(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex))
    return step(state)
  const phase = afterFact(state.phase, fact)
  const taken = { ...state, phase, facts: [...state.facts, { fact, before: state.phase }] }
  if (fact.fact === 'held') {
    const held = { ...taken, heldAtMs: nowMs, holdTx: fact.txHash, notice: null }
    if (state.leaving)
      return step({ ...held, cancel: { fee: 0n, reason: 0, atMs: nowMs, onChain: false } }, cancelWords(held))
    return step(
      held,
      held.chosen
        ? [
            {
              type: 'send',
              tag: held.chosen.tag,
              message: { name: 'pickup', body: pickupOf(held.plan, held.salt) },
            },
          ]
        : [],
    )
  }
  if (fact.fact === 'released' && !state.cancel)
    return step({ ...taken, notice: 'driverReleased' }, [{ type: 'notice', notice: 'driverReleased' }])
  return step(taken)
}

const cancelWords = (state: RiderState): RiderEffect[] =>
  state.chosen
    ? [{ type: 'send', tag: state.chosen.tag, message: { name: 'cancel', body: { reason: 0, fee: 0n } } }]
    : []

function undone(
  state: RiderState,
  { fact }: Extract<RiderEvent, { type: 'undone' }>,
): Step<RiderState, RiderEffect> {
  const at = state.facts.findIndex(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex)
  const taken = state.facts[at]
  return taken ? step({ ...state, phase: taken.before, facts: state.facts.slice(0, at) }) : step(state)
}

function tip(state: RiderState, amount: bigint, rules: TripRules): Step<RiderState, RiderEffect> {
  if (state.phase !== 'finished' || !state.terms || !state.receipt || amount > state.receipt.fare)
    return step(state)
  return wantReceipt(
    { ...state, tip: amount },
    nextReceipt({ ...state, tip: amount }, state.receipt.fare, rules),
  )
}

function change(
  state: RiderState,
  event: Extract<RiderEvent, { type: 'change' }>,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  if (!state.terms || !next(state.phase, 'change')) return step(state)
  const { dest, destName, metres, secs } = event
  const fare = fareOf(rules.tariff, metres, secs, state.terms.bp)
  // What is held is all there is: a dearer way needs a trip of its own.
  if (fare + (state.receipt?.wait ?? 0n) + state.meter.toll > state.terms.hold) {
    return step({ ...state, notice: 'changeTooDear' }, [{ type: 'notice', notice: 'changeTooDear' }])
  }
  const wanted = { ...state, phase: 'changed' as const, change: { dest, destName, metres, secs, fare } }
  return speak(wanted, {
    name: 'change',
    body: { lngE7: e7(dest[0]), latE7: e7(dest[1]), destName: clipText(destName, 80), metres, secs, fare },
  })
}

const e7 = (degrees: number) => Math.round(degrees * 1e7)

/** The sealed word that tells the held driver where to come. */
function pickupOf(plan: RidePlan, salt: Hex) {
  return {
    lngE7: e7(plan.pickup[0]),
    latE7: e7(plan.pickup[1]),
    destLngE7: e7(plan.dest[0]),
    destLatE7: e7(plan.dest[1]),
    pickupName: clipText(plan.pickupName, 80),
    destName: clipText(plan.destName, 80),
    rider: clipText(plan.riderName, 32),
    salt: fromHex(salt),
  }
}
