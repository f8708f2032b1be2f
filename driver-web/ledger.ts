import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { levyOf, type Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** How a trip stands with the vault. */
export type LedgerState =
  | 'held'
  | 'settled'
  | 'cancelled'
  | 'claimed'
  | 'noShow'
  | 'contested'
  | 'closed'
  | 'released'

/** One trip of the driver as the chain knows it: money in minor units, after the levy. */
export interface LedgerTrip {
  readonly terms: Hex
  readonly state: LedgerState
  /** Of the newest fact. */
  readonly atMs: number
  /** In the driver's vault balance. */
  readonly earned: bigint
  /** Still open: claimed or disputed, before the levy. */
  readonly pending: bigint
  /** When an open case can be closed by anyone, unix seconds; 0 without a case. */
  readonly deadlineS: number
  readonly proof: ChainFact
}

/** States in which a case is open. */
export const OPEN_CASES: ReadonlySet<LedgerState> = new Set<LedgerState>([
  'cancelled',
  'claimed',
  'noShow',
  'contested',
])

/** A driver's trips from the vault's facts, newest first. `facts` are in the order of the chain. */
export function ledgerOf(facts: readonly ChainFact[], driver: Hex, tariff: Tariff): LedgerTrip[] {
  const trips = new Map<Hex, LedgerTrip>()
  const me = driver.toLowerCase()
  for (const fact of facts) {
    if (fact.fact === 'held' && fact.driver.toLowerCase() === me) {
      trips.set(fact.terms, { ...blank(fact), state: 'held' })
      continue
    }
    const known = trips.get(fact.terms)
    if (known) trips.set(fact.terms, after(known, fact, tariff))
    // A rider may pay in one step, without a hold.
    else if (fact.fact === 'settled' && fact.driver.toLowerCase() === me)
      trips.set(fact.terms, after({ ...blank(fact), state: 'settled' }, fact, tariff))
  }
  return [...trips.values()].filter(trip => trip.state !== 'released').reverse()
}

const blank = (fact: ChainFact): Omit<LedgerTrip, 'state'> => ({
  terms: fact.terms,
  atMs: fact.timestampS * 1000,
  earned: 0n,
  pending: 0n,
  deadlineS: 0,
  proof: fact,
})

function after(trip: LedgerTrip, fact: ChainFact, tariff: Tariff): LedgerTrip {
  const net = (amount: bigint): bigint => amount - levyOf(tariff, amount)
  const seen = { ...trip, atMs: fact.timestampS * 1000, proof: fact }
  switch (fact.fact) {
    case 'settled':
      return {
        ...seen,
        state: 'settled',
        earned: fact.fare - fact.levy + fact.wait + fact.toll + fact.tip,
        pending: 0n,
        deadlineS: 0,
      }
    case 'cancelled':
      return { ...seen, state: 'cancelled', pending: fact.fee, deadlineS: fact.deadlineS }
    case 'claimed':
      return {
        ...seen,
        state: fact.boarded ? 'claimed' : 'noShow',
        pending: fact.amount,
        deadlineS: fact.deadlineS,
      }
    case 'contested':
      return {
        ...seen,
        state: 'contested',
        earned: trip.earned + net(fact.admitted),
        pending: fact.disputed,
        deadlineS: fact.deadlineS,
      }
    case 'closed':
      return { ...seen, state: 'closed', earned: trip.earned + net(fact.toDriver), pending: 0n, deadlineS: 0 }
    case 'released':
      return { ...seen, state: 'released', pending: 0n, deadlineS: 0 }
    default:
      return seen
  }
}

/** What was earned since the last midnight of the device, minor units, and in how many trips. */
export function earnedToday(trips: readonly LedgerTrip[], nowMs: number): { sum: bigint; trips: number } {
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0)
  const today = trips.filter(trip => trip.earned > 0n && trip.atMs >= midnight)
  return { sum: today.reduce((sum, trip) => sum + trip.earned, 0n), trips: today.length }
}
