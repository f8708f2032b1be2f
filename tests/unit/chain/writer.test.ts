import { signReceipt, signTerms } from '@hexhail/chain/typed.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { createSessionKey, receiptSignature } from '@hexhail/protocol/session-key.ts'
import { fareOf, levyOf } from '@hexhail/protocol/tariff.ts'
import type { Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { receiptDigest, termsDigest } from '@hexhail/protocol/typed-data.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow } from './following.ts'
import { localChain, SECRET, UNIT } from './local-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
beforeAll(async () => {
  world = await localChain()
})
afterAll(() => world.anvil.stop())

const domain = () => ({ chainId: world.config.chainId, vault: world.config.contracts.vault })
const receiptFor = (terms: Terms, more: Partial<Receipt> = {}): Receipt => ({
  terms: termsDigest(domain(), terms),
  index: 1,
  fare: terms.fare,
  wait: 0n,
  toll: 0n,
  tip: 0n,
  metres: terms.metres,
  secs: terms.secs,
  waitSecs: 0,
  record: terms.details.record,
  ...more,
})

describe('the writer', () => {
  it('deposits by one signature, and the vault has what the wallet had', async () => {
    const rider = await world.party(20n * UNIT)
    expect(await world.reader.account(rider.address)).toEqual({ free: 20n * UNIT, held: 0n })
    expect(await world.reader.tokenBalance(rider.address)).toBe(0n)
  })

  it('holds, and settles by a receipt of the session key', async () => {
    const [rider, driver] = await Promise.all([world.party(20n * UNIT), world.party()])
    const session = await createSessionKey()
    const terms = await world.termsOf(rider.address, driver.address, { session: session.address })
    const writer = driver.writer(world.config)
    await writer.hold(terms, await signTerms(rider, domain(), terms))
    expect(await world.reader.account(rider.address)).toEqual({ free: 12n * UNIT, held: 8n * UNIT })
    const id = termsDigest(domain(), terms)
    expect(await world.reader.lane(rider.address, 0)).toEqual({ held: 8n * UNIT, seq: 1n, terms: id })

    const receipt = receiptFor(terms, { tip: UNIT })
    const signature = await receiptSignature(session, receiptDigest(domain(), receipt))
    await writer.settle(terms, receipt, toHex(signature))
    const tariff = await world.reader.tariff(world.tariffId)
    expect(terms.fare <= fareOf(tariff, terms.metres, terms.secs, terms.bp)).toBe(true)
    const earned = 6n * UNIT - levyOf(tariff, terms.fare)
    expect(await world.reader.account(driver.address)).toEqual({ free: earned, held: 0n })
    expect(await world.reader.account(rider.address)).toEqual({ free: 14n * UNIT, held: 0n })
    expect(await world.reader.settledTrips(driver.address)).toBe(1)

    await writer.withdraw(driver.address, earned)
    expect(await world.reader.tokenBalance(driver.address)).toBe(earned)
  })

  it('settles by a receipt of the wallet itself, on a second lane', async () => {
    const [rider, driver] = await Promise.all([world.party(20n * UNIT), world.party()])
    const terms = await world.termsOf(rider.address, driver.address, { lane: 3 })
    await driver.writer(world.config).hold(terms, await signTerms(rider, domain(), terms))
    const receipt = receiptFor(terms)
    await driver.writer(world.config).settle(terms, receipt, await signReceipt(rider, domain(), receipt))
    expect((await world.reader.account(rider.address)).free).toBe(15n * UNIT)
  })

  it('hands a trip over to another driver in one transaction, or leaves it as it was', async () => {
    const [rider, driver, nearer] = await Promise.all([world.party(20n * UNIT), world.party(), world.party()])
    const own = await world.termsOf(rider.address, driver.address)
    const asDriver = driver.writer(world.config)
    await asDriver.hold(own, await signTerms(rider, domain(), own))
    const lane = () => world.reader.lane(rider.address, 0)
    const before = await lane()
    // The balance is free for one hold at a time, so the next one needs what this one gives back.
    const next = await world.termsOf(rider.address, nearer.address, { hold: 15n * UNIT })
    expect(next.seq).toBe(own.seq + 1n)
    const signature = await signTerms(rider, domain(), next)

    const forged = asDriver.handOver(own, next, await signTerms(driver, domain(), next))
    await expect(forged).rejects.toMatchObject({ code: 'wrong-signer' })
    const stolen = nearer.writer(world.config).handOver(own, next, signature)
    await expect(stolen).rejects.toMatchObject({ code: 'too-early' })
    expect(await lane()).toEqual(before)

    const { follower, facts } = follow(world.config)
    const txHash = await asDriver.handOver(own, next, signature)
    await follower.caughtUp()
    const [released, held] = facts().slice(-2)
    expect(released).toMatchObject({ fact: 'released', terms: termsDigest(domain(), own), txHash })
    expect(held).toMatchObject({ fact: 'held', driver: nearer.address, txHash })
    expect(await lane()).toEqual({ held: 15n * UNIT, seq: 2n, terms: termsDigest(domain(), next) })
    await follower[Symbol.asyncDispose]()
  })

  it('goes every other way out of a trip: cancel, release, claim, contest, rule, finalize', async () => {
    const [rider, driver] = await Promise.all([world.party(50n * UNIT), world.party()])
    const [asRider, asDriver] = [rider.writer(world.config), driver.writer(world.config)]
    const held = async (lane: number) => {
      const terms = await world.termsOf(rider.address, driver.address, { lane })
      await asDriver.hold(terms, await signTerms(rider, domain(), terms))
      return terms
    }
    const [cancelled, released, claimed, contested] = [
      await held(1),
      await held(2),
      await held(3),
      await held(4),
    ]
    await asRider.cancel(cancelled!)
    await asDriver.finalize(cancelled!)
    await asDriver.release(released!)
    await asDriver.claim(claimed!, 4n * UNIT, SECRET)
    await asRider.finalize(claimed!)
    await asDriver.claim(contested!, 5n * UNIT, SECRET)
    await asRider.contest(contested!, UNIT)
    await world.authority.writer(world.config).rule(contested!, 2n * UNIT)
    expect(await world.reader.account(rider.address)).toEqual({ free: (50n - 4n - 3n) * UNIT, held: 0n })
  })

  it('sends twenty calls of one wallet at once, each with its own nonce', async () => {
    const driver = await world.party(20n * UNIT)
    const writer = driver.writer(world.config)
    const to = (await world.party()).address
    const hashes = await Promise.all(Array.from({ length: 20 }, () => writer.withdraw(to, UNIT)))
    expect(new Set(hashes).size).toBe(20)
    expect(await world.reader.tokenBalance(to)).toBe(20n * UNIT)
  })

  it('goes on with the next call after one that was refused', async () => {
    const driver = await world.party(2n * UNIT)
    const writer = driver.writer(world.config)
    const calls = [5n, 1n, 5n, 1n].map(n => writer.withdraw(driver.address, n * UNIT))
    const outcomes = (await Promise.allSettled(calls)).map(each => each.status)
    expect(outcomes).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('says what a refusal of the vault means, and what to do', async () => {
    const [rider, driver] = await Promise.all([world.party(3n * UNIT), world.party()])
    const terms = await world.termsOf(rider.address, driver.address)
    const writer = driver.writer(world.config)
    await expect(writer.hold(terms, await signTerms(rider, domain(), terms))).rejects.toMatchObject({
      code: 'balance-too-low',
      message: 'The free balance is 3.00, 8.00 is needed: deposit first.',
      data: { free: 3n * UNIT, needed: 8n * UNIT },
    })
    await expect(writer.hold(terms, await signTerms(driver, domain(), terms))).rejects.toMatchObject({
      code: 'wrong-signer',
    })
    await expect(writer.cancel(terms)).rejects.toMatchObject({ code: 'not-party' })
    await expect(writer.release(terms)).rejects.toMatchObject({ code: 'not-held' })
    await expect(rider.writer(world.config).deposit(UNIT)).rejects.toMatchObject({
      code: 'erc20-insufficient-balance',
    })
  })

  it('says that coin for gas is missing', async () => {
    const rich = await world.party(2n * UNIT)
    await world.rpc('anvil_setBalance', [rich.address, '0x1'])
    await expect(rich.writer(world.config).withdraw(rich.address, UNIT)).rejects.toMatchObject({
      code: 'no-gas',
    })
  })
})
