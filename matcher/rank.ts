import type { Hex } from '@hexhail/protocol/terms.ts'

/** What an offer is ranked by. `etaS` is by road; `trips` counts the driver's settled trips on the chain. */
export interface Rankable {
  readonly tag: string
  readonly account: Hex
  readonly etaS: number
  readonly firm: boolean
  readonly fare: bigint
  readonly trips: number
}

/** How a rider weighs time against money. */
export interface RankPolicy {
  /** Worth of a minute of waiting, minor units. */
  readonly minuteWorth: bigint
  /** Seconds added to a time that is not firm yet. */
  readonly unsureS: number
  /** What a driver without any settled trip must be cheaper by, minor units. */
  readonly newcomer: bigint
}

/** The default: an hour of waiting is worth 12 tokens. */
export const RANK_POLICY: RankPolicy = { minuteWorth: 200_000n, unsureS: 60, newcomer: 100_000n }

/** What taking this offer costs the rider in all, minor units: fare, waiting, doubt. Lower is better. */
export function offerCost(offer: Rankable, policy: RankPolicy = RANK_POLICY): bigint {
  const waitS = BigInt(offer.etaS + (offer.firm ? 0 : policy.unsureS))
  return offer.fare + (waitS * policy.minuteWorth) / 60n + (offer.trips === 0 ? policy.newcomer : 0n)
}

/** Offers best first; ties by account, so that every machine gives the same order. */
export function rankOffers<T extends Rankable>(offers: readonly T[], policy: RankPolicy = RANK_POLICY): T[] {
  return offers
    .map(offer => ({ offer, cost: offerCost(offer, policy) }))
    .sort((a, b) => (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : a.offer.account < b.offer.account ? -1 : 1))
    .map(({ offer }) => offer)
}
