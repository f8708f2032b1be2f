import { walletFromProvider } from '@hexhail/chain/injected-wallet.ts'
import { signDelegation, signReceipt, signTerms } from '@hexhail/chain/typed.ts'
import { addressOfKey, createWalletKey, localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { checkDelegation } from '@hexhail/protocol/delegation.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import { receiptDigest, termsDigest } from '@hexhail/protocol/typed-data.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyDomain, anyReceipt, anyTerms } from '../protocol/any-terms.ts'
import { localChain, UNIT } from './local-chain.ts'

describe('a wallet', () => {
  it('signs what the protocol can check: terms, receipts, delegations', async () => {
    const wallet = walletFromKey(createWalletKey())
    await fc.assert(
      fc.asyncProperty(anyDomain, anyTerms, anyReceipt, async (domain, terms, receipt) => {
        const onTerms = fromHex(await signTerms(wallet, domain, terms), 65)
        expect(recoverAccount(termsDigest(domain, terms), onTerms)).toBe(wallet.address)
        const onReceipt = fromHex(await signReceipt(wallet, domain, receipt), 65)
        expect(recoverAccount(receiptDigest(domain, receipt), onReceipt)).toBe(wallet.address)
        const claim = { session: terms.session, role: 'driver', untilMs: 1_000_000 } as const
        const signature = fromHex(await signDelegation(wallet, domain, claim), 65)
        const verdict = checkDelegation({ ...claim, domain, account: wallet.address, signature, nowMs: 0 })
        expect(verdict).toMatchObject({ verdict: 'accept' })
      }),
      { numRuns: 5 },
    )
  })
})

describe('an injected wallet', () => {
  let world: Awaited<ReturnType<typeof localChain>>
  beforeAll(async () => {
    world = await localChain()
  })
  afterAll(() => world.anvil.stop())

  /** A wallet that forwards to the chain, whose own accounts are unlocked. */
  function provider(answer: (method: string) => unknown = () => undefined) {
    const calls: string[] = []
    const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
      calls.push(method)
      const own = answer(method)
      if (own instanceof Error) throw own
      if (own !== undefined) return own
      return world.rpc(method === 'eth_requestAccounts' ? 'eth_accounts' : method, params)
    }
    return { request, calls }
  }

  it('signs terms and sends the vault operations like the embedded one', async () => {
    const wallet = await walletFromProvider(provider(), world.config)
    expect(wallet.address).toBe(addressOfKey(localChainKey(0)))
    const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
    const terms = await world.termsOf(wallet.address, world.authority.address)
    const signature = fromHex(await signTerms(wallet, domain, terms), 65)
    expect(recoverAccount(termsDigest(domain, terms), signature)).toBe(wallet.address)
    await world.faucet.fund(wallet.address, { token: 3n * UNIT })
    await wallet.writer(world.config).deposit(3n * UNIT)
    await wallet.writer(world.config).withdraw(wallet.address, UNIT)
    expect(await world.reader.account(wallet.address)).toEqual({ free: 2n * UNIT, held: 0n })
    await expect(wallet.writer(world.config).withdraw(wallet.address, 9n * UNIT)).rejects.toMatchObject({
      code: 'balance-too-low',
    })
  })

  it('is brought to the right network, which is added where it is unknown', async () => {
    const unknown = Object.assign(new Error('unrecognized chain'), { code: 4902 })
    const injected = provider(method => {
      if (method === 'eth_chainId') return '0x1'
      if (method === 'wallet_switchEthereumChain') return unknown
      return method === 'wallet_addEthereumChain' ? null : undefined
    })
    const wallet = await walletFromProvider(injected, world.config)
    const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
    await signTerms(wallet, domain, await world.termsOf(wallet.address, world.authority.address))
    expect(injected.calls.slice(1)).toEqual([
      'eth_chainId',
      'wallet_switchEthereumChain',
      'wallet_addEthereumChain',
      'eth_signTypedData_v4',
    ])
  })

  it('says that the person said no', async () => {
    const no = Object.assign(new Error('User rejected'), { code: 4001 })
    const injected = provider(method => (method === 'eth_sendTransaction' ? no : undefined))
    const wallet = await walletFromProvider(injected, world.config)
    await world.faucet.fund(wallet.address, { token: UNIT })
    await expect(wallet.writer(world.config).deposit(UNIT)).rejects.toMatchObject({ code: 'wallet-refused' })
  })
})
