/** A rider's client in a process of its own, so that it can be frozen or cut off; told what to do by its parent. */
import { createFollower } from '@hexhail/chain/follower.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { createRiderClient } from '@hexhail/client/rider-client.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import type { RidePlan, RiderEvent } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { gridCity } from './grid-city.ts'
import { addressed } from './stack.ts'

/** What the parent tells first: where everything is, and whose wallet it is. */
export interface RiderInit {
  readonly config: Parameters<typeof createReader>[0]
  readonly tariffId: number
  readonly timeScale: number
  readonly relays: readonly string[]
  readonly pingMs: number
  readonly key: Hex
}

/** What the parent asks for later. */
export type RiderWish =
  | { readonly wish: 'request'; readonly plan: RidePlan }
  | { readonly wish: 'choose' }
  | { readonly wish: 'dispatch'; readonly event: RiderEvent }

/** What the parent is told at each change. */
export interface RiderReport {
  readonly phase: string
  readonly pin: string
  readonly firm: number
  /** Lines that the driver wrote, as they came. */
  readonly heard: readonly string[]
  readonly fare: string
  readonly faults: readonly string[]
}

const tell = (report: RiderReport | 'ready'): void => void process.send!(report)

async function run({ config, tariffId, timeScale, relays, pingMs, key }: RiderInit) {
  const now = () => Date.now()
  const faults: string[] = []
  const wallet = walletFromKey(key)
  const reader = createReader(config)
  const city = createLocalCity()
  await city.load(gridCity().bytes)
  const leaf = await createLeaf({
    relays,
    pingMs,
    validate: gossipValidator(config.chainId, now),
    authorOf,
    now,
    random: Math.random,
  })
  await addressed(leaf)
  const rider = await createRiderClient({
    chainId: config.chainId,
    audit: { file: async () => {}, filed: async () => [], keys: async () => [] },
    leaf,
    reader,
    writer: wallet.writer(config),
    follower: createFollower({ config, pollMs: 200 }),
    signer: wallet,
    store: createMemoryStore(),
    city,
    rules: {
      domain: { chainId: config.chainId, vault: config.contracts.vault },
      tariffId,
      tariff: await reader.tariff(tariffId),
      timeScale,
    },
    now,
    random: size => crypto.getRandomValues(new Uint8Array(size)),
    every: (ms, fn) => {
      const timer = setInterval(fn, ms)
      return () => clearInterval(timer)
    },
    report: error => faults.push(String(error)),
  })
  rider.trip.subscribe(trip => {
    if (trip)
      tell({
        phase: trip.phase,
        pin: trip.pin,
        firm: trip.offers.filter(offer => offer.firm).length,
        heard: trip.chat.filter(line => !line.mine).map(line => line.text),
        fare: String(trip.receipt?.fare ?? 0n),
        faults,
      })
  })
  process.on('message', (wish: RiderWish) => {
    const done =
      wish.wish === 'request'
        ? rider.request(wish.plan)
        : wish.wish === 'choose'
          ? rider.choose(rider.ranked.value[0]!.tag)
          : rider.dispatch(wish.event)
    done.catch(error => faults.push(String(error)))
  })
  tell('ready')
}

process.once('message', (init: RiderInit) => void run(init))
process.on('disconnect', () => process.exit(0))
