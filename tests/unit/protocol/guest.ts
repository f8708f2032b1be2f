import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { DriverEffect, DriverEvent } from '@hexhail/protocol/driver-state.ts'
import type { RiderEvent } from '@hexhail/protocol/rider-state.ts'

/** Another rider at the driver's table. */
export interface Guest {
  readonly tag: string
  readonly toRider: (event: RiderEvent) => void
  readonly runDriver: (effect: DriverEffect) => void
}

/** What a table lends to another rider's. */
export interface HostTable {
  readonly guests: Guest[]
  readonly nowMs: () => number
  readonly toDriver: (event: DriverEvent) => void
  readonly tell: (fact: ChainFact) => void
}

/** The conversation that an effect is of. */
export const tagOf = (effect: DriverEffect): string | undefined =>
  effect.type === 'openOffer' ? effect.offer.tag : 'tag' in effect ? effect.tag : undefined
