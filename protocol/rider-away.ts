import { rider } from './rider.ts'
import { afterTrip, concerns } from './rider-promise.ts'
import type { RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import type { Hex } from './terms.ts'
import { NO_TRACE } from './trace-book.ts'

/**
 * Trips that the rider put away, whose money may still move: a hold by signed terms may come yet, an end may be undone, a
 * case comes due. They have no screen and no conversation left, and no places.
 */
export interface RiderAway {
  readonly trips: readonly RiderState[]
}

/** What can happen to them. */
export type RiderAwayEvent =
  | { readonly type: 'putAway'; readonly trip: RiderState }
  | {
      readonly type: 'failed'
      readonly effect: RiderAwayEffect['type']
      readonly terms: Hex
      readonly code: string
    }
  | Extract<RiderEvent, { type: 'tick' | 'chain' | 'undone' }>

/** What is still done for them. */
export type RiderAwayEffect = Extract<RiderEffect, { type: 'cancelTx' | 'releaseTx' | 'finalizeTx' }>

/** No trip is put away. */
export const NONE_AWAY: RiderAway = { trips: [] }

/** The logic of trips that were put away: that of the trip itself, as far as the vault is concerned. */
export function riderAway(
  state: RiderAway,
  event: RiderAwayEvent,
  nowMs: number,
  rules: TripRules,
): Step<RiderAway, RiderAwayEffect> {
  if (event.type === 'putAway') {
    const isKnown = state.trips.some(({ requestId }) => requestId === event.trip.requestId)
    if (isKnown || !afterTrip(event.trip, nowMs)) return { state, effects: [] }
    return { state: { trips: [...state.trips, bare(event.trip)] }, effects: [] }
  }
  const effects: RiderAwayEffect[] = []
  const trips = state.trips.flatMap(trip => {
    if (event.type === 'tick' && !afterTrip(trip, nowMs)) return []
    if ('fact' in event && !concerns(trip, event.fact.terms)) return [trip]
    if (event.type === 'failed' && trip.digest !== event.terms) return [trip]
    const step = rider(trip, event, nowMs, rules)
    effects.push(...step.effects.filter(isForVault))
    return [atOnce(step.state)]
  })
  const isSame = trips.length === state.trips.length && trips.every((trip, i) => trip === state.trips[i])
  return { state: isSame ? state : { trips }, effects }
}

const isForVault = (effect: RiderEffect): effect is RiderAwayEffect =>
  effect.type === 'cancelTx' || effect.type === 'releaseTx' || effect.type === 'finalizeTx'

/** The driver is not asked first: there is nobody to ask any more. */
const atOnce = (trip: RiderState): RiderState =>
  trip.cancel && trip.cancel.atMs !== 0 ? { ...trip, cancel: { ...trip.cancel, atMs: 0 } } : trip

/** What the vault wants to know of a trip: not where it went, and not what was said. */
function bare(trip: RiderState): RiderState {
  const { path: _, ...plan } = trip.plan
  return atOnce({
    ...trip,
    plan: { ...plan, pickup: [0, 0], pickupName: '', dest: [0, 0], destName: '', riderName: '' },
    ...{ offers: [], chat: [], seen: null, trace: NO_TRACE, signed: null, headSignature: null },
    ...{ car: null, cardParts: [], card: null },
  })
}
