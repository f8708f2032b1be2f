import { createRpc } from '@hexhail/chain/rpc.ts'
import { signTerms } from '@hexhail/chain/typed.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { follow, hold, trip, truth } from './following.ts'
import { localChain, SECRET, UNIT } from './local-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
let rider: ChainWallet
let driver: ChainWallet
let other: ChainWallet
beforeAll(async () => {
  world = await localChain()
  ;[rider, driver, other] = await Promise.all([
    world.party(100n * UNIT),
    world.party(),
    world.party(100n * UNIT),
  ])
})
afterAll(() => world.anvil.stop())

describe('the follower', () => {
  let clean: unknown
  beforeEach(async () => {
    clean = await world.rpc('evm_snapshot', [])
  })
  afterEach(() => world.rpc('evm_revert', [clean]))

  it('tells every kind of fact with its values, in order', async () => {
    const { follower, facts } = follow(world.config)
    await follower.caughtUp()
    const before = facts().length
    const { terms, id } = await hold(world, rider, driver)
    const [asDriver, asRider] = [driver.writer(world.config), rider.writer(world.config)]
    await asRider.cancel(terms)
    await asDriver.claim(terms, 3n * UNIT, SECRET)
    await asRider.contest(terms, UNIT)
    const closing = await world.authority.writer(world.config).rule(terms, UNIT)
    await follower.caughtUp()
    const told = facts().slice(before)
    expect(told.map(each => each.fact)).toEqual(['held', 'cancelled', 'claimed', 'contested', 'closed'])
    const parties = { rider: rider.address, driver: driver.address }
    expect(told[0]).toMatchObject({ terms: id, ...parties, hold: 8n * UNIT, tariff: world.tariffId, lane: 0 })
    expect(told[2]).toMatchObject({ amount: 3n * UNIT, boarded: true })
    expect(told[3]).toMatchObject({ admitted: UNIT, disputed: 2n * UNIT })
    expect(told[4]).toMatchObject({ toDriver: UNIT, toRider: UNIT, txHash: closing })
    const { timestampS } = await world.reader.head()
    expect(told[4]!.timestampS).toBe(timestampS)
    await follower[Symbol.asyncDispose]()
  })

  it.each([1, 2, 3, 4])(
    'takes back what a reorganisation of depth %i takes back, newest first',
    async depth => {
      const { follower, facts, changes } = follow(world.config)
      await trip(world, rider, driver)
      await trip(world, rider, driver)
      await follower.caughtUp()
      const before = facts()
      changes.length = 0
      await world.rpc('anvil_reorg', [depth, []])
      await follower.caughtUp()
      const undone = before.slice(-depth).toReversed()
      expect(changes).toEqual(undone.map(fact => `undone ${fact.fact}`))
      expect(facts()).toEqual(await truth(world.config))
      await follower[Symbol.asyncDispose]()
    },
  )

  it('sees that the next block does not follow the one it read last', async () => {
    const { follower, facts, changes } = follow(world.config)
    await trip(world, rider, driver)
    await follower.caughtUp()
    changes.length = 0
    await world.rpc('anvil_reorg', [1, []])
    await world.rpc('anvil_mine', ['0x1'])
    await follower.caughtUp()
    expect(changes).toEqual(['undone released'])
    expect(facts()).toEqual(await truth(world.config))
    await follower[Symbol.asyncDispose]()
  })

  it('takes back the facts of one block in the opposite order', async () => {
    const { follower, changes } = follow(world.config)
    await world.rpc('anvil_mine', ['0x1'])
    await follower.caughtUp()
    changes.length = 0
    const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
    const [first, second] = [
      await world.termsOf(rider.address, driver.address),
      await world.termsOf(other.address, driver.address),
    ]
    const signatures = [await signTerms(rider, domain, first), await signTerms(other, domain, second)]
    await world.rpc('evm_setAutomine', [false])
    const writer = driver.writer(world.config)
    const both = [writer.hold(first, signatures[0]!), writer.hold(second, signatures[1]!)]
    while (Number(((await world.rpc('txpool_status', [])) as { pending: Hex }).pending) < 2)
      await new Promise(setImmediate)
    await world.rpc('anvil_mine', ['0x1'])
    await world.rpc('evm_setAutomine', [true])
    await Promise.all(both)
    await follower.caughtUp()
    await world.rpc('anvil_reorg', [1, []])
    await follower.caughtUp()
    expect(changes).toEqual(['fact held', 'fact held', 'undone held', 'undone held'])
    await follower[Symbol.asyncDispose]()
  })

  it('does not tell what it read from a fork that went away meanwhile', async () => {
    await trip(world, rider, driver)
    const bare = createRpc(world.config.rpcUrl)
    let reorgs = 1
    const racing: typeof bare = async (method, params, signal) => {
      const answer = await bare(method, params, signal)
      if (method === 'eth_getLogs' && reorgs-- > 0) await world.rpc('anvil_reorg', [2, []])
      return answer
    }
    const { follower, facts, changes } = follow(world.config, { rpc: racing })
    await follower.caughtUp()
    expect(facts()).toEqual(await truth(world.config))
    expect(changes.every(change => change.startsWith('fact'))).toBe(true)
    await follower[Symbol.asyncDispose]()
  })

  it('agrees with the chain after any mix of trips, blocks, reorganisations and reverts', async () => {
    const step = fc.oneof(
      fc.constant({ type: 'trip' as const }),
      fc.record({ type: fc.constant('mine' as const), blocks: fc.integer({ min: 1, max: 70 }) }),
      fc.record({ type: fc.constant('reorg' as const), depth: fc.integer({ min: 1, max: 6 }) }),
      fc.constant({ type: 'revert' as const }),
      fc.constant({ type: 'look' as const }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.constantFrom(0, 2),
        async (steps, confirmations) => {
          await world.rpc('anvil_mine', ['0x8']) // so that no reorganisation reaches back into another run
          const start = (await world.rpc('evm_snapshot', [])) as Hex
          let snapshot = (await world.rpc('evm_snapshot', [])) as Hex
          const { follower, facts } = follow({ ...world.config, confirmations })
          const mine = follow({ ...world.config, confirmations }, { rider: rider.address })
          for (const each of steps) {
            if (each.type === 'trip') await trip(world, rider, driver).catch(() => {}) // its lane may be taken by half a trip
            if (each.type === 'mine') await world.rpc('anvil_mine', [`0x${each.blocks.toString(16)}`])
            if (each.type === 'reorg') await world.rpc('anvil_reorg', [each.depth, []])
            if (each.type === 'revert') {
              await world.rpc('evm_revert', [snapshot])
              snapshot = (await world.rpc('evm_snapshot', [])) as Hex
            }
            if (each.type === 'look') await Promise.all([follower.caughtUp(), mine.follower.caughtUp()])
          }
          await Promise.all([follower.caughtUp(), mine.follower.caughtUp()])
          const { number } = await world.reader.head()
          const final = (await truth(world.config)).filter(fact => fact.blockNumber <= number - confirmations)
          expect(facts()).toEqual(final)
          expect(mine.facts()).toEqual(final)
          await Promise.all([follower[Symbol.asyncDispose](), mine.follower[Symbol.asyncDispose]()])
          await world.rpc('evm_revert', [start])
        },
      ),
      { numRuns: 12, seed: 7 },
    )
  }, 30_000)

  it('tells a party its own trips only, with the facts that name no party', async () => {
    const [mine, theirs] = [await trip(world, rider, driver), await trip(world, other, driver)]
    const byRider = follow(world.config, { rider: other.address })
    const byDriver = follow(world.config, { driver: driver.address })
    const byTerms = follow(world.config, { terms: [mine] })
    const nobody = follow(world.config, { driver: other.address })
    const all = [byRider, byDriver, byTerms, nobody]
    await Promise.all(all.map(each => each.follower.caughtUp()))
    expect(byRider.facts().map(fact => [fact.terms, fact.fact])).toEqual([
      [theirs, 'held'],
      [theirs, 'released'],
    ])
    expect(byDriver.facts()).toEqual(await truth(world.config))
    expect(byTerms.facts().map(fact => fact.fact)).toEqual(['held', 'released'])
    expect(nobody.facts()).toEqual([])
    const open = (await hold(world, other, driver)).terms
    await byRider.follower.caughtUp()
    await driver.writer(world.config).release(open)
    await byRider.follower.caughtUp()
    expect(byRider.changes.slice(2)).toEqual(['fact held', 'fact released'])
    await Promise.all(all.map(each => each.follower[Symbol.asyncDispose]()))
  })

  it('tells a late listener all that it told before', async () => {
    await trip(world, rider, driver)
    const { follower, facts } = follow(world.config)
    await follower.caughtUp()
    // More empty blocks than it remembers.
    for (let i = 0; i < 80; i++) {
      await world.rpc('anvil_mine', ['0x1'])
      await follower.caughtUp()
    }
    const late: ChainFact[] = []
    const off = follower.on(({ fact }) => late.push(fact))
    await follower.caughtUp()
    expect(late).toEqual(facts())
    expect(late.length).toBe(2)
    off()
    await trip(world, rider, driver)
    await follower.caughtUp()
    expect(late.length).toBe(facts().length - 2)
    await follower[Symbol.asyncDispose]()
  })

  it('proves a fact by the chain as it stands, and a reorganised or altered one not', async () => {
    const id = await trip(world, rider, driver)
    const fact = (await truth(world.config)).findLast(each => each.terms === id && each.fact === 'held')!
    expect(await world.reader.proves(fact)).toBe(true)
    expect(await world.reader.proves({ ...fact, hold: 9n * UNIT } as ChainFact)).toBe(false)
    expect(await world.reader.proves({ ...fact, blockHash: `0x${'11'.repeat(32)}` })).toBe(false)
    await world.rpc('anvil_reorg', [2, []])
    expect(await world.reader.proves(fact)).toBe(false)
  })

  it('reads a node that bounds the range of a query', async () => {
    await trip(world, rider, driver)
    await world.rpc('anvil_mine', ['0x40'])
    await trip(world, rider, driver)
    const all = await truth(world.config)
    expect(all.length).toBe(4)
    const bare = createRpc(world.config.rpcUrl)
    const bounded: typeof bare = async (method, params, signal) => {
      const range = params[0] as { fromBlock?: Hex; toBlock?: Hex }
      if (method === 'eth_getLogs' && Number(range.toBlock) - Number(range.fromBlock) > 5)
        return bare('eth_getLogs', [{ fromBlock: 'over the limit' }], signal)
      return bare(method, params, signal)
    }
    const { follower, facts } = follow(world.config, { rpc: bounded })
    await follower.caughtUp()
    expect(facts()).toEqual(all)
    await follower[Symbol.asyncDispose]()
  })
})
