import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex } from './hex.ts'
import { peerName } from './peer-name.ts'
import { termsFor } from './quote.ts'
import { NO_PROOF, type ShownConcession } from './record.ts'
import { NO_CARD } from './rider-card.ts'
import { NO_CHOICE } from './rider-promise.ts'
import { nextReceipt, wantReceipt } from './rider-receipt.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { cancelFeeOf } from './tariff.ts'
import type { Hex, Terms } from './terms.ts'
import { DEADLINE_S, MONEY } from './trip.ts'
import { tariffOf } from './trip-tariff.ts'
import { vaultFee } from './vault-fee.ts'

/** Whole metres that one second of the road is worth in the cancel formula: 30 km/h, a city's usual pace. */
const METRES_PER_ETA_S = 8

/** The rider picks an offer: the terms are made and go to the wallet to be signed. */
export function riderChoose(
  state: RiderState,
  event: Extract<RiderEvent, { type: 'choose' }>,
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  const offer = state.offers.find(o => o.tag === event.tag && o.expiresAtMs > nowMs)
  if (state.phase !== 'offered' || !offer) return { state, effects: [] }
  // Another driver's commit is countersigned: it holds for some seconds, and it alone.
  const { bound = null } = state.part ?? {}
  if (bound && nowMs <= bound.expiresAtMs && bound.driver !== peerName(fromHex(offer.key)))
    return { state, effects: [] }
  const wanted = rules.document?.document.concessions.find(each => each.id === state.plan.concession)
  const concession = offer.byDocument && wanted ? { id: wanted.id, proof: NO_PROOF } : null
  const terms = offeredTerms(state, offer, event, concession, nowMs, rules)
  const { fare, metres, secs, bp } = terms
  const selected = {
    ...state,
    ...NO_CHOICE,
    phase: 'selected' as const,
    chosen: offer,
    terms,
    agreed: { fare, metres, secs, bp },
    byDocument: offer.byDocument,
    concession,
    selectedAtMs: nowMs,
    ...NO_CARD,
    notice: null,
  }
  // A driver who was not asked for a firm time does not know the trip yet: he must before he can check the terms.
  const ask: RiderEffect[] = offer.refined ? [] : [{ type: 'refine', tag: offer.tag, metres, secs }]
  return {
    state: selected,
    effects: [...ask, { type: 'signTerms', terms, ...(concession && { concession: concession.id }) }],
  }
}

/** Who signs terms, with which session key for receipts, in which lane and with which number. */
export type Signer = Pick<Extract<RiderEvent, { type: 'choose' }>, 'rider' | 'session' | 'lane' | 'seq'>

/** The terms of a trip by an offer. */
export function offeredTerms(
  { plan, requestId, secret, salt }: RiderState,
  offer: OfferEntry,
  { rider, session, lane, seq }: Signer,
  concession: ShownConcession | null,
  nowMs: number,
  rules: TripRules,
): Terms {
  return termsFor(tariffOf(rules, offer.byDocument, concession), {
    rider,
    driver: offer.account,
    session,
    lane,
    seq,
    tariffId: rules.tariffId,
    metres: plan.metres,
    secs: plan.secs,
    bp: offer.bp,
    etaS: offer.etaS,
    nowS: Math.floor(nowMs / 1000),
    pickupAtS: plan.pickupAtMs / 1000,
    arbiter: rules.tariff.authority,
    boarding: toHex(keccak_256(fromHex(secret))),
    record: recordHash(requestId, salt),
    charges: offer.charges,
  })
}

/** The salted name of a trip's record in the terms: it says nothing without the salt. */
export function recordHash(requestId: Hex, salt: Hex): Hex {
  return toHex(keccak_256(concat(fromHex(requestId), fromHex(salt))))
}

/** The last words to a driver whose offer was not taken. */
export const farewell = (tag: string): RiderEffect[] => [
  { type: 'send', tag, message: { name: 'taken', body: {} } },
  { type: 'drop', tag },
]

/** The rider takes the request back before any money is held. */
export function riderWithdraw(state: RiderState): Step<RiderState, RiderEffect> {
  if (state.phase === 'requested' || state.phase === 'offered') {
    const drops = state.offers.flatMap(o => farewell(o.tag))
    return { state: { ...state, phase: 'withdrawn' }, effects: drops }
  }
  if (state.phase !== 'selected') return { state, effects: [] }
  // Signed terms are out: until acceptBy the driver can still send the hold, which is then cancelled at once.
  if (!state.signature || !state.chosen) return { state: { ...state, phase: 'withdrawn' }, effects: [] }
  const word = {
    type: 'send' as const,
    tag: state.chosen.tag,
    message: { name: 'cancel' as const, body: { reason: 0, fee: 0n } },
  }
  return { state: { ...state, leaving: true }, effects: [word] }
}

/**
 * What a cancel costs now and why: a pure preview; what it shows is the most that is charged. Once the driver was asked it is
 * what the vault would take for not waiting for his answer. Minor units.
 */
export function cancelPreview(
  state: RiderState,
  nowMs: number,
  rules: TripRules,
): { fee: bigint; free: 'early' | 'late' | 'notCloser' | null } {
  const { terms } = state
  if (!terms || !MONEY.has(state.phase)) return { fee: 0n, free: 'early' }
  const nowS = Math.floor(nowMs / 1000)
  if (state.cancel) return { fee: vaultFee(terms, nowMs), free: null }
  if (state.startedAtMs) return { fee: state.receipt?.fare ?? 0n, free: null }
  if (nowS <= terms.details.freeUntil) return { fee: 0n, free: 'early' }
  if (state.arrivedAtMs === 0 && nowS > terms.details.lateAt) return { fee: 0n, free: 'late' }
  const closerS = state.seen ? Math.max(0, state.firstSeenEtaS - state.seen.etaS) : 0
  if (state.arrivedAtMs === 0 && closerS === 0) return { fee: 0n, free: 'notCloser' }
  const elapsedS = Math.max(0, Math.floor((nowMs - state.heldAtMs) / 1000))
  const approachM = (state.arrivedAtMs ? state.firstSeenEtaS : closerS) * METRES_PER_ETA_S
  const fee = cancelFeeOf(rules.tariff, terms.fare, approachM, elapsedS)
  return { fee: fee < terms.details.cancelFee ? fee : terms.details.cancelFee, free: null }
}

/** The rider cancels a held trip: the driver is asked to free the hold, or is handed a receipt for the fee. */
export function riderCancel(
  state: RiderState,
  { reason, shownFee }: { readonly reason: number; readonly shownFee: bigint },
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  const { terms } = state
  if (!terms || !state.chosen || !MONEY.has(state.phase) || state.startedAtMs) return { state, effects: [] }
  if (state.cancel) return shownFee < vaultFee(terms, nowMs) ? { state, effects: [] } : askVault(state, terms)
  const due = cancelPreview(state, nowMs, rules).fee
  const fee = shownFee < due ? shownFee : due
  const word = {
    type: 'send' as const,
    tag: state.chosen.tag,
    message: { name: 'cancel' as const, body: { reason, fee } },
  }
  const leaving = { ...state, cancel: { fee, reason, atMs: nowMs, onChain: false } }
  if (fee === 0n) return { state: leaving, effects: [word] }
  const signed = wantReceipt(leaving, nextReceipt(leaving, fee, rules))
  return { state: signed.state, effects: [word, ...signed.effects] }
}

/**
 * Leaves through the vault when the driver has not answered the cancel in time, as soon as that costs no more than was
 * shown: before the free time is over without waiting for him, after it once he is late.
 */
export function riderLeave(state: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  const { cancel, terms } = state
  if (!cancel || cancel.onChain || !terms) return { state, effects: [] }
  const isAnswerDue = nowMs - cancel.atMs >= DEADLINE_S.cancelAnswer * 1000
  const isCheap = vaultFee(terms, nowMs) <= cancel.fee
  const staysCheap = vaultFee(terms, nowMs + DEADLINE_S.cancelAnswer * 1000) <= cancel.fee
  if (isCheap && (isAnswerDue || !staysCheap)) return askVault(state, terms)
  if (!isAnswerDue || isCheap || state.notice === 'cancelUnanswered') return { state, effects: [] }
  return { state: { ...state, notice: 'cancelUnanswered' }, effects: [] }
}

const askVault = (state: RiderState, terms: Terms): Step<RiderState, RiderEffect> =>
  state.cancel && !state.cancel.onChain
    ? {
        state: { ...state, cancel: { ...state.cancel, onChain: true }, notice: 'cancelLeaving' },
        effects: [{ type: 'cancelTx', terms }],
      }
    : { state, effects: [] }
