import type { Hex } from './terms.ts'
import { next, type TripEvent, type TripState } from './trip.ts'

/** Blocks without facts that a follower remembers: a reorganisation over more is found at the last block with facts. */
export const EMPTY_BLOCKS = 64

/** Where on the chain a fact stands. */
export interface ChainPlace {
  readonly txHash: Hex
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly logIndex: number
  readonly timestampS: number
}

/** One event of the vault about one trip; `terms` is the trip id. Money in minor units, times in unix seconds. */
export type ChainFact = ChainPlace & { readonly terms: Hex } & (
    | {
        readonly fact: 'held'
        readonly rider: Hex
        readonly driver: Hex
        readonly hold: bigint
        readonly tariff: number
        readonly lane: number
      }
    | {
        readonly fact: 'settled'
        readonly rider: Hex
        readonly driver: Hex
        readonly tariff: number
        readonly fare: bigint
        readonly wait: bigint
        readonly toll: bigint
        readonly tip: bigint
        readonly levy: bigint
        readonly record: Hex
      }
    | { readonly fact: 'cancelled'; readonly fee: bigint; readonly deadlineS: number }
    | {
        readonly fact: 'claimed'
        readonly amount: bigint
        readonly boarded: boolean
        readonly deadlineS: number
      }
    | {
        readonly fact: 'contested'
        readonly admitted: bigint
        readonly disputed: bigint
        readonly deadlineS: number
      }
    | { readonly fact: 'closed'; readonly toDriver: bigint; readonly toRider: bigint }
    | { readonly fact: 'released' }
  )

/** The trip event that a fact of the chain stands for. */
export function eventOf(fact: ChainFact): TripEvent {
  switch (fact.fact) {
    case 'held':
      return 'hold'
    case 'settled':
      return 'settle'
    case 'cancelled':
      return 'cancel'
    case 'claimed':
      return fact.boarded ? 'claim' : 'noShow'
    case 'contested':
      return 'contest'
    case 'closed':
      return 'close'
    case 'released':
      return 'release'
  }
}

/** A fact that a trip has taken in, with the state before it, so that a reorganised block can be undone. */
export interface TakenFact {
  readonly fact: ChainFact
  readonly before: TripState
}

const FORCED: Readonly<Record<ChainFact['fact'], TripState>> = {
  held: 'held',
  settled: 'settled',
  cancelled: 'cancelled',
  claimed: 'claimed',
  contested: 'contested',
  closed: 'closed',
  released: 'released',
}

/** The state after a fact: by the table, or the fact's own state where a page missed steps. The chain is always right. */
export function afterFact(state: TripState, fact: ChainFact): TripState {
  if (
    fact.fact === 'held' &&
    state !== 'selected' &&
    state !== 'offered' &&
    state !== 'requested' &&
    state !== 'withdrawn' &&
    state !== 'expired'
  )
    return state
  return (
    next(state, eventOf(fact)) ?? (fact.fact === 'claimed' && !fact.boarded ? 'noShow' : FORCED[fact.fact])
  )
}
