import { afterFact, type ChainFact } from './chain-fact.ts'
import { notFree } from './driver-booked.ts'
import { handOver, takesOver } from './driver-hand-over.ts'
import { caseEffects, claimTx, freeTrip, insteadOfClaim, setTrip } from './driver-money.ts'
import { carWord, filing } from './driver-shift.ts'
import type { DriverEffect, DriverState, DriverTrip, SentOffer } from './driver-state.ts'
import { isAhead } from './later.ts'
import { heldPhase } from './rider-promise.ts'
import type { Step } from './rider-state.ts'
import { ENDED } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** A fact of the chain about the driver's trip; each counts once. */
export function driverFact(state: DriverState, trip: DriverTrip, fact: ChainFact, nowMs: number): Result {
  if (fact.terms !== trip.digest) return step(state)
  if (trip.facts.some(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex))
    return step(state)
  const told = afterFact(trip.phase, fact)
  const phase = fact.fact === 'held' && told === 'held' ? heldPhase(trip) : told
  const facts = [...trip.facts, { fact, before: trip.phase }]
  if (fact.fact === 'held') {
    const car = carWord(state, trip)
    // Booked for later: the driver is free for others until then.
    const ahead = isAhead(trip.pickupAtMs, nowMs)
    const isRide = ({ tag }: SentOffer): boolean =>
      tag === trip.tag || state.booked.some(ride => ride.tag === tag)
    const held = setTrip(ahead ? state : { ...state, offers: state.offers.filter(isRide) }, {
      phase,
      facts,
      // The first time counts, as at the rider's.
      heldAtMs: trip.heldAtMs || nowMs,
    })
    if (trip.cancel && held.state.trip) return freeTrip(held.state, held.state.trip, nowMs)
    if (ahead) return step(held.state, [car])
    const others = state.offers.filter(offer => !isRide(offer))
    return step({ ...held.state, cards: [] }, [car, ...others.flatMap(o => notFree(o.tag))])
  }
  if (fact.fact === 'settled')
    return setTrip(state, { phase, facts, triedAtMs: nowMs }, filing({ ...trip, phase, facts }))
  // Nobody rode: the driver lets the rider's money go at once instead of after the day that the vault would wait.
  if (fact.fact === 'cancelled' && !trip.startedAtMs)
    return setTrip(state, { phase, facts, triedAtMs: nowMs, notice: 'riderCancelled' }, [
      ...caseEffects({ ...trip, phase, facts }, nowMs),
    ])
  if (fact.fact === 'claimed') {
    const settles = insteadOfClaim({ ...trip, phase, facts }, nowMs)
    return setTrip(state, { phase, facts, ...(settles.length && { triedAtMs: nowMs }) }, settles)
  }
  if (fact.fact === 'contested') return setTrip(state, { phase, facts, notice: 'contested' })
  if (fact.fact === 'released' && trip.handing && !trip.cancel) {
    const told: DriverEffect = { type: 'notice', notice: 'handedOver' }
    const ended = { phase, facts, triedAtMs: nowMs, notice: 'handedOver' as const }
    return setTrip(state, ended, [told, ...filing({ ...trip, phase, facts })])
  }
  if (ENDED.has(phase))
    return setTrip(state, { phase, facts, triedAtMs: nowMs }, filing({ ...trip, phase, facts }))
  return setTrip(state, { phase, facts })
}

/** A fact that a reorganisation took back. */
export function driverUndo(state: DriverState, trip: DriverTrip, fact: ChainFact, nowMs: number): Result {
  const at = trip.facts.findIndex(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex)
  const taken = trip.facts[at]
  return taken
    ? setTrip(
        state,
        { phase: taken.before, facts: trip.facts.slice(0, at), triedAtMs: 0 },
        sentAgain(trip, fact, nowMs),
      )
    : step(state)
}

/** What the driver alone sent and nobody else repeats: the transaction was seen in a block and is forgotten. */
function sentAgain(trip: DriverTrip, fact: ChainFact, nowMs: number): DriverEffect[] {
  const { terms, signature, tag, handing } = trip
  // Both halves of a handover are one transaction, of the driver who let go.
  if (fact.fact === 'released' && handing && nowMs <= handing.terms.acceptBy * 1000) return handOver(trip)
  if (fact.fact === 'held' && takesOver(trip)) return []
  if (fact.fact === 'held') return [{ type: 'holdTx', terms, signature, tag }]
  return fact.fact === 'claimed' ? [claimTx({ ...trip, claiming: fact.amount })] : []
}
