import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { registerRelay } from '@hexhail/chain/register-relay.ts'
import { createRpc, type Rpc } from '@hexhail/chain/rpc.ts'
import { signReceipt, signTerms } from '@hexhail/chain/typed.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createWriter } from '@hexhail/chain/writer.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow, truth } from './following.ts'
import { localChain, QUICK, SECRET, UNIT } from './local-chain.ts'

/**
 * A block reorganisation of depth 1 to 12 takes away each kind of transaction; it is sent again until it stays, by the
 * same bytes (as the sender does) or by a new transaction (as the trip does when its fact is undone). What everybody
 * has in the end is what they have without a reorganisation.
 */
const DEPTHS = Array.from({ length: 12 }, (_, i) => i + 1)

let world: Awaited<ReturnType<typeof localChain>>
let people: Record<'rider' | 'driver' | 'authority', ChainWallet>
/** Raw transactions that were sent, newest last. */
let sent: Hex[] = []
/** Every trip has a lane of its own, so that none needs to be ended. */
let lane = 0
let lose: (() => Promise<unknown>) | null = null

/** The chain's own answers; what is sent is kept, and `lose` runs before the first look for a receipt. */
const listening = (): Rpc => {
  const bare = createRpc(world.config.rpcUrl)
  return async (method, params, signal) => {
    if (method === 'eth_sendRawTransaction') sent.push(params[0] as Hex)
    if (method === 'eth_getTransactionReceipt' && lose) {
      const now = lose
      // The chain answers a raw transaction before it has mined it.
      while (!(await bare(method, params, signal))) await new Promise(setImmediate)
      lose = null
      await now()
    }
    return bare(method, params, signal)
  }
}
const writer = (who: keyof typeof people) =>
  createWriter(world.config, people[who], { ...QUICK, rpc: listening() })
const domain = () => ({ chainId: world.config.chainId, vault: world.config.contracts.vault })

/** What everybody has, in one list of numbers. */
async function books(): Promise<bigint[]> {
  const { reader } = world
  const vault = await reader.tokenBalance(world.config.contracts.vault)
  const each = Object.values(people).map(async ({ address }) => {
    const { free, held } = await reader.account(address)
    return [free, held, await reader.tokenBalance(address)]
  })
  const { held, seq } = await reader.lane(people.rider.address, lane)
  const relays = await reader.coinBalance(world.config.contracts.relayRegistry)
  const permit = await permitUntil()
  return [vault, held, seq, relays, BigInt(permit), ...(await Promise.all(each)).flat()]
}
const permitUntil = async () =>
  (await world.reader.permit(people.authority.address, people.driver.address)).untilS
const minus = (a: readonly bigint[], b: readonly bigint[]) => a.map((value, i) => value - b[i]!)

const newTerms = (): Promise<Terms> =>
  world.termsOf(people.rider.address, people.driver.address, { lane: ++lane })

async function held(): Promise<Terms> {
  const terms = await newTerms()
  await writer('driver').hold(terms, await signTerms(people.rider, domain(), terms))
  return terms
}
async function claimed(): Promise<Terms> {
  const terms = await held()
  await writer('driver').claim(terms, 3n * UNIT, SECRET)
  return terms
}
async function contested(): Promise<Terms> {
  const terms = await claimed()
  await writer('rider').contest(terms, UNIT)
  return terms
}

/** Each kind of transaction: makes what it needs and answers how to send it. */
const KINDS: Readonly<Record<string, () => Promise<() => Promise<Hex>>>> = {
  deposit: async () => () => writer('rider').deposit(UNIT),
  withdraw: async () => () => writer('rider').withdraw(people.rider.address, UNIT),
  hold: async () => {
    const terms = await newTerms()
    const signature = await signTerms(people.rider, domain(), terms)
    return () => writer('driver').hold(terms, signature)
  },
  settle: async () => {
    const terms = await held()
    const amounts = { fare: terms.fare, wait: 0n, toll: 0n, tip: UNIT }
    const driven = { metres: terms.metres, secs: terms.secs, waitSecs: 0, record: terms.details.record }
    const receipt = { terms: termsDigest(domain(), terms), index: 1, ...amounts, ...driven }
    const signature = await signReceipt(people.rider, domain(), receipt)
    return () => writer('driver').settle(terms, receipt, signature)
  },
  cancel: async () => {
    const terms = await held()
    return () => writer('rider').cancel(terms)
  },
  release: async () => {
    const terms = await held()
    return () => writer('driver').release(terms)
  },
  claim: async () => {
    const terms = await held()
    return () => writer('driver').claim(terms, 3n * UNIT, SECRET)
  },
  contest: async () => {
    const terms = await claimed()
    return () => writer('rider').contest(terms, UNIT)
  },
  rule: async () => {
    const terms = await contested()
    return () => writer('authority').rule(terms, UNIT)
  },
  finalize: async () => {
    const terms = await claimed()
    return () => writer('rider').finalize(terms)
  },
  'register relay': async () => {
    const { chainId, rpcUrl, contracts } = world.config
    const place = { chainId, rpcUrl, registry: contracts.relayRegistry }
    const entry = { addrs: [`/dns4/relay.example/tcp/443/wss/p2p/${'1'.repeat(46)}`], forS: 9_000 }
    return () =>
      registerRelay(place, people.driver, { ...entry, bondWei: 5n }, { ...QUICK, rpc: listening() })
  },
  'grant permit': async () => {
    const grant = (untilS: number) => {
      const credential = `0x${'cc'.repeat(32)}` as const
      const options = { ...QUICK, rpc: listening() }
      return grantPermit(
        world.config,
        people.authority,
        { driver: people.driver.address, untilS, credential },
        options,
      )
    }
    if ((await permitUntil()) === 0) await grant((await world.reader.head()).timestampS + 100_000)
    const untilS = (await permitUntil()) + 100
    return () => grant(untilS)
  },
}

/** Kinds that leave no fact of a trip. */
const SILENT = ['deposit', 'withdraw', 'register relay', 'grant permit']
const mine = (blocks: number) => world.rpc('anvil_mine', [`0x${blocks.toString(16)}`])

describe.each(Object.keys(KINDS))('%s', kind => {
  // A chain for each: anvil keeps the states of some hundred blocks only and reorganises to nothing beyond them.
  beforeAll(async () => {
    world = await localChain()
    const [rider, driver] = await Promise.all([world.party(4_000n * UNIT), world.party()])
    people = { rider, driver, authority: world.authority }
    await world.faucet.fund(rider.address, { coinWei: 10n ** 17n, token: 50n * UNIT })
  })
  afterAll(() => world.anvil.stop())

  it('is sent again after a reorganisation of depth 1 to 12, and done once', {
    timeout: 180_000,
  }, async () => {
    const alone = await KINDS[kind]!()
    const begin = await books()
    await alone()
    const change = minus(await books(), begin)
    expect(change.some(value => value !== 0n)).toBe(true)

    for (const depth of DEPTHS) {
      const send = await KINDS[kind]!()
      const before = await books()
      const { follower, facts, changes } = follow(world.config)
      const first = await send()
      const raw = sent.at(-1)!
      if (depth > 1) await mine(depth - 1)
      await follower.caughtUp()
      changes.length = 0
      await world.rpc('anvil_reorg', [depth, []])
      await follower.caughtUp()
      expect(changes.length, `depth ${depth}`).toBe(SILENT.includes(kind) ? 0 : 1)
      expect(changes.every(change => change.startsWith('undone'))).toBe(true)
      expect(await world.rpc('eth_getTransactionReceipt', [first])).toBeNull()
      expect(await books()).toEqual(before)

      if (depth % 2 === 0) await send()
      else await world.rpc('eth_sendRawTransaction', [raw])
      await mine(12)
      await follower.caughtUp()
      expect(minus(await books(), before), `depth ${depth}`).toEqual(change)
      // Neither the lost bytes nor the call itself do it a second time.
      await expect(world.rpc('eth_sendRawTransaction', [raw])).rejects.toMatchObject({ code: 'rpc-error' })
      if (!SILENT.includes(kind)) await expect(send()).rejects.toThrow()
      expect(minus(await books(), before)).toEqual(change)
      expect(facts()).toEqual(await truth(world.config))
      await follower[Symbol.asyncDispose]()
    }
  })

  it('is sent again by its sender when it is lost before anybody saw it mined', async () => {
    const send = await KINDS[kind]!()
    sent = []
    lose = () => world.rpc('anvil_reorg', [1, []])
    const hash = await send()
    expect(sent.length).toBe(2)
    expect(sent[1]).toBe(sent[0])
    expect(await world.rpc('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' })
  })
})
