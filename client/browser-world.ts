import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { createOperatorList } from '@hexhail/chain/operator-list.ts'
import type { ChainReader, Follower } from '@hexhail/chain/ports.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { readRelays } from '@hexhail/chain/relay-registry.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createDirectDialer } from '@hexhail/net/direct-dialer.ts'
import { createLeaf, type LeafOptions } from '@hexhail/net/leaf.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { createRenewingLeaf } from '@hexhail/net/renewing-leaf.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { createContradictions } from '@hexhail/protocol/contradictions.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { callWorker } from '@hexhail/streets/call-worker.ts'
import type { CityInfo } from '@hexhail/streets/city.ts'
import { type AsyncCity, cityOver } from '@hexhail/streets/city-client.ts'
import { travelOver } from '@hexhail/transit/travel-client.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import { openBrowserStore } from './browser-store.ts'
import { gossipValidator } from './gossip.ts'
import {
  lazyCardReader,
  lazyConcessionReader,
  lazyConcessionWallet,
  lazyPermitWallet,
  type PermitsInit,
} from './permits-of.ts'
import type { ClientPorts } from './ports.ts'
import { openSeen } from './seen-store.ts'
import type { Store } from './store.ts'

/** All that a page stands on: network, chain, city and disk, opened once. */
export interface World {
  readonly config: AppConfig
  readonly city: AsyncCity
  readonly cityInfo: CityInfo
  readonly reader: ChainReader
  readonly follower: Follower
  readonly leaf: Leaf
  readonly store: Store
  readonly rules: TripRules
  /** What was found of the document behind the tariff; trips go by it where it is `checked`. */
  readonly tariff: FoundDocument['state']
  /** Relays connected now; 0 = no network. */
  readonly relays: ReadonlySignal<number>
  /** False while the chain's RPC does not answer. */
  readonly chainUp: ReadonlySignal<boolean>
  /** True, as it is until a person says otherwise: no other person's device ever sees this one's internet address. */
  readonly hidden: Signal<boolean>
  /** The newest fault that no screen has shown. */
  readonly fault: ReadonlySignal<unknown>
  /** What the rider's or driver's client needs, for a wallet. */
  portsFor(wallet: ChainWallet): ClientPorts
  stop(): Promise<void>
}

const HIDDEN = 'hide-address'

/** How far the opening has come. */
export type Opening = 'config' | 'city' | 'chain' | 'network'

/**
 * What is opened. `cityWorker` runs `streets/city-worker.ts`, of the rider's page `transit/travel-worker.ts`; the app
 * makes it, for its own URL.
 */
export interface WorldInit {
  readonly app: 'rider' | 'driver'
  readonly cityWorker: Worker
  readonly onStep?: (step: Opening) => void
}

/**
 * Opens the world of a page from `/config.json`.
 * @throws {HexhailError} `CONFIG` when the page's server gives none; faults of the city or the chain
 */
export async function openWorld({ app, cityWorker, onStep }: WorldInit): Promise<World> {
  const fault = signal<unknown>(null)
  const report = (error: unknown) => {
    fault.value = error
    console.warn(error instanceof HexhailError ? `${error.code}: ${error.message}` : error)
  }
  onStep?.('config')
  const config = await readConfig()
  onStep?.('city')
  const calls = callWorker(cityWorker)
  const city = cityOver(calls)
  const travel = app === 'rider' && config.timetable ? travelOver(calls, config.timetable) : null
  const cityInfo = await city.load(new URL(config.city.url, location.href).href)
  onStep?.('chain')
  const { chainId, rpcUrl, contracts } = config
  const chain = { chainId, rpcUrl, contracts }
  const reader = createReader(chain)
  const store = await openBrowserStore(`hexhail-${app}-${chainId}-${contracts.vault}`)
  const tariff = await reader.tariff(config.tariffId)
  const { openTariff, ruledBy } = await import('./tariff-document.ts')
  const source = {
    store,
    url: config.auditUrl,
    chainId,
    fetch: (...of: Parameters<typeof fetch>) => fetch(...of),
  }
  const found = await openTariff(source, tariff)
  const rules: TripRules = {
    domain: { chainId, vault: contracts.vault },
    tariffId: config.tariffId,
    tariff,
    ...ruledBy(found),
    ...(config.idleCredit && { idleCredit: config.idleCredit }),
    timeScale: config.speed,
  }
  const follower = createFollower({ config: chain })
  const chainUp = signal(true)
  follower.onStatus(up => {
    chainUp.value = up
  })
  onStep?.('network')
  const now = () => Date.now()
  const every = (ms: number, run: () => void) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  }
  const heard = await openSeen({ store, now, every, report })
  const contradictions = createContradictions()
  const rpc = createRpc(rpcUrl)
  const transit =
    app === 'rider' && config.transit && travel
      ? (await import('./live-transit.ts')).createLiveTransit({
          ...{ chainId, permits: contracts.permits, agencies: config.transit.agencies, now, every },
          list: createOperatorList(reader, tariff.authority),
          startDay: async () => (await travel.info()).startDay,
        })
      : undefined
  const options: LeafOptions = {
    relays: config.relays,
    sources: {
      chainId,
      linked: new URLSearchParams(location.search).getAll('relay'),
      registry: () => readRelays(rpc, contracts.relayRegistry),
      cache: {
        load: async () => (await store.get<string[]>('relays')) ?? [],
        save: addrs => store.set('relays', addrs),
      },
    },
    validate: gossipValidator(chainId, now, heard.seen, contradictions, transit?.feeds),
    authorOf,
    now,
    random: Math.random,
  }
  const leaf = await createRenewingLeaf(() => createLeaf(options))
  transit?.start(leaf)
  const relays = signal(leaf.connectedRelays())
  leaf.onStatus(status => {
    relays.value = status.relays
  })
  const hidden = signal((await store.get<boolean>(HIDDEN)) ?? true)
  hidden.subscribe(isHidden => void store.set(HIDDEN, isHidden).catch(report))
  const direct = typeof RTCPeerConnection === 'function' && {
    dialer: createDirectDialer(RTCPeerConnection, config.stun),
    allowed: computed(() => !hidden.value),
  }
  const audit = createDeskClient(config.auditUrl, (input, init) => fetch(input, init))
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const permits: PermitsInit = {
    ...{ config, reader, rules, store, now, random, report },
    fetch: (input, init) => fetch(input, init),
  }
  // One of each for the page: two wallets over one store could show one credential twice.
  const readConcession = lazyConcessionReader(permits)
  const concessions = lazyConcessionWallet(permits)
  return {
    config,
    city,
    cityInfo,
    reader,
    follower,
    leaf,
    store,
    rules,
    tariff: found.state,
    relays,
    chainUp,
    hidden,
    fault,
    portsFor: wallet => ({
      readCard: lazyCardReader(permits),
      permit: lazyPermitWallet(permits, wallet),
      readConcession,
      concessions,
      chainId,
      leaf,
      otherLeaf: () => createLeaf(options),
      reader,
      writer: wallet.writer(chain),
      follower,
      signer: wallet,
      store,
      city,
      ...(travel && { travel }),
      ...(transit && { transit, delays: transit.delays }),
      rules,
      ...(direct && { direct }),
      contradictions,
      now,
      every,
      report,
      audit,
      random,
    }),
    stop: async () => {
      heard.stop()
      transit?.stop()
      await follower[Symbol.asyncDispose]()
      await leaf.stop()
      await city[Symbol.asyncDispose]()
    },
  }
}

/** The deployment's description from the page's own server. */
export async function readConfig(): Promise<AppConfig> {
  const answer = await fetch('/config.json', { cache: 'no-store' }).catch(() => null)
  if (!answer?.ok)
    throw new HexhailError('CONFIG', 'This page’s server gives no /config.json: start it with `npm start`.')
  return (await answer.json()) as AppConfig
}
