import type { Bid } from './bid.ts'
import { driverStep, isBound } from './driver-part.ts'
import type { DriverEffect, DriverEvent, DriverState, SentOffer } from './driver-state.ts'
import { fromHex } from './hex.ts'
import { peerName } from './peer-name.ts'
import type { Step } from './rider-state.ts'
import { DEADLINE_S } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

/** What a driver adds to the time that he bid when he promises to be there: to set off, and to find the place. Ms. */
const SLACK_MS = 15_000
/** The longest time that a bid can say, tenths of a second. */
const MOST_DS = 0xffff

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** What the rider of an offer is called in an epoch. */
export const riderOf = ({ card }: Pick<SentOffer, 'card'>): string => peerName(fromHex(card.key))

/** When a bid ends, unix ms. */
export const bidEndsMs = ({ issuedAtMs, holdS }: Bid): number => issuedAtMs + 1000 * holdS

/**
 * Bids to the riders whom the driver told a firm time: to each as soon as two of them want him, and to whoever has called
 * for bids. One for each offer; it makes the offer last as long as the request.
 */
export function giveBids(state: DriverState, idleS: number, nowMs: number): Result {
  if (!state.online || state.trip) return step(state)
  const told = state.offers.filter(o => o.isFirm && o.expiresAtMs > nowMs)
  const due = told.filter(o => !o.bid && (told.length > 1 || o.card.isCalled))
  if (due.length === 0) return step(state)
  const bidOf = ({ etaS }: SentOffer): Bid => ({
    etaDs: Math.min(MOST_DS, 10 * etaS),
    idleS: Math.max(0, Math.min(0xffff, idleS)),
    rivals: Math.min(255, told.length - 1),
    issuedAtMs: nowMs,
    holdS: DEADLINE_S.request,
  })
  const bids = new Map(due.map(offer => [offer, bidOf(offer)]))
  const offers = state.offers.map(offer => {
    const bid = bids.get(offer)
    return bid ? { ...offer, bid, expiresAtMs: Math.max(offer.expiresAtMs, bidEndsMs(bid)) } : offer
  })
  return step(
    { ...state, offers },
    due.map(offer => ({ type: 'bid', tag: offer.tag, rider: riderOf(offer), bid: bids.get(offer)! })),
  )
}

/** A rider called for bids whom the driver has answered already. */
export function called(state: DriverState, key: string, idleS: number, nowMs: number): Result {
  const isHis = ({ card }: SentOffer): boolean => card.key === key && !card.isCalled
  if (!state.offers.some(isHis)) return step(state)
  const offers = state.offers.map(o => (isHis(o) ? { ...o, card: { ...o.card, isCalled: true } } : o))
  return giveBids({ ...state, offers }, idleS, nowMs)
}

/** The driver's own solution of an epoch gives him a rider: he signs one commit, to a rider who has his bid. */
export function driverTake(
  state: DriverState,
  { epoch, request, moves, holdMs }: Extract<DriverEvent, { type: 'take' }>,
  nowMs: number,
): Result {
  const out = state.offers.find(offer => offer.bid && riderOf(offer) === request)
  if (!state.online || state.trip || !out?.bid || bidEndsMs(out.bid) <= nowMs) return step(state)
  const { etaDs } = out.bid
  const taken = driverStep(state.part, { type: 'take', epoch, request, etaDs, moves }, nowMs, {
    holdMs,
    slackMs: SLACK_MS,
  })
  return taken.commit
    ? step({ ...state, part: taken.part }, [{ type: 'commit', tag: out.tag, commit: taken.commit }])
    : step(state)
}

/** Whether a commit that may still count keeps the driver from this rider. */
export const isBoundElsewhere = ({ part }: DriverState, out: SentOffer, nowMs: number): boolean =>
  isBound(part, nowMs) && part.bound?.request !== riderOf(out)

/** The driver without his commit to the rider of an offer: it has become a trip, or the rider took another. */
export const unbound = (state: DriverState, out: SentOffer): DriverState =>
  state.part.bound?.request === riderOf(out) ? { ...state, part: { ...state.part, bound: null } } : state

/** A commit that came to nothing ends; where the rider had countersigned it the driver's bids are void, so he bids anew. */
export function lapseCommit(state: DriverState, nowMs: number): Result {
  if (state.part.bound === null || isBound(state.part, nowMs)) return step(state)
  const offers = state.offers.map(offer => (offer.bid ? { ...offer, bid: null } : offer))
  return giveBids({ ...state, offers, part: { ...state.part, bound: null } }, 0, nowMs)
}
