/**
 * Project Wycheproof (github.com/C2SP/wycheproof) through what verifies, agrees and opens here: `verifySession` (P-256),
 * libp2p's Ed25519 as relay records use it, X25519 and AES-GCM of the WebCrypto and HPKE library that sealing stands on.
 * The vectors are not ours to copy: they are read where ../shared/data has them, else this is skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { sealTo } from '@hexhail/protocol/seal.ts'
import { verifySession } from '@hexhail/protocol/session-key.ts'
import { Aes128Gcm, DhkemX25519HkdfSha256 } from '@hpke/core'
import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import { describe, expect, it } from 'vitest'

const FOLDER = new URL('../../../../shared/data/vectors/wycheproof/', import.meta.url)
const isHere = existsSync(FOLDER)

interface Vector {
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly result: 'valid' | 'invalid' | 'acceptable'
  readonly [hex: string]: unknown
}
interface Group {
  readonly publicKey?: { readonly pk?: string; readonly uncompressed?: string }
  readonly ivSize?: number
  readonly keySize?: number
  readonly tagSize?: number
  readonly tests: readonly Vector[]
}

const groupsOf = (name: string): readonly Group[] =>
  JSON.parse(readFileSync(new URL(`${name}_test.json`, FOLDER), 'utf8')).testGroups
const hex = (value: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(value as string, 'hex'))
const equal = (a: ArrayBuffer, b: Uint8Array): boolean => Buffer.compare(new Uint8Array(a), b) === 0

const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n
const hasLowS = (signature: Uint8Array): boolean =>
  BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) <= HALF_ORDER

describe.skipIf(!isHere)(
  `Wycheproof${isHere ? '' : ' (skipped: ../shared/data/vectors/wycheproof is not there)'}`,
  () => {
    it('P-256: takes the valid signatures of low s, and no other', async () => {
      let [taken, twins] = [0, 0]
      for (const { publicKey, tests } of groupsOf('ecdsa_secp256r1_sha256_p1363'))
        for (const { tcId, comment, result, msg, sig } of tests) {
          const signature = hex(sig)
          const wanted = result === 'valid' && hasLowS(signature)
          if (result === 'valid' && !wanted) twins++
          const isGood = await verifySession(hex(publicKey!.uncompressed).subarray(1), hex(msg), signature)
          expect(isGood, `${tcId} ${comment}`).toBe(wanted)
          if (isGood) taken++
        }
      expect(taken).toBeGreaterThan(50)
      expect(twins).toBeGreaterThan(10)
    })

    it('Ed25519: as said of each', async () => {
      for (const { publicKey, tests } of groupsOf('ed25519'))
        for (const { tcId, comment, result, msg, sig } of tests) {
          const key = publicKeyFromRaw(hex(publicKey!.pk))
          const isGood = await Promise.resolve()
            .then(() => key.verify(hex(msg), hex(sig)))
            .catch(() => false)
          expect(isGood, `${tcId} ${comment}`).toBe(result === 'valid')
        }
    })

    it('X25519: every shared secret, and nothing is sealed to a point of low order', async () => {
      const kem = new DhkemX25519HkdfSha256()
      let low = 0
      for (const { tests } of groupsOf('x25519'))
        for (const { tcId, comment, result, flags, public: point, private: secret, shared } of tests) {
          const agreed = await Promise.all([
            kem.deserializePublicKey(hex(point)),
            kem.deserializePrivateKey(hex(secret)),
          ])
            .then(([theirs, own]) => crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, own, 256))
            .catch(() => null)
          if (result === 'valid')
            expect(agreed && equal(agreed, hex(shared)), `${tcId} ${comment}`).toBe(true)
          else if (agreed !== null) expect(equal(agreed, hex(shared)), `${tcId} ${comment}`).toBe(true)
          if (!flags.includes('ZeroSharedSecret')) continue
          low++
          await expect(sealTo(hex(point), new Uint8Array(1), new Uint8Array(0)), comment).rejects.toThrow(
            'sealed',
          )
        }
      expect(low).toBeGreaterThan(5)
    })

    it('AES-GCM: opens the valid ones alone, by HPKE’s cipher (128 bits) and by the wallet’s (256 bits)', async () => {
      const counts = { 128: 0, 256: 0 }
      for (const { ivSize, keySize, tests } of groupsOf('aes_gcm')) {
        if (ivSize !== 96 || (keySize !== 128 && keySize !== 256)) continue
        for (const { tcId, comment, result, key, iv, aad, msg, ct, tag } of tests) {
          const sealed = Uint8Array.from([...hex(ct), ...hex(tag)])
          const open = async () => {
            if (keySize === 128)
              return new Aes128Gcm().createEncryptionContext(hex(key)).open(hex(iv), sealed, hex(aad))
            const imported = await crypto.subtle.importKey('raw', hex(key), 'AES-GCM', false, ['decrypt'])
            const how = { name: 'AES-GCM', iv: hex(iv), additionalData: hex(aad) }
            return crypto.subtle.decrypt(how, imported, sealed)
          }
          const opened = await open().catch(() => null)
          if (result === 'valid') expect(opened && equal(opened, hex(msg)), `${tcId} ${comment}`).toBe(true)
          else expect(opened, `${tcId} ${comment}`).toBe(null)
          counts[keySize]++
        }
      }
      expect(counts[128]).toBeGreaterThan(40)
      expect(counts[256]).toBeGreaterThan(40)
    })
  },
)
