import type { OfferEntry } from '@hexhail/protocol/rider-state.ts'

/** An offer with the driver's settled trips on the chain and whether his permit stands. */
export interface RankedOffer extends OfferEntry {
  readonly trips: number
  readonly permitUntilS: number
}
