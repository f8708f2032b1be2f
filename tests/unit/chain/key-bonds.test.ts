import { otherContracts } from '@hexhail/chain/deployment.ts'
import { KEY_BONDS_ABI } from '@hexhail/chain/generated/abi.ts'
import {
  DEPLOY_BLOCK_SELECTOR,
  followKeyBonds,
  type KeyBondPlace,
  LAID_TOPIC,
} from '@hexhail/chain/key-bonds.ts'
import { layKeyBond, liftKeyBond, readKeyBond } from '@hexhail/chain/lay-key-bond.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { KEY_BOND_LEAST } from '@hexhail/protocol/key-bond.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localChain, QUICK, UNIT } from './local-chain.ts'

const DAY_MS = 86_400_000
let world: Awaited<ReturnType<typeof localChain>>
let place: KeyBondPlace
let payer: ChainWallet
let keys = 0
const newKey = (): Hex => `0xbeef${(++keys).toString(16).padStart(36, '0')}`

beforeAll(async () => {
  world = await localChain()
  place = { ...world.config, keyBonds: otherContracts().keyBonds }
  payer = walletFromKey(createWalletKey(), QUICK)
  await world.faucet.fund(payer.address, { coinWei: 10n ** 17n, token: 60n * UNIT })
})
afterAll(() => world.anvil.stop())

/** A follower that looks only when asked to catch up. */
const follow = () => followKeyBonds(place, Date.now, { after: () => () => {} })
const lay = (key: Hex, amount = KEY_BOND_LEAST, days = 1) =>
  layKeyBond(place, payer, key, { amount, days }, QUICK)
const held = async () => (await world.reader.account(place.keyBonds)).free

describe('a bond of a session key', () => {
  it('is read by the topic and the selector of the contract', () => {
    const abi = new Interface(KEY_BONDS_ABI)
    expect(LAID_TOPIC).toBe(abi.getEvent('Laid')!.topicHash)
    expect(DEPLOY_BLOCK_SELECTOR).toBe(abi.getFunction('deployBlock')!.selector)
  })

  it('counts from when it is laid until its time, and is paid back after it, once', async () => {
    await using bonds = await follow()
    const key = newKey()
    await bonds.caughtUp()
    expect(bonds.isBonded(key, Date.now())).toBe(false)
    const { amount, untilS, nowS, purse } = await lay(key)
    expect([amount, purse]).toEqual([KEY_BOND_LEAST, 0n])
    await bonds.caughtUp()
    expect(bonds.isBonded(key, Date.now())).toBe(true)
    expect(bonds.isBonded(key, untilS * 1000 - 1)).toBe(true)
    expect(bonds.isBonded(key, untilS * 1000)).toBe(false)
    expect(untilS - nowS).toBeGreaterThanOrEqual(86_400)
    await expect(liftKeyBond(place, payer, key, null, QUICK)).rejects.toThrow('The bond lies until')
    const start = await world.rpc('evm_snapshot', [])
    await world.rpc('evm_increaseTime', [2 * 86_400])
    await world.rpc('evm_mine', [])
    const before = await world.reader.tokenBalance(payer.address)
    expect(await liftKeyBond(place, payer, key, payer.address, QUICK)).toBe(KEY_BOND_LEAST)
    expect(await liftKeyBond(place, payer, key, payer.address, QUICK)).toBe(0n)
    expect((await world.reader.tokenBalance(payer.address)) - before).toBe(KEY_BOND_LEAST)
    await world.rpc('evm_revert', [start])
  })

  it('is laid out of the purse before anything is taken from the wallet', async () => {
    const key = newKey()
    const before = await held()
    const start = await world.rpc('evm_snapshot', [])
    await lay(key)
    await world.rpc('evm_increaseTime', [2 * 86_400])
    await world.rpc('evm_mine', [])
    await liftKeyBond(place, payer, key, null, QUICK)
    const next = await lay(newKey())
    expect([next.amount, next.purse]).toEqual([KEY_BOND_LEAST, 0n])
    expect((await held()) - before).toBe(KEY_BOND_LEAST)
    await world.rpc('evm_revert', [start])
  })

  it('counts no more when a reorganisation takes it back', async () => {
    await using bonds = await follow()
    const [first, second] = [newKey(), newKey()]
    await lay(first)
    await bonds.caughtUp()
    await world.rpc('evm_mine', [])
    const start = await world.rpc('evm_snapshot', [])
    await lay(second)
    await bonds.caughtUp()
    expect([first, second].map(key => bonds.isBonded(key, Date.now()))).toEqual([true, true])
    await world.rpc('anvil_reorg', [1, []])
    await bonds.caughtUp()
    expect([first, second].map(key => bonds.isBonded(key, Date.now()))).toEqual([true, false])
    expect((await readKeyBond(world.rpc, place.keyBonds, second, payer.address)).amount).toBe(0n)
    await world.rpc('evm_revert', [start])
  })

  it('of less than relays count, or over by now, is not even kept', async () => {
    const key = newKey()
    const abi = new Interface(KEY_BONDS_ABI)
    const untilS = (await world.reader.head()).timestampS + 2 * 86_400
    const laid = (amount: bigint) => ({
      ...abi.encodeEventLog('Laid', [key, payer.address, amount, untilS]),
      blockNumber: '0x1',
      blockHash: `0x${'11'.repeat(32)}`,
    })
    const at = async (logs: object[], nowMs: number): Promise<boolean> => {
      const rpc = async (method: string, params: readonly unknown[]) =>
        method === 'eth_getLogs' ? logs : world.rpc(method, params)
      await using bonds = await followKeyBonds(place, () => nowMs, { rpc, after: () => () => {} })
      await bonds.caughtUp()
      return bonds.isBonded(key, 0)
    }
    expect(await at([laid(KEY_BOND_LEAST)], Date.now())).toBe(true)
    expect(await at([laid(KEY_BOND_LEAST - 1n)], Date.now())).toBe(false)
    expect(await at([laid(KEY_BOND_LEAST)], Date.now() + 3 * DAY_MS)).toBe(false)
    expect(await at([{ ...laid(KEY_BOND_LEAST), data: '0x' }], Date.now())).toBe(false)
  })

  it('is refused in words: too little, too long, no token, no contract', async () => {
    const key = newKey()
    await expect(lay(key, KEY_BOND_LEAST - 1n)).rejects.toMatchObject({ code: 'bond-too-low' })
    await expect(lay(key, KEY_BOND_LEAST, 365)).rejects.toMatchObject({ code: 'bond-term' })
    await expect(lay(key, 1_000n * UNIT)).rejects.toMatchObject({ code: 'token-too-low' })
    const nowhere = { ...place, keyBonds: newKey() }
    await expect(followKeyBonds(nowhere, Date.now)).rejects.toMatchObject({ code: 'no-contract' })
    await expect(readKeyBond(world.rpc, nowhere.keyBonds, key, key)).rejects.toMatchObject({
      code: 'no-contract',
    })
  })
})
