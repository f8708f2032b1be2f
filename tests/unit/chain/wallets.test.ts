import { discoverWallets, type InjectedOffer } from '@hexhail/chain/injected-wallet.ts'
import { decryptKey, encryptKey, type SealedKey } from '@hexhail/chain/keystore.ts'
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

const LIGHT = 2

describe('a sealed key', () => {
  const key = createWalletKey()

  it.each(['correct horse', new Uint8Array(32).fill(9)])(
    'opens with the secret it was sealed with',
    async secret => {
      const sealed = JSON.parse(JSON.stringify(await encryptKey(key, secret, LIGHT))) as SealedKey
      expect(JSON.stringify(sealed)).not.toContain(key.slice(2))
      expect(sealed.address).toBe(addressOfKey(key))
      expect(await decryptKey(sealed, secret)).toBe(key)
    },
  )

  it('opens with the same passphrase in another spelling of its letters', async () => {
    const sealed = await encryptKey(key, 'caf\u00e9', LIGHT)
    expect(await decryptKey(sealed, 'cafe\u0301')).toBe(key)
  })

  it('opens with no other secret, nor with another kind of it', async () => {
    const sealed = await encryptKey(key, 'one', LIGHT)
    for (const secret of ['two', '', new Uint8Array(32)])
      await expect(decryptKey(sealed, secret)).rejects.toMatchObject({ code: 'wrong-secret' })
  })

  it('says so when a part of it was changed', async () => {
    const sealed = await encryptKey(key, 'one', LIGHT)
    const other: Partial<SealedKey>[] = [
      { address: `0x${'11'.repeat(20)}` },
      { work: 3 },
      { iv: `0x${'00'.repeat(12)}` },
    ]
    for (const change of other)
      await expect(decryptKey({ ...sealed, ...change }, 'one')).rejects.toMatchObject({
        code: 'wrong-secret',
      })
    for (const change of [{ work: 40 }, { data: '0x' }, { version: 2 }, { kdf: 'none' }])
      await expect(decryptKey({ ...sealed, ...change } as SealedKey, 'one')).rejects.toMatchObject({
        code: 'keystore',
      })
  })
})

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

  /** A page with a wallet that forwards to the chain, whose own accounts are unlocked. */
  function pageWith(answer: (method: string) => unknown = () => undefined) {
    const page = new EventTarget()
    const calls: string[] = []
    const provider = {
      request: async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
        calls.push(method)
        const own = answer(method)
        if (own instanceof Error) throw own
        if (own !== undefined) return own
        return world.rpc(method === 'eth_requestAccounts' ? 'eth_accounts' : method, params)
      },
    }
    const info = { uuid: '1', rdns: 'org.example', name: 'Example', icon: 'https://tracker.example/x.png' }
    const announce = () => {
      page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info, provider } }))
    }
    page.addEventListener('eip6963:requestProvider', announce)
    return { page, announce, calls }
  }

  function firstOffer(page: EventTarget): InjectedOffer {
    const offers: InjectedOffer[] = []
    discoverWallets(offer => offers.push(offer), page)
    return offers[0]!
  }

  it('is found once, early or late, without a word to it', () => {
    const { page, announce, calls } = pageWith()
    const offers: InjectedOffer[] = []
    const stop = discoverWallets(offer => offers.push(offer), page)
    announce()
    page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info: null } }))
    expect(offers).toMatchObject([{ id: 'org.example', name: 'Example', icon: '' }])
    expect(calls).toEqual([])
    stop()
  })

  it('signs terms and sends the vault operations like the embedded one', async () => {
    const wallet = await firstOffer(pageWith().page).connect(world.config)
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
    const { page, calls } = pageWith(method => {
      if (method === 'eth_chainId') return '0x1'
      if (method === 'wallet_switchEthereumChain') return unknown
      return method === 'wallet_addEthereumChain' ? null : undefined
    })
    const wallet = await firstOffer(page).connect(world.config)
    const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
    await signTerms(wallet, domain, await world.termsOf(wallet.address, world.authority.address))
    expect(calls.slice(1)).toEqual([
      'eth_chainId',
      'wallet_switchEthereumChain',
      'wallet_addEthereumChain',
      'eth_signTypedData_v4',
    ])
  })

  it('says that the person said no', async () => {
    const no = Object.assign(new Error('User rejected'), { code: 4001 })
    const { page } = pageWith(method => (method === 'eth_sendTransaction' ? no : undefined))
    const wallet = await firstOffer(page).connect(world.config)
    await world.faucet.fund(wallet.address, { token: UNIT })
    await expect(wallet.writer(world.config).deposit(UNIT)).rejects.toMatchObject({ code: 'wallet-refused' })
  })
})
