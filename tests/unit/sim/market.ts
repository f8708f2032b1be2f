import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { openDoubleCommits } from '@hexhail/client/double-commits.ts'
import { createDriverClient, type DriverClient } from '@hexhail/client/driver-client.ts'
import { createRecords } from '@hexhail/client/driver-records.ts'
import { type AreaEvents, createEpochArea, type EpochArea } from '@hexhail/client/epoch-area.ts'
import { gossipIn, gossipValidator } from '@hexhail/client/gossip.ts'
import { createHintArea, type HintArea } from '@hexhail/client/hint-area.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import type { Hint } from '@hexhail/matcher/epoch/check-hint.ts'
import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { RidePlan } from '@hexhail/protocol/rider-state.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { effect, type ReadonlySignal, signal } from '@preact/signals-core'
import { createSwarm } from '../net/swarm.ts'
import { RULES } from '../protocol/table-top.ts'
import { gridCity } from './grid-city.ts'

/** Where in the town: metres east and north of its middle. */
export const at = (eastM: number, northM: number): LngLat => [
  -56.17 + eastM / 91_000,
  -34.89 + northM / 111_000,
]

/** What a person's device does with words of an epoch. */
export interface Ears {
  /** Whether a message of this name is heard at all. */
  readonly hears?: (name: string) => boolean
  /** Whether a message of this name is said at all. */
  readonly says?: (name: string) => boolean
}

/**
 * Drivers and riders with real devices, leaves and relays on loopback, in a made-up town. The chain is the least that these
 * tests need: everybody has a permit and money, and a hold that is sent is held.
 */
export async function openMarket() {
  const swarm = createSwarm()
  const validate = () => gossipValidator(RULES.domain.chainId, Date.now)
  const relays: Relay[] = await swarm.relays(2, { validate: validate(), authorOf })
  const city = createLocalCity()
  await city.load(gridCity().bytes)
  const followers = new Set<(change: { type: 'fact'; fact: ChainFact }) => void>()
  const held: Terms[] = []
  /** Those whose driver handed the ride over. */
  const handed: Terms[] = []
  /** Each word once, in however many topics: name, author and time. */
  const published = new Set<string>()
  /** What drivers bid last, tenths of a second, by account and request. */
  const bids = new Map<string, number>()
  const faults: unknown[] = []
  const stops: (() => Promise<void>)[] = []

  const mined = (number: number) => {
    const hash = toHex(crypto.getRandomValues(new Uint8Array(32)))
    return { txHash: hash, blockNumber: number, blockHash: hash, timestampS: 0 }
  }
  const tellAll = (fact: ChainFact): void => {
    for (const tell of [...followers]) tell({ type: 'fact', fact })
  }
  const hold = async (terms: Terms, _signature: Hex, at = { ...mined(held.length + 1), logIndex: 0 }) => {
    held.push(terms)
    const { rider, driver, hold, tariff, lane } = terms
    const digest = termsDigest(RULES.domain, terms)
    tellAll({ fact: 'held', terms: digest, rider, driver, hold, tariff, lane, ...at })
    return at.txHash
  }
  const handOver = async (own: Terms, next: Terms, signature: Hex) => {
    const at = mined(held.length + 1)
    handed.push(own)
    tellAll({ fact: 'released', terms: termsDigest(RULES.domain, own), ...at, logIndex: 0 })
    return hold(next, signature, { ...at, logIndex: 1 })
  }
  const portsOf = async ({ hears = () => true, says = () => true }: Ears): Promise<ClientPorts> => {
    const real = await swarm.leaf(relays, { validate: validate(), authorOf })
    const leaf: Leaf = {
      ...real,
      publish: (topic, data) => {
        const said = gossipIn(data)
        if (!says(said?.message.name ?? '')) return Promise.resolve(0)
        if (said) published.add(`${said.message.name} ${toHex(said.key)} ${said.issuedAtMs}`)
        return real.publish(topic, data)
      },
      subscribe: (topic, fn) =>
        real.subscribe(topic, (data, from) => {
          if (hears(gossipIn(data)?.message.name ?? '')) fn(data, from)
        }),
    }
    const wallet = walletFromKey(createWalletKey())
    const reader = {
      permit: async () => ({ untilS: 9_999_999_999 }),
      settledTrips: async () => 0,
      account: async () => ({ free: 10n ** 12n, held: 0n }),
      lane: async () => ({ held: 0n, seq: 0n }),
    }
    const follower = {
      on: (fn: (change: { type: 'fact'; fact: ChainFact }) => void) => {
        followers.add(fn)
        return () => followers.delete(fn)
      },
      caughtUp: async () => {},
    }
    return {
      ...{
        chainId: RULES.domain.chainId,
        leaf,
        reader,
        follower,
        writer: { hold, handOver },
        signer: wallet,
      },
      ...{ store: createMemoryStore(), city, rules: RULES, now: Date.now },
      random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
      every: (ms: number, run: () => void) => {
        const timer = setInterval(run, ms)
        return () => clearInterval(timer)
      },
      report: (error: unknown) => void faults.push(error),
      audit: { file: async () => {}, filed: async () => [], keys: async () => [] },
    } as unknown as ClientPorts
  }

  return {
    held,
    handed,
    published,
    bids,
    faults,
    /** A driver at a place, who offers himself to whoever asks as soon as he is `awake`. */
    driver: async (
      place: LngLat,
      ears: Ears = {},
      awake: ReadonlySignal<boolean> = signal(true),
    ): Promise<DriverClient> => {
      const ports = await portsOf(ears)
      const car = { name: 'Bruno', text: 'BYD Dolphin', plate: 'STX 1', seats: 4, needs: 0 }
      const client = await createDriverClient(ports, car)
      const stopOffers = effect(() => {
        for (const { bid, card } of client.shift.value.offers)
          if (bid) bids.set(`${ports.signer.address} ${toHex(card.request.requestId)}`, bid.etaDs)
        for (const { request } of awake.value ? client.shift.value.cards : [])
          void client.offer(toHex(request.requestId), 10_000).catch(ports.report)
      })
      stops.push(async () => {
        stopOffers()
        await client.stop()
      })
      await client.goOnline(place)
      return client
    },
    rider: async (ears: Ears = {}): Promise<RiderClient> => {
      const client = await createRiderClient(await portsOf(ears))
      stops.push(() => client.stop())
      return client
    },
    /** A matcher node of an area. */
    matcher: async (area: string, ears: Ears = {}, hinted?: (hint: Hint) => void): Promise<HintArea> => {
      const node = await createHintArea(await portsOf(ears), area, hinted)
      stops.push(async () => node.stop())
      return node
    },
    /** A device of nobody, in the network: whatever is to be said can be said through its leaf. */
    device: () => portsOf({}),
    /** A device that follows an area, and tells how it came by each solution in which somebody was given a car. */
    watcher: async (area: string, solved: AreaEvents['solved'] & object): Promise<EpochArea> => {
      const ports = await portsOf({})
      const doubles = await openDoubleCommits(ports.store)
      const market = createEpochArea(ports, createRecords(ports), doubles, { solved })
      stops.push(async () => market.stop())
      market.follow([area])
      return market
    },
    planFrom: async (pickup: LngLat): Promise<RidePlan> => {
      const dest = at(1_500, 1_500)
      const [from, to] = [(await city.snap(pickup))!, (await city.snap(dest))!]
      const route = (await city.route(from, to))!
      return {
        ...{
          pickup,
          pickupName: 'A',
          dest,
          destName: 'B',
          seats: 1,
          needs: 0,
          pickupAtMs: 0,
          riderName: 'Ana',
        },
        ...{ metres: Math.round(route.distanceM), secs: Math.round(route.durationS) },
      }
    },
    stop: async () => {
      for (const stop of stops.reverse()) await stop()
      await swarm[Symbol.asyncDispose]()
    },
  }
}
