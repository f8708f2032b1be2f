import { afterFact } from './chain-fact.ts'
import { clipText } from './clip-text.ts'
import { e7 } from './geo.ts'
import { fromHex } from './hex.ts'
import { isAhead } from './later.ts'
import { holdsBack } from './rider-card.ts'
import { heldPhase, promisedFact, promisedUndo, takeBack } from './rider-promise.ts'
import type { RidePlan, RiderEffect, RiderEvent, RiderState, Step } from './rider-state.ts'
import { changedBack, exchanged, heldBy } from './rider-swap.ts'
import type { Hex } from './terms.ts'
import { ENDED } from './trip.ts'

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

/** A fact of the chain about the rider's trip; each counts once. */
export function riderFact(
  was: RiderState,
  { fact }: Extract<RiderEvent, { type: 'chain' }>,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  const state = takeBack(was, fact)
  // The former driver's release that a reorganisation took back and brought again.
  if (fact.terms === state.former?.choice.digest) return step(state)
  if (fact.terms !== state.digest) return promisedFact(state, fact, nowMs)
  if (state.facts.some(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex))
    return step(state)
  const { swap } = state
  if (fact.fact === 'released' && swap?.isYielded && !state.startedAtMs && !state.cancel)
    return step({ ...exchanged(state, swap), facts: [...state.facts, { fact, before: state.phase }] })
  const phase = afterFact(state.phase, fact)
  const taken = { ...state, phase, facts: [...state.facts, { fact, before: state.phase }] }
  if (fact.fact === 'held') {
    const held = {
      ...taken,
      phase: phase === 'held' ? heldPhase(state) : phase,
      // The first time counts: a hold that is mined anew is no later promise.
      heldAtMs: state.heldAtMs || nowMs,
      holdTx: fact.txHash,
      part: heldBy(state.part, state.chosen),
      notice: state.former ? ('driverChanged' as const) : null,
    }
    if (state.leaving)
      return step({ ...held, cancel: { fee: 0n, reason: 0, atMs: nowMs, onChain: false } }, cancelWords(held))
    // A booked driver learns the place when he is about to come.
    // One whose card is bad does not learn it unless the rider says so (rider-tick.ts).
    return isAhead(state.plan.pickupAtMs, nowMs) || holdsBack(held) ? step(held) : tellPlace(held)
  }
  if (fact.fact === 'released' && !state.cancel)
    return step({ ...taken, notice: 'driverReleased' }, [{ type: 'notice', notice: 'driverReleased' }])
  return ENDED.has(phase) ? step(taken, riderFiling(taken)) : step(taken)
}

/** Tells the held driver where to come: from now on he alone knows the exact place. */
export function tellPlace(state: RiderState): Step<RiderState, RiderEffect> {
  const body = pickupOf(state.plan, state.salt)
  return step(
    { ...state, told: true },
    state.chosen ? [{ type: 'send', tag: state.chosen.tag, message: { name: 'pickup', body } }] : [],
  )
}

const cancelWords = (state: RiderState): RiderEffect[] =>
  state.chosen
    ? [{ type: 'send', tag: state.chosen.tag, message: { name: 'cancel', body: { reason: 0, fee: 0n } } }]
    : []

/** What of an ended trip the rider keeps for the authority: the record behind the newest receipt. */
const riderFiling = ({ signed, headSignature, filed }: RiderState): RiderEffect[] =>
  signed && !filed ? [{ type: 'file', signed, headSignature }] : []

/** A fact that a reorganisation took back. */
export function riderUndo(
  state: RiderState,
  { fact }: Extract<RiderEvent, { type: 'undone' }>,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  const at = state.facts.findIndex(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex)
  const taken = state.facts[at]
  if (!taken) return promisedUndo(state, fact, nowMs)
  const { former } = state
  if (former && fact.terms === former.choice.digest && !state.startedAtMs)
    return step({ ...changedBack(state, former, taken.before), facts: state.facts.slice(0, at) })
  // The former driver's, when the one after him came to nothing as well.
  if (fact.terms !== state.digest)
    return promisedUndo({ ...state, facts: state.facts.filter(each => each !== taken) }, fact, nowMs)
  const back = { ...state, phase: taken.before, facts: state.facts.slice(0, at) }
  // Nobody sends it again for us: the transaction was seen in a block and is forgotten.
  // A cancel of this device is asked for by the tick, at no more than was shown (rider-choice.ts).
  if (fact.fact === 'cancelled' && state.cancel)
    return step({ ...back, cancel: { ...state.cancel, atMs: 0, onChain: false } })
  const again: RiderEffect[] =
    fact.fact === 'cancelled' && state.terms ? [{ type: 'cancelTx', terms: state.terms }] : []
  return step(back, again)
}

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
