import { type Commit, packMoves } from './commit.ts'
import { fromHex, toHex } from './hex.ts'
import { peerName } from './peer-name.ts'
import { holdsBack, NO_CARD, type RiderCard, takeCard } from './rider-card.ts'
import { farewell, offeredTerms, type Signer } from './rider-choice.ts'
import { type RiderPart, type RiderRule, riderHeld, riderRefuses } from './rider-part.ts'
import { keptTerms, NO_CHOICE } from './rider-promise.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { SHARES } from './sharing.ts'
import type { Hex } from './terms.ts'
import { termsBody } from './terms-body.ts'
import type { TripState } from './trip.ts'

type Incoming = Extract<RiderEvent, { type: 'message' }>
type Result = Step<RiderState, RiderEffect>

/** All that the rider's device knows by one choice of a driver: it is exchanged whole when another takes over. */
type Choice = Pick<
  RiderState,
  keyof typeof NO_CHOICE | keyof typeof NO_CARD | 'selectedAtMs' | 'heldAtMs' | 'chat'
>

/** A nearer driver on his way to take over: his commit is countersigned, and the one held knows nothing of it until he is ready. */
export interface Swap {
  readonly commit: Commit
  readonly commitSignature: Uint8Array
  readonly choice: Choice
  /** His card has come, if he has one. */
  readonly isReady: boolean
  /** The one held was asked to hand over: from now on the chain says who it is. */
  readonly isYielded: boolean
}

/** What was before another took over, should a reorganisation take that back. */
export interface Former {
  readonly choice: Choice
  readonly swap: Swap
  readonly part: RiderPart | null
}

/** The longest pickup that a rider's device takes without asking him, tenths of a second. */
export const PATIENCE_DS = 9_000
/** Beyond it for what a driver adds when he promises, tenths of a second. */
const SLACK_DS = 200
/** What a rider's device agrees to by itself. */
export const RIDER_RULE: RiderRule = {
  patienceDs: PATIENCE_DS + SLACK_DS,
  mostSwaps: 1,
  laterMs: 0,
  freezeMs: 60_000,
}
/** The chain's clock may be behind by this much, seconds. */
const SLACK_S = 5
/** A hold by the terms of the former driver can be told of so long, ms: then he is forgotten. */
const FORMER_MS = 120_000
/** Drivers beside the one held whose offers are kept, at most. */
const MOST_BESIDE = 5

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Result => ({ state, effects })

/** States in which a driver is held and nobody is at the door. */
const AHEAD: ReadonlySet<TripState> = new Set<TripState>(['selected', 'held', 'arrived'])

/** Whether a nearer driver may still take over: the ride came from an epoch, is of now and the rider's alone, and its driver is not near. */
export function mayChange(state: RiderState, nowMs: number): boolean {
  const { phase, plan, part, swap, former, cancel, concession, seen } = state
  if (phase !== 'held' || !part?.held || swap || former || cancel || concession) return false
  if (plan.keepsDriver || plan.pickupAtMs !== 0 || (plan.needs & SHARES) !== 0) return false
  const { promiseMs, swaps } = part.held
  const isFar = seen === null || 1000 * seen.etaS >= RIDER_RULE.freezeMs
  return swaps < RIDER_RULE.mostSwaps && promiseMs - nowMs >= RIDER_RULE.freezeMs && isFar
}

/** Whether an offer beside a held ride is worth keeping: not dearer, and reckoned alike. */
export const isNoDearer = ({ chosen, offers }: RiderState, offer: OfferEntry): boolean =>
  chosen !== null &&
  offer.byDocument === chosen.byDocument &&
  offer.account !== chosen.account &&
  offer.fare + offer.charges <= chosen.fare + chosen.charges &&
  offers.filter(({ tag }) => tag !== chosen.tag && tag !== offer.tag).length < MOST_BESIDE

/** Whether a promise is sooner than the driver held would be there, by what he says on his way. */
export const isSooner = ({ seen }: RiderState, promiseMs: number, nowMs: number): boolean =>
  seen === null || promiseMs < nowMs + 1000 * seen.etaS

/** A nearer driver's commit is countersigned. */
export function beginSwap(
  state: RiderState,
  {
    offer,
    part,
    commit,
    signature,
  }: { offer: OfferEntry; part: RiderPart; commit: Commit; signature: Uint8Array },
): Result {
  const choice = { ...NO_CHOICE, ...NO_CARD, chosen: offer, selectedAtMs: 0, heldAtMs: 0, chat: [] }
  const swap = { commit, commitSignature: signature, choice, isReady: false, isYielded: false }
  const { tag, key } = offer
  return step({ ...state, part, swap }, [{ type: 'confirm', tag, key, commit, signature }])
}

/** The terms for him: the next number in the lane of those that hold, so that only one of the two can. */
export function chooseNext(
  state: RiderState,
  swap: Swap,
  { rider, session }: Pick<Signer, 'rider' | 'session'>,
  nowMs: number,
  rules: TripRules,
): Result {
  const { chosen } = swap.choice
  const { terms: own } = state
  if (!chosen || !own || swap.choice.terms || nowMs > swap.commit.expiresAtMs) return step(state)
  const by = { rider, session, lane: own.lane, seq: own.seq + 1n }
  const terms = offeredTerms(state, chosen, by, null, nowMs, rules)
  if (rider.toLowerCase() !== own.rider.toLowerCase() || terms.hold > own.hold) return dropSwap(state, swap)
  const { fare, metres, secs, bp } = terms
  const { byDocument } = chosen
  const agreed = { fare, metres, secs, bp }
  const choice = { ...swap.choice, terms, agreed, byDocument, selectedAtMs: nowMs }
  return step({ ...state, swap: { ...swap, choice } }, [{ type: 'signTerms', terms }])
}

/** The wallet has signed them. */
export function nextSigned(
  state: RiderState,
  swap: Swap,
  digest: Hex,
  signature: Hex,
  select: (tag: string) => RiderEffect,
): Result {
  const choice = { ...swap.choice, digest, signature }
  return step({ ...state, swap: { ...swap, choice } }, [select(choice.chosen?.tag ?? '')])
}

/** What the nearer driver says before he is held. */
export function swapMessage(state: RiderState, swap: Swap, { message }: Incoming, nowMs: number): Result {
  if (message.name === 'card') {
    const { state: seen, effects } = takeCard({ ...state, ...swap.choice }, message.body)
    const { cardParts, card } = seen
    return step({ ...state, swap: { ...swap, choice: { ...swap.choice, cardParts, card } } }, effects)
  }
  if (message.name === 'ready')
    return toHex(message.body.trip) === swap.choice.digest
      ? askToYield({ ...state, swap: { ...swap, isReady: true } }, nowMs)
      : step(state)
  return message.name === 'decline' && !swap.isYielded ? dropSwap(state, swap) : step(state)
}

/** His card was checked: with a bad one he stays outside. */
export function swapCard(state: RiderState, swap: Swap, card: RiderCard, nowMs: number): Result {
  if (card.state === 'bad') return dropSwap(state, swap)
  return askToYield({ ...state, swap: { ...swap, choice: { ...swap.choice, card } } }, nowMs)
}

/** The driver held is asked to hand over once the other is ready. */
function askToYield(state: RiderState, nowMs: number): Result {
  const { swap, chosen } = state
  if (!swap?.isReady || swap.isYielded || !chosen || holdsBack(swap.choice)) return step(state)
  const { terms, signature, chosen: next } = swap.choice
  if (!terms || !signature || !next || !mayChange({ ...state, swap: null }, nowMs)) return step(state)
  const { epoch, promiseMs, expiresAtMs, moves } = swap.commit
  const body = {
    ...termsBody(terms),
    ...{ signature: fromHex(signature), key: fromHex(next.key) },
    ...{ epoch, promiseMs, expiresAtMs, moves: packMoves(moves), commit: swap.commitSignature },
  }
  return step({ ...state, swap: { ...swap, isYielded: true } }, [
    { type: 'send', tag: chosen.tag, message: { name: 'yield', body } },
  ])
}

/** Nobody takes over: what was signed for him stays promised. */
export function dropSwap(state: RiderState, swap: Swap): Result {
  const { chosen } = swap.choice
  const offers = state.offers.filter(({ tag }) => tag !== chosen?.tag)
  const part = state.part && riderRefuses(state.part, swap.commit.driver)
  const promised = [...state.promised, ...keptTerms({ ...state, ...swap.choice })]
  return step({ ...state, swap: null, offers, part, promised }, chosen ? farewell(chosen.tag) : [])
}

/** The passing of time on a change of drivers, and on offers that are kept for one. */
export function swapTick(state: RiderState, nowMs: number): Result {
  const { swap, former, part, chosen } = state
  if (swap && isOver(state, swap, nowMs)) return dropSwap(state, swap)
  if (former && nowMs > state.heldAtMs + FORMER_MS && state.phase !== 'selected') {
    const promised = [...state.promised, ...keptTerms({ ...state, ...former.choice })]
    const old = former.choice.chosen
    return step({ ...state, former: null, promised }, old ? farewell(old.tag) : [])
  }
  if (!part?.held || state.phase === 'selected' || mayChange({ ...state, swap: null }, nowMs))
    return step(state)
  const gone = state.offers.filter(({ tag }) => tag !== chosen?.tag && tag !== swap?.choice.chosen?.tag)
  if (gone.length === 0) return step(state)
  const offers = state.offers.filter(offer => !gone.includes(offer))
  return step(
    { ...state, offers },
    gone.flatMap(({ tag }) => farewell(tag)),
  )
}

function isOver(state: RiderState, { commit, choice, isYielded }: Swap, nowMs: number): boolean {
  if (!choice.terms || !choice.signature) return nowMs > commit.expiresAtMs
  const isLate = nowMs > (choice.terms.acceptBy + SLACK_S) * 1000
  return isLate || (!isYielded && !mayChange({ ...state, swap: null }, nowMs))
}

/** Ends a change of drivers with the ride begun, cancelled or over. */
export function afterSwap({ state, effects }: Result): Result {
  const { swap, phase, cancel, startedAtMs } = state
  if (!swap || (AHEAD.has(phase) && !cancel && !startedAtMs)) return { state, effects }
  const dropped = dropSwap(state, swap)
  return { state: dropped.state, effects: [...effects, ...dropped.effects] }
}

/** What the state knows by its choice. */
function choiceOf(state: RiderState): Choice {
  const { chosen, terms, agreed, byDocument, concession, digest, signature, selectedAtMs } = state
  const { holdTx, told, car, seen, firstSeenEtaS, arrivedAtMs, triesLeft } = state
  const { cardParts, card, heldAtMs, chat } = state
  return {
    ...{ chosen, terms, agreed, byDocument, concession, digest, signature, selectedAtMs },
    ...{ holdTx, told, car, seen, firstSeenEtaS, arrivedAtMs, triesLeft, cardParts, card, heldAtMs, chat },
  }
}

/** The driver held has let go, as he was asked to: the hold for the other stands beside it in the same transaction. */
export function exchanged(state: RiderState, swap: Swap): RiderState {
  const former = { choice: choiceOf(state), swap, part: state.part }
  const offers = state.offers.filter(({ tag }) => tag !== state.chosen?.tag)
  return { ...state, ...swap.choice, offers, phase: 'selected', swap: null, former }
}

/** A reorganisation took that back: the former driver is held again, and may hand over anew. */
export function changedBack(state: RiderState, former: Former, phase: TripState): RiderState {
  const swap = state.digest === former.swap.choice.digest ? former.swap : null
  return { ...state, ...former.choice, phase, swap, former: null, part: former.part }
}

/** The vault has held by the commit that was countersigned: that is the rider's driver now. */
export function heldBy(part: RiderPart | null, chosen: OfferEntry | null): RiderPart | null {
  const isHis = part?.bound && chosen && part.bound.driver === peerName(fromHex(chosen.key))
  return isHis && part.bound ? riderHeld(part, part.bound) : part
}
