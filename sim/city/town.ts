import type { IdleCredit } from '@hexhail/matcher/assign/idle-credit.ts'
import type { EpochBook } from '@hexhail/matcher/epoch/book.ts'
import type { HandoverRule } from '@hexhail/matcher/handover/with-rides.ts'
import type { Commit } from '@hexhail/protocol/commit.ts'
import type { CommitTimes } from '@hexhail/protocol/driver-part.ts'
import type { SimNetwork } from './sim-network.ts'
import type { SimDriver, SimRider, World } from './world.ts'

/** What the devices of a town share: the world, the network, and what each view has heard. */
export interface Town {
  readonly world: World
  readonly network: SimNetwork
  readonly books: readonly EpochBook[]
  readonly credit: IdleCredit
  /** Null: rides stay with their drivers. */
  readonly handover: HandoverRule | null
  /** The longest pickup that riders take. */
  readonly patienceDs: number
  readonly counts: { refusals: number; declines: number; swaps: number; undone: number }
  times(): CommitTimes
}

/** Ids as messages carry them. */
export const riderName = (rider: SimRider): string => `r${rider.id}`
export const driverName = (driver: SimDriver): string => `d${driver.id}`

/** A rider or driver by the id of a message. */
export const riderOf = ({ world }: Town, name: string): SimRider => world.riders[Number(name.slice(1))]!
export const driverOf = ({ world }: Town, name: string): SimDriver => world.drivers[Number(name.slice(1))]!

/** What riders' devices do when a commit comes. */
export interface RiderSide {
  committed(commit: Commit): void
}
