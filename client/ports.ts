import type { ChainReader, ChainWriter, Follower } from '@hexhail/chain/ports.ts'
import type { DirectDialer } from '@hexhail/net/direct-dialer.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import type { Contradictions } from '@hexhail/protocol/contradictions.ts'
import type { MonthKey } from '@hexhail/protocol/month-key.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import type { LateTrip } from '@hexhail/transit/search/delays.ts'
import type { Travel } from '@hexhail/transit/travel-client.ts'
import type { ReadonlySignal } from '@preact/signals-core'
import type { ConcessionWallet } from './concession-wallet.ts'
import type { LiveTransit } from './live-transit.ts'
import type { PermitWallet } from './permit-wallet.ts'
import type { CardReader } from './read-card.ts'
import type { ConcessionReader } from './read-concession.ts'
import type { Store } from './store.ts'

/** Signs typed data for an account: an embedded or an injected wallet. */
export interface Signer {
  readonly address: Hex
  signTypedData(
    domain: Readonly<Record<string, unknown>>,
    types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>,
    value: Readonly<Record<string, unknown>>,
  ): Promise<Hex>
}

/** Takes sealed trip records for the authority; anyone may file. */
export interface AuditDesk {
  file(terms: Hex, sealed: Uint8Array): Promise<void>
  /** Trips that something is filed for, whose digest begins with these hex digits. */
  filed(prefix: string): Promise<readonly Hex[]>
  /** The authority's keys of the months, as the desk says them: not checked. */
  keys(): Promise<readonly MonthKey[]>
}

/** How the two devices of a held trip may be joined without a relay: it tells each the other's internet address. */
export interface DirectPorts {
  readonly dialer: DirectDialer
  /** False while the person hides that address. */
  readonly allowed: ReadonlySignal<boolean>
}

/** All that is known of late trips now; days are counted from the timetable's `startDay`. */
export type Delays = ReadonlySignal<readonly LateTrip[]>

/** The world as the rider's and the driver's clients see it: all of it is passed in. */
export interface ClientPorts {
  readonly chainId: number
  readonly leaf: Leaf
  /** Makes one more leaf, with a peer id of its own; absent where a rider has one trip at a time. */
  readonly otherLeaf?: () => Promise<Leaf>
  readonly reader: ChainReader
  readonly writer: ChainWriter
  readonly follower: Follower
  readonly signer: Signer
  readonly store: Store
  readonly city: AsyncCity
  /** The city's timetable; absent where there is none, and of a driver. */
  readonly travel?: Travel
  /** What vehicles tell of their delays; absent where nobody listens to them. */
  readonly delays?: Delays
  /** Buses and trains as they are heard, and where they are listened to; of a rider, where there are any. */
  readonly transit?: LiveTransit
  readonly audit: AuditDesk
  readonly rules: TripRules
  /** Checks a chosen driver's card; rejects with `HexhailError` where the office or the chain does not answer. */
  readonly readCard?: CardReader
  /** The driver's permit on this device; without one riders are shown no card. */
  readonly permit?: PermitWallet
  /** The rider's concession on this device; without it every ride is at the full fare. */
  readonly concessions?: ConcessionWallet
  /** Checks a concession that a rider shows; without it a driver refuses whoever shows one. */
  readonly readConcession?: ConcessionReader
  /** Absent where a device can be reached through relays alone. */
  readonly direct?: DirectPorts | undefined
  /** Proofs against authors of requests; a driver's page drops what they wanted. */
  readonly contradictions?: Contradictions
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
  /** Calls `run` each `ms` until the returned function is called. */
  readonly every: (ms: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}
