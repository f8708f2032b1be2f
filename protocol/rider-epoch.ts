import { unpackMoves } from './commit.ts'
import { bidEndsMs } from './driver-epoch.ts'
import type { BID, COMMIT } from './epoch-messages.ts'
import type { ValueOf } from './fields.ts'
import { fromHex } from './hex.ts'
import { peerName } from './peer-name.ts'
import { farewell } from './rider-choice.ts'
import { riderAccepts, riderRefuses, waitingRider } from './rider-part.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step } from './rider-state.ts'
import { beginSwap, isNoDearer, isSooner, mayChange, RIDER_RULE } from './rider-swap.ts'
import { DEADLINE_S } from './trip.ts'

type Incoming = Extract<RiderEvent, { type: 'message' }>
type Result = Step<RiderState, RiderEffect>

/** Two clocks may differ by this much, ms. */
const CLOCKS_MS = 5_000

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Result => ({ state, effects })
const asks = ({ phase }: RiderState): boolean => phase === 'requested' || phase === 'offered'

/** What the driver of an offer is called in an epoch. */
export const driverOf = ({ key }: Pick<OfferEntry, 'key'>): string => peerName(fromHex(key))

/** A driver's bid, its signature checked: his offer stands as long. */
export function takeBid(
  state: RiderState,
  { tag, key }: Incoming,
  body: ValueOf<typeof BID>,
  nowMs: number,
): Result {
  if (!(asks(state) || mayChange(state, nowMs)) || body.issuedAtMs > nowMs + CLOCKS_MS) return step(state)
  const offers = state.offers.map(offer => {
    if (offer.tag !== tag || offer.key !== key || (offer.bid?.issuedAtMs ?? 0) > body.issuedAtMs) return offer
    const untilMs = Math.min(bidEndsMs(body), nowMs + 1000 * DEADLINE_S.request)
    return {
      ...offer,
      bid: { ...body, driver: fromHex(key) },
      expiresAtMs: Math.max(offer.expiresAtMs, untilMs),
    }
  })
  return step({ ...state, offers })
}

/** A driver's commit, its signature checked: the rider's device countersigns one at a time, and chooses its driver. */
export function takeCommit(
  state: RiderState,
  { tag, key }: Incoming,
  { epoch, promiseMs, expiresAtMs, moves, signature }: ValueOf<typeof COMMIT>,
  nowMs: number,
): Result {
  const offer = state.offers.find(o => o.tag === tag && o.key === key)
  const isNext = mayChange(state, nowMs)
  if (!state.part || !offer) return step(state)
  if (state.phase !== 'offered' && !isNext) return step(state)
  if (isNext && !(isNoDearer(state, offer) && isSooner(state, promiseMs, nowMs)))
    return step({ ...state, offers: state.offers.filter(o => o !== offer) }, farewell(tag))
  const commit = {
    ...{ epoch, promiseMs, expiresAtMs, moves: unpackMoves(moves) },
    ...{ driver: driverOf(offer), request: state.part.request },
  }
  const verdict = riderAccepts(state.part, commit, nowMs, RIDER_RULE)
  if (verdict.verdict === 'accept' && isNext)
    return beginSwap(state, { offer, part: verdict.value, commit, signature })
  if (verdict.verdict === 'accept')
    return step({ ...state, part: verdict.value }, [{ type: 'confirm', tag, key, commit, signature }])
  // He may take back what came too late or crossed another word; who cannot be taken at all is told.
  if (verdict.verdict === 'ignore' && verdict.code !== 'too-late') return step(state)
  const offers = state.offers.filter(o => o !== offer)
  return step({ ...state, offers, part: riderRefuses(state.part, commit.driver) }, farewell(tag))
}

/** The device's own rule takes up the market of epochs, or goes back to direct offers. */
export function riderMarket(state: RiderState, request: string | null): Result {
  if (request === null) return step(state.part ? { ...state, part: null } : state)
  return step(asks(state) && !state.part ? { ...state, part: waitingRider(request) } : state)
}

/** A driver whom the rider's own solution gave him said nothing. */
export const driverIsSilent = (state: RiderState, driver: string): Result =>
  step(state.part && asks(state) ? { ...state, part: riderRefuses(state.part, driver) } : state)

/** A driver took another rider: his offer stands no more. */
export function driverIsTaken(state: RiderState, driver: string): Result {
  const isAsking = asks(state)
  if (!isAsking && !state.part?.held) return step(state)
  const offers = state.offers.filter(
    o => driverOf(o) !== driver || (!isAsking && o.tag === state.chosen?.tag),
  )
  if (offers.length === state.offers.length) return step(state)
  if (!isAsking) return step({ ...state, offers })
  return step({ ...state, offers, phase: offers.length ? 'offered' : 'requested' })
}

/** A driver is proven to have promised two rides in one epoch: he is out for good, and who had his offer is told. */
export function driverIsDouble(state: RiderState, driver: string): Result {
  const out = state.part && asks(state) ? { ...state, part: riderRefuses(state.part, driver) } : state
  const had = asks(state) && state.offers.some(offer => driverOf(offer) === driver)
  if (!had) return step(out)
  return step({ ...driverIsTaken(out, driver).state, notice: 'driverDouble' }, [
    { type: 'notice', notice: 'driverDouble' },
  ])
}

/** A countersigned commit that came to nothing ends, and its driver is out. */
export function lapseBound(state: RiderState, nowMs: number): RiderState {
  const { part } = state
  const isOver = part?.bound && nowMs > part.bound.expiresAtMs && asks(state)
  return isOver ? { ...state, part: riderRefuses(part, part.bound.driver) } : state
}

/** After a choice that came to nothing its driver is out of the rider's next epochs. */
export function afterChoice(before: RiderState, after: RiderState): RiderState {
  const isUndone = before.phase === 'selected' && asks(after) && before.chosen !== null
  return isUndone && after.part
    ? { ...after, part: riderRefuses({ ...after.part, held: null }, driverOf(before.chosen)) }
    : after
}
