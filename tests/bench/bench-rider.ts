import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import { until } from '../unit/sim/stack.ts'

/** What a rider's device did and saw since the marks were last cleared: the first time of each, ms. */
export type Marks = Map<'published' | 'link', number>

/** A rider on a running demo: the same client as the page's, with a stopwatch at its network. */
export interface BenchRider {
  readonly client: RiderClient
  readonly ports: ClientPorts
  readonly marks: Marks
  readonly faults: unknown[]
  stop(): Promise<void>
}

/** Opens a rider with money in the vault. */
export async function openBenchRider(config: AppConfig, city: AsyncCity, key: Hex): Promise<BenchRider> {
  const { chainId, rpcUrl, contracts } = config
  const chain = { chainId, rpcUrl, contracts }
  const reader = createReader(chain)
  const follower = createFollower({ config: chain })
  const wallet = walletFromKey(key)
  const marks: Marks = new Map()
  const faults: unknown[] = []
  const mark = (name: 'published' | 'link') => {
    if (!marks.has(name)) marks.set(name, performance.now())
  }
  const now = () => Date.now()
  const leaf = await createLeaf({
    relays: config.relays,
    validate: gossipValidator(chainId, now),
    authorOf,
    now,
    random: Math.random,
  })
  const ports: ClientPorts = {
    chainId,
    leaf: {
      ...leaf,
      publish: async (topic, data) => {
        const reached = await leaf.publish(topic, data)
        if (reached > 0) mark('published')
        return reached
      },
      handle: (protocol, fn) =>
        leaf.handle(protocol, link => {
          mark('link')
          fn(link)
        }),
    },
    reader,
    audit: createDeskClient(config.auditUrl),
    writer: wallet.writer(chain),
    follower,
    signer: wallet,
    store: createMemoryStore(),
    city,
    rules: {
      domain: { chainId, vault: contracts.vault },
      tariffId: config.tariffId,
      tariff: await reader.tariff(config.tariffId),
      timeScale: config.speed,
    },
    now,
    random: size => crypto.getRandomValues(new Uint8Array(size)),
    every: (ms, run) => {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    report: error => faults.push(error),
  }
  const answer = await fetch(`${config.faucetUrl}/faucet`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: wallet.address }),
  })
  if (!answer.ok) throw new Error(`The faucet answered ${answer.status}: ${await answer.text()}`)
  await ports.writer.deposit(await reader.tokenBalance(wallet.address))
  if (!leaf.addrs().length)
    await new Promise<void>(resolve => leaf.onStatus(({ addrs }) => addrs.length && resolve()))
  return {
    client: await createRiderClient(ports),
    ports,
    marks,
    faults,
    stop: async () => {
      await leaf.stop()
      await follower[Symbol.asyncDispose]()
    },
  }
}

/** Like `until`, but gives up: resolves with null after so long. */
export async function untilOr<T>(
  signal: { readonly value: T; subscribe(fn: (value: T) => void): () => void },
  passes: (value: T) => boolean,
  mostMs: number,
): Promise<T | null> {
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), mostMs)
  try {
    return await Promise.race([until(signal, passes), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
