import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { startAnvil } from '@hexhail/chain/anvil.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { deploy } from '@hexhail/chain/deploy.ts'
import { createFaucet } from '@hexhail/chain/faucet.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createWalletKey, localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createMemoryStore, type Store } from '@hexhail/client/store.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import { createRelay } from '@hexhail/net/relay.ts'
import { createRenewingLeaf } from '@hexhail/net/renewing-leaf.ts'
import { VCT } from '@hexhail/permits/vct.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { MONTH_KEY_TYPES, monthAfter, monthOf } from '@hexhail/protocol/month-key.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { gridDisk } from 'h3-js'
import { gridCity } from './grid-city.ts'

/** Where the town's zone lies: whoever is brought there pays a charge on top of the fare. */
export const MARKET = [-56.155, -34.875] as const
/** What it is, minor units. */
export const MARKET_CHARGE = 600_000n

export const TOWN_DOCUMENT: TariffDocument = {
  ...DEMO_DOCUMENT,
  concessions: [
    {
      ...{ id: 'senior', vct: VCT.concession, category: 'senior', bp: 4_000, most: 250 },
      borneBy: 'authority',
    },
  ],
  zones: [
    {
      ...{ id: 'market', name: 'Market', cells: gridDisk(cellAt(MARKET, 9), 1), multBp: 10_000 },
      ...{ pickup: 0, dropoff: 60, through: 0, beneficiary: 'Town' },
    },
  ],
}

/** The whole of Hexhail but the pages, in one process: a chain, the contracts, two relays, a town. */
export async function startStack({ timeScale = 60, pingMs = 4_000 } = {}) {
  const anvil = await startAnvil({ blockTimeS: 1, mixed: true, hardfork: 'osaka' })
  const authority = walletFromKey(localChainKey(0))
  const chainAt = { chainId: 31_337, rpcUrl: anvil.rpcUrl }
  const { contracts, tariffId } = await deploy(
    chainAt,
    authority,
    chainTariff(TOWN_DOCUMENT, 'car', authority.address),
  )
  const config = { ...chainAt, contracts }
  const reader = createReader(config)
  const faucet = createFaucet(config, walletFromKey(localChainKey(1)))
  let passedMs = 0
  const now = () => Date.now() + passedMs
  const validate = () => gossipValidator(config.chainId, now)
  const seeds = [crypto.getRandomValues(new Uint8Array(32)), crypto.getRandomValues(new Uint8Array(32))]
  const relays: Relay[] = []
  const startRelay = async (i: number, port: number) => {
    const peers = relays.flatMap((relay, j) => (j === i ? [] : relay.addrs.slice(0, 1)))
    const discovery = { chainId: config.chainId }
    const options = { port, seed: seeds[i]!, peers, discovery, pingMs: 2 * pingMs }
    relays[i] = await createRelay({ ...options, validate: validate(), authorOf })
  }
  await startRelay(0, 0)
  await startRelay(1, 0)
  const bundle = gridCity()
  const city = createLocalCity()
  await city.load(bundle.bytes)
  const streets = openCity(bundle.bytes)
  const auditKey = await makeAuditKey()
  const month = monthOf(Date.now())
  const monthKeys = await Promise.all(
    [month, monthAfter(month)].map(async each => {
      const bare = { authority: authority.address, month: each, publicKey: auditKey.publicKey }
      const domain = delegationDomain(config.chainId)
      return { ...bare, signature: await authority.signTypedData(domain, MONTH_KEY_TYPES, bare) }
    }),
  )
  const filed = new Map<Hex, Uint8Array>()
  const rules: TripRules = {
    domain: { chainId: config.chainId, vault: contracts.vault },
    tariffId,
    tariff: await reader.tariff(tariffId),
    document: { document: TOWN_DOCUMENT, class: 'car' },
    timeScale,
  }
  const faults: unknown[] = []
  const closers: (() => Promise<unknown>)[] = []

  /** Everything one person has: a funded wallet, a leaf, a disk. The same key and store again are the same person. */
  const person = async (
    kept: { key?: Hex; store?: Store } = {},
  ): Promise<ClientPorts & { key: Hex; gossip: Uint8Array[] }> => {
    const key = kept.key ?? createWalletKey()
    const wallet = walletFromKey(key)
    if (!kept.key) await faucet.fund(wallet.address, { coinWei: 10n ** 18n, token: 100_000_000n })
    const newLeaf = () =>
      createLeaf({
        relays: relays.flatMap(r => r.addrs),
        validate: validate(),
        authorOf,
        now,
        random: Math.random,
        pingMs,
      })
    const leaf = await createRenewingLeaf(newLeaf)
    const follower = createFollower({ config, pollMs: 100 })
    closers.push(async () => Promise.all([leaf.stop(), follower[Symbol.asyncDispose]()]))
    await addressed(leaf)
    return {
      key,
      gossip: [],
      chainId: config.chainId,
      leaf,
      otherLeaf: newLeaf,
      reader,
      writer: wallet.writer(config),
      follower,
      signer: wallet,
      store: kept.store ?? createMemoryStore(),
      city,
      rules,
      now,
      random: size => crypto.getRandomValues(new Uint8Array(size)),
      every: (ms, run) => {
        const timer = setInterval(run, ms)
        return () => clearInterval(timer)
      },
      report: error => faults.push(error),
      audit: {
        file: async (terms, sealed) => void filed.set(terms, sealed),
        filed: async prefix => [...filed.keys()].filter(terms => terms.startsWith(`0x${prefix}`)),
        keys: async () => monthKeys,
      },
    }
  }
  return {
    anvil,
    config,
    tariffId,
    reader,
    relays,
    /** Starts a stopped relay again, where it was and as who it was. */
    relayAgain: (i: number) => startRelay(i, portOf(relays[i]!)),
    city,
    streets,
    auditKey,
    filed,
    rules,
    faults,
    person,
    authority,
    /** Moves everybody's clock but the chain's. */
    pass: (ms: number) => {
      passedMs += ms
    },
    permit: (driver: Hex) =>
      grantPermit(config, authority, {
        driver,
        untilS: Math.floor(now() / 1000) + 86_400,
        credential: `0x${'c0'.repeat(32)}`,
      }),
    stop: async () => {
      await Promise.allSettled(closers.map(close => close()))
      await Promise.allSettled(relays.map(relay => relay.stop()))
      await anvil.stop()
    },
  }
}

/** The port of a relay's addresses. */
export const portOf = (relay: Relay): number => Number(relay.addrs[0]!.split('/')[4])

/** Resolves when the leaf can be dialled. */
export function addressed(leaf: Leaf): Promise<void> {
  if (leaf.addrs().length) return Promise.resolve()
  return new Promise(resolve => {
    const stop = leaf.onStatus(({ addrs }) => {
      if (!addrs.length) return
      stop()
      resolve()
    })
  })
}

/** Resolves with the first value of a signal that passes. */
export function until<T>(
  signal: { readonly value: T; subscribe(fn: (value: T) => void): () => void },
  passes: (value: T) => boolean,
): Promise<T> {
  return new Promise(resolve => {
    let stop: (() => void) | undefined
    let done = false
    const look = (value: T) => {
      if (done || !passes(value)) return
      done = true
      queueMicrotask(() => stop?.())
      resolve(value)
    }
    stop = signal.subscribe(look)
  })
}
