import { readFileSync } from 'node:fs'
import { fromHex } from '@hexhail/protocol/hex.ts'
import {
  createSealKey,
  openSealed,
  SEAL_BUCKETS,
  SEAL_OVERHEAD,
  sealKeyFrom,
  sealTo,
} from '@hexhail/protocol/seal.ts'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const AAD = Uint8Array.of(1, 2, 3)
const MAX = SEAL_BUCKETS.at(-1)! - SEAL_OVERHEAD

describe('sealed bytes', async () => {
  const key = await createSealKey()

  it('come open again with the same key and the same context', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: MAX }), fc.uint8Array(), async (plain, aad) => {
        const sealed = await sealTo(key.publicKey, plain, aad)
        expect(await openSealed(key.keyPair, sealed, aad)).toEqual({ verdict: 'accept', value: plain })
      }),
      { numRuns: 40 },
    )
  })

  it('have one of four sizes, the smallest that will do', async () => {
    for (const [i, bucket] of SEAL_BUCKETS.entries()) {
      const room = bucket - SEAL_OVERHEAD
      expect((await sealTo(key.publicKey, new Uint8Array(room), AAD)).length).toBe(bucket)
      const next = SEAL_BUCKETS[i + 1]
      if (next) expect((await sealTo(key.publicKey, new Uint8Array(room + 1), AAD)).length).toBe(next)
      expect((await sealTo(key.publicKey, new Uint8Array(0), AAD, bucket)).length).toBe(bucket)
    }
    await expect(sealTo(key.publicKey, new Uint8Array(MAX + 1), AAD)).rejects.toMatchObject({
      code: 'seal-size',
    })
  })

  it('never look alike twice', async () => {
    const twice = await Promise.all([sealTo(key.publicKey, AAD, AAD), sealTo(key.publicKey, AAD, AAD)])
    expect(twice[0]).not.toEqual(twice[1])
  })

  it('stay shut for another key, another context, and any spoiled byte', async () => {
    const sealed = await sealTo(key.publicKey, AAD, AAD)
    const shut = { verdict: 'reject', code: 'sealed' }
    expect(await openSealed((await createSealKey()).keyPair, sealed, AAD)).toEqual(shut)
    expect(await openSealed(key.keyPair, sealed, new Uint8Array(3))).toEqual(shut)
    for (let at = 0; at < sealed.length; at += 5) {
      const opened = await openSealed(key.keyPair, sealed.with(at, sealed[at]! ^ 0x10), AAD)
      expect(opened.verdict, `byte ${at}`).toBe('reject')
    }
  })

  it('of any shape never throw', async () => {
    const shape = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      ...SEAL_BUCKETS.map(n => fc.uint8Array({ minLength: n, maxLength: n })),
    )
    await fc.assert(
      fc.asyncProperty(shape, async bytes => {
        expect((await openSealed(key.keyPair, bytes, AAD)).verdict).toBe('reject')
      }),
    )
    expect(await openSealed(key.keyPair, new Uint8Array(256), AAD)).toEqual({
      verdict: 'reject',
      code: 'sealed',
    })
  })

  it('are refused when their padding hides something', async () => {
    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes128Gcm(),
    })
    const seal = async (padded: Uint8Array) => {
      const params = {
        recipientPublicKey: key.keyPair.publicKey,
        info: new TextEncoder().encode('hexhail/1'),
      }
      const { enc, ct } = await suite.seal(params, padded, AAD)
      return Uint8Array.from([...new Uint8Array(enc), ...new Uint8Array(ct)])
    }
    const padded = new Uint8Array(208).with(1, 3)
    expect((await openSealed(key.keyPair, await seal(padded), AAD)).verdict).toBe('accept')
    const refused = { verdict: 'reject', code: 'padding' }
    expect(await openSealed(key.keyPair, await seal(padded.with(100, 1)), AAD)).toEqual(refused)
    expect(await openSealed(key.keyPair, await seal(padded.with(1, 207)), AAD)).toEqual(refused)
  })

  it('cannot be made for a public key of low order or of another length', async () => {
    for (const bad of [new Uint8Array(32), new Uint8Array(32).with(0, 1), new Uint8Array(31)]) {
      await expect(sealTo(bad, AAD, AAD)).rejects.toMatchObject({ name: 'HexhailError', code: 'seal-key' })
    }
  })

  it('open with a key that came back from storage, and the key cannot be exported', async () => {
    const again = await sealKeyFrom(structuredClone(key.keyPair))
    expect(again.publicKey).toEqual(key.publicKey)
    const sealed = await sealTo(key.publicKey, AAD, AAD)
    expect((await openSealed(again.keyPair, sealed, AAD)).verdict).toBe('accept')
    await expect(crypto.subtle.exportKey('pkcs8', key.keyPair.privateKey)).rejects.toThrow()
  })
})

interface SealVector {
  secretKey: JsonWebKey
  aad: string
  plain: string
  sealed: string
}

describe('tests/vectors/seal.json', () => {
  const file = new URL('../../vectors/seal.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: SealVector[] }
  it.each(cases.map((c, i) => [i, c] as const))(
    'case %i opens',
    async (_, { secretKey, aad, plain, sealed }) => {
      const { d: _d, key_ops: _ops, ...open } = secretKey
      const pair = {
        privateKey: await crypto.subtle.importKey('jwk', secretKey, 'X25519', false, ['deriveBits']),
        publicKey: await crypto.subtle.importKey('jwk', open, 'X25519', true, []),
      }
      expect(await openSealed(pair, fromHex(sealed), fromHex(aad))).toEqual({
        verdict: 'accept',
        value: fromHex(plain),
      })
    },
  )
})
