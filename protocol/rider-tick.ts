import { isAhead, LATER_S } from './later.ts'
import { holdsBack } from './rider-card.ts'
import { tellPlace } from './rider-chain.ts'
import { riderLeave } from './rider-choice.ts'
import { lapseBound } from './rider-epoch.ts'
import { endPromised, unchoose } from './rider-promise.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step } from './rider-state.ts'
import { swapTick } from './rider-swap.ts'
import { CASES, DEADLINE_S, MONEY } from './trip.ts'

/** Wider steps after the first: the ring, then the res-5 parents. */
const LAST_STEP = 2
/** How many offers are asked for a firm time. */
const REFINED = 5
/** The last step is said again this often while nobody has offered: drivers come online. Seconds. */
const REPEAT_S = 10
/** The chain's clock may be behind by this much, seconds. */
const SLACK_S = 15
/** A hold that was not given back is asked for again after this, seconds. */
const AGAIN_S = 60
/** The hold of a ride under way that a reorganisation took may be mined anew until so long after `acceptBy`, seconds. */
const LOST_S = 300

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

/** The passing of time on a trip: requests widen and end, silence is answered. */
export function riderTick(before: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  const swapped = swapTick(lapseBound(before, nowMs), nowMs)
  if (swapped.effects.length) return swapped
  const { state } = swapped
  const ended = endPromised(state, nowMs)
  if (ended.effects.length) return ended
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
    // The calls of who waits in epochs go farther than any step.
    const isSaid = state.part !== null
    if (nowMs < state.widenAtMs || offers.length >= wanted || isSaid) return step(kept, asks)
    const wider = widen({ ...kept, phase }, nowMs)
    return step(wider.state, [...asks, ...wider.effects])
  }
  if (state.phase === 'selected') {
    // The hold cannot be mined after acceptBy; a little longer, so that a block under way is seen.
    const over = state.terms !== null && nowMs > (state.terms.acceptBy + 5) * 1000
    if (!over) return step(state)
    if (state.leaving) return step({ ...state, phase: 'withdrawn' })
    // A reorganisation took the hold of a ride under way: it may be mined anew, but not for ever.
    if (state.startedAtMs) {
      if (state.terms && nowMs <= (state.terms.acceptBy + LOST_S) * 1000) return step(state)
      return step({ ...state, phase: 'withdrawn', notice: 'holdLost' }, [
        { type: 'notice', notice: 'holdLost' },
      ])
    }
    const offers = state.offers.filter(o => o.tag !== state.chosen?.tag && o.expiresAtMs > nowMs)
    return step(
      {
        ...unchoose(state),
        phase: 'offered',
        offers,
        notice: 'driverSilent',
      },
      [{ type: 'notice', notice: 'driverSilent' }],
    )
  }
  if (isForgotten(state, nowMs) && state.terms)
    return step({ ...state, releasedAtMs: nowMs }, [{ type: 'releaseTx', terms: state.terms }])
  if (isCaseDue(state, nowMs) && state.terms)
    return step({ ...state, releasedAtMs: nowMs }, [{ type: 'finalizeTx', terms: state.terms }])
  if (state.cancel && MONEY.has(state.phase) && !CASES.has(state.phase)) return riderLeave(state, nowMs)
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

/**
 * Whether the vault gives back what nobody settled or claimed: anyone may ask for it after `expiry`. A driver who has
 * driven is given another day to settle.
 */
function isForgotten({ phase, terms, startedAtMs, releasedAtMs }: RiderState, nowMs: number): boolean {
  if (!terms || !MONEY.has(phase) || CASES.has(phase)) return false
  const fromS = terms.details.expiry + (startedAtMs ? DEADLINE_S.challenge : 0)
  return nowMs > (fromS + SLACK_S) * 1000 && nowMs - releasedAtMs > AGAIN_S * 1000
}

/** Whether the vault closes the trip's case for anybody who asks: its day is over. */
function isCaseDue({ phase, facts, releasedAtMs }: RiderState, nowMs: number): boolean {
  const fact = facts.at(-1)?.fact
  if (!CASES.has(phase) || !fact || !('deadlineS' in fact)) return false
  return nowMs > (fact.deadlineS + SLACK_S) * 1000 && nowMs - releasedAtMs > AGAIN_S * 1000
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
