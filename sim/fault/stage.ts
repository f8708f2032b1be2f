import { createDriverEta } from '@hexhail/client/driver-eta.ts'
import { createLastingStore } from '@hexhail/client/lasting-store.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { Store } from '@hexhail/client/store.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import type { Seeded } from '../seeded.ts'
import type { Air } from './air.ts'
import type { ChainAccess } from './chain.ts'
import type { FaultyDisk } from './disk.ts'
import { type KeyRing, walletSignature } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { Process } from './process.ts'
import type { World } from './world.ts'

/** What all people of a run share. */
export interface Stage {
  readonly world: World
  readonly rules: TripRules
  readonly air: Air
  readonly ledger: Ledger
  readonly chain: ChainAccess
  readonly keys: KeyRing
  /** Session keys of a conversation's two sides. */
  readonly tags: Map<string, { readonly rider: Hex; readonly driver: Hex }>
  readonly book: Book
  /** When the last trip that met no obstacle has long ended: from then on people look less often. */
  readonly lateMs: number
  /** Names of the planted bugs that are switched on. */
  readonly bugs: ReadonlySet<string>
}

/** What an all-seeing notary wrote down, for the oracles. */
export interface Book {
  /** Terms by digest, as their rider signed them. */
  readonly terms: Map<Hex, Terms>
  /** Terms that somebody made up, or that were signed for another network. */
  readonly foreign: Map<Hex, Terms>
  /** Receipts by terms and index, as signed. */
  readonly receipts: Map<Hex, Map<number, Receipt>>
  /** What went wrong at once, as it happened. */
  readonly violations: string[]
  /** Terms whose ride has begun. */
  readonly started: Set<Hex>
  /** Highest receipt that reached a driver's disk, minor units. */
  readonly kept: Map<Hex, bigint>
}

/** Straight streets: 8 m/s as the crow flies. */
const CITY_MPS = 8

/** Digest of terms, counted once. */
export function createDigests(rules: TripRules): (terms: Terms) => Hex {
  const known = new WeakMap<Terms, Hex>()
  return terms => {
    const found = known.get(terms)
    if (found) return found
    const digest = termsDigest(rules.domain, terms)
    known.set(terms, digest)
    return digest
  }
}

/** A device's view of the world, for one life of its program. */
export async function openPorts(
  stage: Stage,
  process: Process,
  disk: FaultyDisk,
  account: Hex,
  seeded: Seeded,
  report: (error: unknown) => void,
): Promise<{ ports: ClientPorts; store: Store }> {
  const { rules, air, chain, ledger } = stage
  const digestOf = createDigests(rules)
  const random = (size: number) => {
    const bytes = new Uint8Array(size)
    for (let i = 0; i < Math.min(size, 64); i++) bytes[i] = seeded.below(256)
    return bytes
  }
  const store = await createLastingStore(disk.open(), random)
  const ports: Partial<ClientPorts> = {
    chainId: rules.domain.chainId,
    rules,
    leaf: air.leaf(process),
    writer: chain.writer(process, account),
    reader: {
      lane: async (owner: Hex, lane: number) => ledger.vault(owner).lanes[lane] ?? { held: 0n, seq: 0n },
    } as unknown as ClientPorts['reader'],
    follower: chain.follower(
      process,
      fact =>
        stage.book.terms.get(fact.terms)?.rider === account ||
        stage.book.terms.get(fact.terms)?.driver === account,
    ),
    signer: {
      address: account,
      signTypedData: async (_domain, _types, value) => {
        if (!('rider' in value)) return walletSignature(account, '0x')
        const terms = value as unknown as Terms
        const digest = digestOf(terms)
        stage.book.terms.set(digest, terms)
        return walletSignature(account, digest)
      },
    },
    store,
    city: {
      snap: async (at: LngLat) => ({ at }),
      distanceS: async (from: { at: LngLat }, to: { at: LngLat }) => greatCircleM(from.at, to.at) / CITY_MPS,
    } as unknown as ClientPorts['city'],
    now: process.now,
    random,
    every: process.every,
    report,
  }
  return { ports: ports as ClientPorts, store }
}

/** The shipped ETA over the straight streets. */
export const etaOf = (ports: ClientPorts, cellOf: (at: LngLat) => string) => createDriverEta(ports, cellOf)
