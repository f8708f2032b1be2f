import type { ChainFact } from './chain-fact.ts'
import type { RiderEffect, RiderState, Step } from './rider-state.ts'
import type { Hex } from './terms.ts'
import { ENDED, type TripState } from './trip.ts'
import { vaultFee } from './vault-fee.ts'

/**
 * Signed terms whose driver was let go. Until `acceptBy` he can still send the hold, and the chain may tell of it later
 * still: without these terms nobody could ever free the money.
 */
export type Promised = Pick<RiderState, 'byDocument' | 'concession' | 'selectedAtMs'> & {
  readonly [Key in 'chosen' | 'terms' | 'agreed' | 'digest' | 'signature']: NonNullable<RiderState[Key]>
} & {
  /** Whether they hold money beside the trip, and what became of the cancel. */
  readonly money: 'none' | 'held' | 'cancelled'
  /** When the vault is asked again to cancel or to close, unix ms. */
  readonly againAtMs: number
}

/** Terms that one trip keeps so, at most: each takes a choice and a minute. */
const MOST = 16
/** What was not seen on the chain is asked for again after this, ms. */
const AGAIN_MS = 60_000

/** Nothing is chosen, and nothing of an earlier choice is left. */
export const NO_CHOICE = {
  chosen: null,
  terms: null,
  agreed: null,
  byDocument: false,
  concession: null,
  digest: null,
  signature: null,
  holdTx: null,
  told: false,
  car: null,
  seen: null,
  firstSeenEtaS: 0,
  arrivedAtMs: 0,
  triesLeft: 3,
} as const

/** The terms of a trip's choice, where they are signed, as they are promised. */
export function keptTerms(state: RiderState): Promised[] {
  const { chosen, terms, agreed, byDocument, concession, digest, signature, selectedAtMs } = state
  if (!chosen || !terms || !agreed || !digest || !signature) return []
  const figures = { chosen, terms, agreed, byDocument, concession, digest, signature, selectedAtMs }
  return [{ ...figures, money: 'none', againAtMs: 0 }]
}

/** The trip without its choice; terms that are signed are kept among the promised. */
export function unchoose(state: RiderState): RiderState {
  return { ...state, ...NO_CHOICE, promised: [...state.promised, ...keptTerms(state)].slice(-MOST) }
}

/** States in which a hold by earlier terms is the trip's own: there is no other. */
const OPEN: ReadonlySet<TripState> = new Set(['requested', 'offered', 'selected', 'expired', 'withdrawn'])

/** The trip as one of its promised terms, chosen again since the chain says that they hold; the same where it cannot be. */
export function takeBack(state: RiderState, fact: ChainFact): RiderState {
  const back = state.promised.find(each => each.digest === fact.terms)
  if (!back || fact.fact !== 'held' || !(OPEN.has(state.phase) || isHandedOver(state, fact))) return state
  const { money: _, againAtMs: _again, ...choice } = back
  const free = unchoose(state)
  return {
    ...free,
    ...choice,
    phase: 'selected',
    leaving: state.leaving || state.phase === 'withdrawn' || state.phase === 'expired',
    promised: free.promised.filter(each => each.digest !== back.digest),
  }
}

/** Whether the driver let go in the very transaction that holds by these terms: a handover that was not waited for any more. */
const isHandedOver = ({ phase, facts, cancel, startedAtMs }: RiderState, { txHash }: ChainFact): boolean =>
  phase === 'released' && !cancel && !startedAtMs && facts.at(-1)?.fact.txHash === txHash

/** A fact about promised terms beside a trip that holds money: what they hold is cancelled at once and closed later. */
export function promisedFact(
  state: RiderState,
  fact: ChainFact,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  const one = state.promised.find(each => each.digest === fact.terms)
  if (!one) return { state, effects: [] }
  if (fact.fact === 'held') return cancel(state, one, nowMs)
  if (fact.fact === 'cancelled')
    return { state: marked(state, one, 'cancelled', fact.deadlineS * 1000), effects: [] }
  return { state: marked(state, one, 'none', 0), effects: [] }
}

/** A cancel of promised terms that a reorganisation took back is sent again. */
export function promisedUndo(
  state: RiderState,
  fact: ChainFact,
  nowMs: number,
): Step<RiderState, RiderEffect> {
  const one = state.promised.find(each => each.digest === fact.terms)
  if (!one) return { state, effects: [] }
  if (fact.fact === 'held') return { state: marked(state, one, 'none', 0), effects: [] }
  if (fact.fact === 'cancelled' || fact.fact === 'released') return cancel(state, one, nowMs)
  return { state: marked(state, one, 'cancelled', nowMs), effects: [] }
}

/** Asks again for what promised terms still hold: to cancel it, or to close the case when its day is over. */
export function endPromised(state: RiderState, nowMs: number): Step<RiderState, RiderEffect> {
  // Nobody was shown what a cancel costs: one that is not free any more waits until it is again.
  const due = state.promised.filter(
    ({ money, againAtMs, terms }) =>
      againAtMs < nowMs && (money === 'cancelled' || (money === 'held' && vaultFee(terms, nowMs) === 0n)),
  )
  return {
    state: due.reduce((after, one) => marked(after, one, one.money, nowMs + AGAIN_MS), state),
    effects: due.map(({ terms, money }) => ({
      type: money === 'held' ? 'cancelTx' : 'finalizeTx',
      terms,
    })),
  }
}

/** The driver is asked to free the hold, and so is the vault where that is free. */
const cancel = (state: RiderState, one: Promised, nowMs: number): Step<RiderState, RiderEffect> => {
  const isFree = vaultFee(one.terms, nowMs) === 0n
  const body = { reason: 0, fee: 0n }
  return {
    state: marked(state, one, 'held', isFree ? nowMs + AGAIN_MS : 0),
    effects: [
      { type: 'send', tag: one.chosen.tag, message: { name: 'cancel', body } },
      ...(isFree ? [{ type: 'cancelTx' as const, terms: one.terms }] : []),
    ],
  }
}

const marked = (
  state: RiderState,
  { digest }: Promised,
  money: Promised['money'],
  againAtMs: number,
): RiderState => ({
  ...state,
  promised: state.promised.map(each => (each.digest === digest ? { ...each, money, againAtMs } : each)),
})

/** The hold of signed terms may be told of so long after `acceptBy`, ms: the node of the chain may have been away. */
const UNSEEN_MS = 3_600_000
/** What ended may be undone by a reorganisation so long after, ms. */
const WATCHED_MS = 86_400_000

/** Whether the chain may still want something of a trip that its rider is done with. */
export function afterTrip(
  { phase, digest, signature, terms, facts, promised }: RiderState,
  nowMs: number,
): boolean {
  if (!ENDED.has(phase)) return true
  const last = facts.at(-1)?.fact
  if (last && nowMs < last.timestampS * 1000 + WATCHED_MS) return true
  const mayCome = (acceptBy: number) => nowMs < acceptBy * 1000 + UNSEEN_MS
  if (digest && signature && terms && !last && mayCome(terms.acceptBy)) return true
  return promised.some(one => one.money !== 'none' || mayCome(one.terms.acceptBy))
}

/** Whether the trip wants to know what the chain says of these terms. */
export const concerns = ({ digest, promised, swap, former }: RiderState, terms: string): boolean =>
  [digest, swap?.choice.digest, former?.choice.digest, ...promised.map(each => each.digest)].includes(
    terms as Hex,
  )

/** The state of a trip that is held, by how far it had come: a hold may be mined anew in the middle of a ride. */
export const heldPhase = (trip: {
  readonly arrivedAtMs: number
  readonly startedAtMs: number
  readonly finishedAtMs: number
}): TripState => {
  if (trip.finishedAtMs) return 'finished'
  if (trip.startedAtMs) return 'riding'
  return trip.arrivedAtMs ? 'arrived' : 'held'
}
