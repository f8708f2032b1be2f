import { isAhead, LATER_S } from './later.ts'
import { holdsBack } from './rider-card.ts'
import { tellPlace } from './rider-chain.ts'
import { NO_CHOICE } from './rider-offer.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step } from './rider-state.ts'
import { DEADLINE_S, ENDED } from './trip.ts'

/** Wider steps after the first: the ring, then the res-5 parents. */
const LAST_STEP = 2
/** How many offers are asked for a firm time. */
const REFINED = 5
/** The last step is said again this often while nobody has offered: drivers come online. Seconds. */
const REPEAT_S = 10

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

/** The passing of time on a trip: requests widen and end, silence is answered. */
export function riderTick(state: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  const { pickupAtMs } = state.plan
  if (state.phase === 'requested' || state.phase === 'offered') {
    const { offers, asks } = askBest(
      state,
      state.offers.filter(o => o.expiresAtMs > nowMs),
    )
    const endMs = pickupAtMs || state.requestedAtMs + DEADLINE_S.request * 1000
    if (nowMs > endMs && offers.length === 0) {
      return step({ ...state, phase: 'expired', offers, notice: 'noOffers' }, [
        { type: 'notice', notice: 'noOffers' },
      ])
    }
    const phase = offers.length === 0 ? ('requested' as const) : ('offered' as const)
    const wanted = state.step < LAST_STEP ? 5 : 1
    const same = offers.length === state.offers.length && asks.length === 0
    const kept = same ? state : { ...state, phase, offers }
    if (nowMs < state.widenAtMs || offers.length >= wanted) return step(kept, asks)
    const wider = widen({ ...kept, phase }, nowMs)
    return step(wider.state, [...asks, ...wider.effects])
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
        ...NO_CHOICE,
        phase: 'offered',
        offers,
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
    !state.told &&
    !state.cancel &&
    !isAhead(pickupAtMs, nowMs) &&
    !holdsBack(state)
  )
    return tellPlace(state)
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

/** Asks the nearest of the offers not asked yet for a firm time: they alone learn the pickup's res-9 cell. */
function askBest(state: RiderState, offers: readonly OfferEntry[]) {
  const room = state.plan.pickupAtMs ? 0 : REFINED - offers.filter(o => o.refined).length
  const best = offers
    .filter(o => !o.refined)
    .toSorted((a, b) => a.etaS - b.etaS)
    .slice(0, Math.max(0, room))
  const { metres, secs } = state.plan
  const asks: RiderEffect[] = best.map(({ tag }) => ({ type: 'refine', tag, metres, secs }))
  return { offers: offers.map(o => (best.includes(o) ? { ...o, refined: true } : o)), asks }
}

/** A step is out: one that reached nobody need not be waited for. */
export function riderPublished(
  state: RiderState,
  { step: published, reached, drivers, radiusM }: Extract<RiderEvent, { type: 'published' }>,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  const asks = state.phase === 'requested' || state.phase === 'offered'
  if (!asks) return step(state)
  const heard = Array.from({ length: LAST_STEP + 1 }, (_, i) =>
    i === published ? drivers : (state.heard[i] ?? null),
  )
  const told = { ...state, heard, radiusM: published === 0 ? radiusM : state.radiusM }
  return reached === 0 && state.step === published && published < LAST_STEP ? widen(told, nowMs) : step(told)
}

/** Publishes the next step, or the last one again. */
function widen(state: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  const wider = Math.min(state.step + 1, LAST_STEP)
  const repeatS = isAhead(state.plan.pickupAtMs, nowMs) ? LATER_S.repeat : REPEAT_S
  const waitS = wider < LAST_STEP ? DEADLINE_S.widen : repeatS
  return step({ ...state, step: wider, widenAtMs: nowMs + waitS * 1000 }, [{ type: 'publish', step: wider }])
}
