import { concat, fromHex, toHex } from '@hexhail/protocol/hex.ts'
import {
  createSessionKey,
  receiptSignature,
  sessionAddress,
  sessionKeyFrom,
  verifyReceipt,
  verifySession,
} from '@hexhail/protocol/session-key.ts'
import { p256 } from '@noble/curves/nist.js'
import { keccak256 } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const twin = (signature: Uint8Array) => {
  const s = ORDER - BigInt(toHex(signature.slice(32)))
  return concat(signature.slice(0, 32), fromHex(`0x${s.toString(16).padStart(64, '0')}`))
}

describe('a session key', () => {
  it('cannot be exported, and survives a structured clone', async () => {
    const session = await createSessionKey()
    await expect(crypto.subtle.exportKey('jwk', session.keyPair.privateKey)).rejects.toThrow()
    const again = await sessionKeyFrom(structuredClone(session.keyPair))
    expect(again.publicKey).toEqual(session.publicKey)
    expect(await verifySession(session.publicKey, Uint8Array.of(1), await again.sign(Uint8Array.of(1)))).toBe(
      true,
    )
  })

  it('has the address that the vault computes', async () => {
    const session = await createSessionKey()
    expect(session.publicKey.length).toBe(64)
    expect(session.address).toBe(`0x${keccak256(session.publicKey).slice(-40)}`)
  })

  it('always signs with the low s that noble and the vault ask for', async () => {
    const session = await createSessionKey()
    const point = concat(Uint8Array.of(4), session.publicKey)
    for (let i = 0; i < 32; i++) {
      const bytes = Uint8Array.of(i)
      const signature = await session.sign(bytes)
      expect(p256.verify(signature, bytes, point, { lowS: true, prehash: true })).toBe(true)
      expect(await verifySession(session.publicKey, bytes, signature)).toBe(true)
    }
  })

  it('is refused with the twin signature, other bytes, another key, or a key off the curve', async () => {
    const session = await createSessionKey()
    const other = await createSessionKey()
    const bytes = new TextEncoder().encode('hexhail')
    const signature = await session.sign(bytes)
    expect(await verifySession(session.publicKey, bytes, twin(signature))).toBe(false)
    expect(await verifySession(session.publicKey, bytes.slice(1), signature)).toBe(false)
    expect(await verifySession(other.publicKey, bytes, signature)).toBe(false)
    expect(await verifySession(new Uint8Array(64).fill(1), bytes, signature)).toBe(false)
    expect(await verifySession(session.publicKey, bytes, new Uint8Array(64))).toBe(false)
    expect(await verifySession(session.publicKey, bytes, signature.slice(1))).toBe(false)
  })

  it('never throws for junk', async () => {
    const junk = fc.uint8Array({ maxLength: 66 })
    await fc.assert(
      fc.asyncProperty(junk, junk, junk, async (key, bytes, signature) => {
        expect(await verifySession(key, bytes, signature)).toBe(false)
      }),
    )
  })
})

describe('a receipt signature', () => {
  const digest = `0x${'ab'.repeat(32)}` as const
  it('is r, s, x, y over the digest and belongs to one session address', async () => {
    const session = await createSessionKey()
    const signature = await receiptSignature(session, digest)
    expect(signature.length).toBe(128)
    expect(sessionAddress(signature.slice(64))).toBe(session.address)
    expect(await verifyReceipt(session.address, digest, signature)).toBe(true)
    const other = await createSessionKey()
    expect(await verifyReceipt(other.address, digest, signature)).toBe(false)
    expect(await verifyReceipt(session.address, `0x${'ac'.repeat(32)}`, signature)).toBe(false)
    expect(
      await verifyReceipt(session.address, digest, concat(twin(signature.slice(0, 64)), session.publicKey)),
    ).toBe(false)
    expect(await verifyReceipt(session.address, digest, new Uint8Array(128))).toBe(false)
  })
})
