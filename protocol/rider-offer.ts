import { toHex } from './hex.ts'
import { plannedCharges } from './planned-charges.ts'
import { unchoose } from './rider-promise.ts'
import type { OfferEntry, RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { isNoDearer, mayChange } from './rider-swap.ts'
import { needed } from './sharing.ts'
import { type ClassDocument, clockFactor, quotedFare, type TripTariff, tariffOf } from './trip-tariff.ts'

type Incoming = Extract<RiderEvent, { type: 'message' }>
type Body<Name extends Incoming['message']['name']> = Extract<Incoming['message'], { name: Name }>['body']

/** So many offers are asked for a firm time as they come; the next tick asks the best of the others. */
const ASKED_AT_ONCE = 2
/** Reason of a driver's no: the concession does not hold. */
export const NO_CONCESSION = 6
/** Two clocks may differ by this much, seconds. */
const CLOCKS_S = 120

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})

/** An offer: what it costs is reckoned here, by the document where the driver has it too. */
export function takeOffer(
  state: RiderState,
  { tag, key }: Incoming,
  offer: Body<'offer'>,
  nowMs: number,
  rules: TripRules,
) {
  // Beside a held ride the offers of nearer drivers are kept.
  const isBeside = mayChange(state, nowMs)
  if (state.phase !== 'requested' && state.phase !== 'offered' && !isBeside)
    return step(state, [{ type: 'send', tag, message: { name: 'taken', body: {} } }])
  if (toHex(offer.requestId) !== state.requestId || offer.expiresAtMs <= nowMs)
    return step(state, [{ type: 'drop', tag }])
  if (offer.bp < rules.tariff.minBp || offer.bp > rules.tariff.maxBp)
    return step(state, [{ type: 'drop', tag }])
  const wants = needed(state.plan.needs)
  if (offer.seats < state.plan.seats || (offer.needs & wants) !== wants)
    return step(state, [{ type: 'drop', tag }])
  const byDocument = rules.document !== undefined && toHex(offer.document) === rules.tariff.document
  const of = tariffOf(rules, byDocument, wanted(state.plan))
  if (of.by && offer.bp > mostBp(of.by, state.plan.pickupAtMs || nowMs))
    return step(state, [{ type: 'drop', tag }])
  const others = state.offers.filter(o => o.tag !== tag && o.account !== offer.account)
  // A time is asked for now only: for a booked ride the wanted time stands, and the place is told to one.
  const later = state.plan.pickupAtMs !== 0
  const refined = !later && (isBeside || others.filter(o => o.refined).length < ASKED_AT_ONCE)
  const entry: OfferEntry = {
    tag,
    key,
    account: offer.account,
    etaS: offer.etaS,
    firm: later,
    bp: offer.bp,
    ...priced(of, state.plan, offer, nowMs),
    byDocument,
    seats: offer.seats,
    needs: offer.needs,
    car: offer.car,
    facts: {
      served: offer.needs,
      propulsion: offer.propulsion,
      vehicleClass: offer.vehicleClass,
      permit: toHex(offer.permit),
      vehicle: toHex(offer.vehicle),
    },
    expiresAtMs: offer.expiresAtMs,
    receivedAtMs: nowMs,
    refined,
  }
  if (isBeside && !isNoDearer(state, entry)) return step(state, [{ type: 'drop', tag }])
  const offered = {
    ...state,
    phase: isBeside ? state.phase : ('offered' as const),
    offers: [...others, entry],
    notice: state.notice === 'noOffers' ? null : state.notice,
  }
  return step(
    offered,
    refined ? [{ type: 'refine', tag, metres: state.plan.metres, secs: state.plan.secs }] : [],
  )
}

/** What the ride costs by an offer: the fare, and what comes on top of it if the ride goes as planned. */
function priced(
  of: TripTariff,
  plan: RiderState['plan'],
  { bp, propulsion }: Pick<Body<'offer'>, 'bp' | 'propulsion'>,
  nowMs: number,
) {
  const fare = quotedFare(of, plan.metres, plan.secs, bp)
  const ride = { path: plan.path ?? [], beginsAtMs: plan.pickupAtMs || nowMs, propulsion, fare }
  const charges = plannedCharges(of, ride).reduce((sum, { amount }) => sum + amount, 0n)
  return { fare, charges }
}

const wanted = ({ concession }: RiderState['plan']) => (concession ? { id: concession } : null)

/** The offers at their full fares: there is nothing to show any more. */
export function fullFares(state: RiderState, nowMs: number, rules: TripRules): RiderState {
  const { concession: _, ...plan } = state.plan
  const offers = state.offers.map(offer => {
    const car = { bp: offer.bp, propulsion: offer.facts.propulsion }
    return { ...offer, ...priced(tariffOf(rules, offer.byDocument), plan, car, nowMs) }
  })
  return { ...state, plan, offers }
}

/** Where no factor is agreed before the ride, the clock's about then: the two clocks differ. */
const mostBp = (by: ClassDocument, atMs: number): number =>
  by.document.upfront.isAllowed
    ? by.document.upfront.maxBp
    : Math.max(...[-CLOCKS_S, 0, CLOCKS_S].map(s => clockFactor(by, Math.floor(atMs / 1_000) + s)))

/** A firm time for an offer. */
export function takeQuote(state: RiderState, { tag, key }: Incoming, quote: Body<'quote'>, nowMs: number) {
  const offers = state.offers.map(o =>
    o.tag === tag && o.key === key && quote.bp === o.bp
      ? { ...o, etaS: quote.etaS, firm: true, expiresAtMs: quote.expiresAtMs }
      : o,
  )
  return step(state.phase === 'offered' || mayChange(state, nowMs) ? { ...state, offers } : state)
}

/** A driver's no. */
export function declined(state: RiderState, { tag, key }: Incoming, reason: number) {
  const offers = state.offers.filter(o => o.tag !== tag || o.key !== key)
  const isChosen = state.chosen?.tag === tag && state.chosen.key === key
  if (state.phase === 'selected' && isChosen && !state.leaving && !state.startedAtMs) {
    // He could still send the hold until acceptBy: the terms stay promised, and of those for one lane and seq one holds.
    const asking = {
      ...unchoose(state),
      phase: 'offered' as const,
      offers,
      notice: reason === NO_CONCESSION ? ('concessionRefused' as const) : ('driverDeclined' as const),
    }
    return step(asking, [{ type: 'notice', notice: asking.notice }])
  }
  if (isChosen || (state.phase !== 'offered' && !state.part?.held)) return step(state)
  if (state.phase !== 'offered') return step({ ...state, offers })
  return step({ ...state, phase: offers.length ? 'offered' : 'requested', offers })
}
