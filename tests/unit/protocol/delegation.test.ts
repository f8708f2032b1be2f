import {
  checkDelegation,
  DELEGATION_TYPES,
  delegationDigest,
  delegationDomain,
  delegationScope,
  MAX_DELEGATION_MS,
  ROLES,
} from '@hexhail/protocol/delegation.ts'
import { concat, fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { TypedDataEncoder, Wallet } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const wallet = new Wallet(`0x${'11'.repeat(32)}`)
const account = wallet.address.toLowerCase() as Hex
const domain = { chainId: 31337, vault: `0x${'22'.repeat(20)}` } as const
const session = `0x${'33'.repeat(20)}` as const
const nowMs = 1_800_000_000_000
const untilMs = nowMs + 8 * 3_600_000

async function sign(
  over: Record<string, unknown> = {},
  chainId: number = domain.chainId,
): Promise<Uint8Array> {
  const delegation = {
    session,
    role: ROLES.driver,
    until: untilMs,
    scope: delegationScope(domain.vault),
    ...over,
  }
  return fromHex(await wallet.signTypedData(delegationDomain(chainId), DELEGATION_TYPES, delegation))
}

describe('a delegation', () => {
  it('has the digest of ethers', () => {
    const hex = (n: number) => fc.uint8Array({ minLength: n, maxLength: n }).map(toHex)
    const any = fc.record({ session: hex(20), role: fc.nat(255), until: fc.maxSafeNat(), scope: hex(32) })
    fc.assert(
      fc.property(any, fc.integer({ min: 1 }), (delegation, chainId) => {
        const want = TypedDataEncoder.hash(delegationDomain(chainId), DELEGATION_TYPES, delegation)
        expect(delegationDigest(chainId, delegation)).toBe(want)
      }),
    )
  })

  const claim = { domain, session, role: 'driver', untilMs, account, nowMs } as const

  it('names the account whose wallet signed it', async () => {
    const signature = await sign()
    expect(checkDelegation({ ...claim, signature })).toEqual({ verdict: 'accept', value: account })
    expect(checkDelegation({ ...claim, account: wallet.address as Hex, signature }).verdict).toBe('accept')
  })

  it('is refused when anything in it is not what the wallet signed', async () => {
    const refused = { verdict: 'reject', code: 'delegation-signature' }
    expect(checkDelegation({ ...claim, signature: await sign({ role: ROLES.rider }) })).toEqual(refused)
    expect(checkDelegation({ ...claim, signature: await sign({ until: untilMs + 1 }) })).toEqual(refused)
    expect(checkDelegation({ ...claim, signature: await sign({ session: domain.vault }) })).toEqual(refused)
    expect(checkDelegation({ ...claim, signature: await sign({ scope: delegationScope(session) }) })).toEqual(
      refused,
    )
    expect(checkDelegation({ ...claim, signature: await sign({}, 1) })).toEqual(refused)
    expect(checkDelegation({ ...claim, account: session, signature: await sign() })).toEqual(refused)
    expect(checkDelegation({ ...claim, signature: new Uint8Array(65) })).toEqual(refused)
  })

  it('ends, and may not be endless', async () => {
    const signature = await sign()
    expect(checkDelegation({ ...claim, nowMs: untilMs, signature })).toEqual({
      verdict: 'ignore',
      code: 'delegation-late',
    })
    const endless = nowMs + MAX_DELEGATION_MS + 1
    const long = checkDelegation({ ...claim, untilMs: endless, signature: await sign({ until: endless }) })
    expect(long).toEqual({ verdict: 'reject', code: 'delegation-long' })
  })
})

describe('recoverAccount', () => {
  const digest = `0x${'44'.repeat(32)}` as const
  it('takes one spelling of a signature only', () => {
    const signed = wallet.signingKey.sign(digest)
    const good = fromHex(signed.serialized)
    expect(recoverAccount(digest, good)).toBe(account)
    const zeroV = concat(good.subarray(0, 64), Uint8Array.of(signed.v - 27))
    const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const s = fromHex(`0x${(n - BigInt(signed.s)).toString(16).padStart(64, '0')}`)
    const highS = concat(good.subarray(0, 32), s, Uint8Array.of(55 - signed.v))
    expect(recoverAccount(digest, zeroV)).toBe(null)
    expect(recoverAccount(digest, highS)).toBe(null)
    expect(recoverAccount(digest, fromHex(signed.compactSerialized))).toBe(null)
  })

  it('never throws for junk', () => {
    const junk = fc.uint8Array({ maxLength: 66 })
    const shaped = fc.tuple(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.constantFrom(27, 28))
    fc.assert(
      fc.property(junk, bytes => {
        expect(recoverAccount(digest, bytes)).toBe(null)
      }),
    )
    fc.assert(
      fc.property(shaped, ([rs, v]) => {
        expect(recoverAccount(digest, concat(rs, Uint8Array.of(v)))).not.toBe(account)
      }),
    )
    for (const fill of [0, 0xff])
      expect(recoverAccount(digest, concat(new Uint8Array(64).fill(fill), Uint8Array.of(27)))).toBe(null)
  })
})
