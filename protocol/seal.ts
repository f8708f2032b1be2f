/** HPKE (RFC 9180, base mode, X25519, HKDF-SHA256, AES-128-GCM) with padding, so that a size tells little. */
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { concat } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** A key pair to which others seal. Its private half cannot be exported, but IndexedDB can keep the pair. */
export interface SealKey {
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly keyPair: CryptoKeyPair
}

/** The sizes that sealed bytes come in, all told. */
export const SEAL_BUCKETS = [256, 512, 1024, 2048, 4096, 16384] as const

/** A size that sealed bytes come in. */
export type SealBucket = (typeof SEAL_BUCKETS)[number]

/** Bytes that do not carry content: encapsulated key, authentication tag, length. */
export const SEAL_OVERHEAD = 32 + 16 + 2

const INFO = new TextEncoder().encode('hexhail/1')

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
})

/** Makes a new seal key. */
export async function createSealKey(crypto: SubtleCrypto = globalThis.crypto.subtle): Promise<SealKey> {
  return sealKeyFrom(
    (await crypto.generateKey({ name: 'X25519' }, false, ['deriveBits'])) as CryptoKeyPair,
    crypto,
  )
}

/** Takes up a stored key pair again. */
export async function sealKeyFrom(
  keyPair: CryptoKeyPair,
  crypto: SubtleCrypto = globalThis.crypto.subtle,
): Promise<SealKey> {
  return { publicKey: new Uint8Array(await crypto.exportKey('raw', keyPair.publicKey)), keyPair }
}

/**
 * Seals to a public key, padded to the first bucket that holds it and is not below `least`. Throws a `HexhailError`
 * for more than fits, and for a public key that no honest client has (a point of low order).
 */
export async function sealTo(
  publicKey: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
  least: SealBucket = SEAL_BUCKETS[0],
): Promise<Uint8Array> {
  const bucket = SEAL_BUCKETS.find(size => size >= least && size >= plaintext.length + SEAL_OVERHEAD)
  if (bucket === undefined) {
    throw new HexhailError('seal-size', `${plaintext.length} bytes are too many to seal.`, {
      size: plaintext.length,
    })
  }
  const padded = new Uint8Array(bucket - SEAL_OVERHEAD + 2)
  new DataView(padded.buffer).setUint16(0, plaintext.length)
  padded.set(plaintext, 2)
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey)
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: INFO }, padded, aad)
    return concat(new Uint8Array(enc), new Uint8Array(ct))
  } catch (cause) {
    throw new HexhailError('seal-key', 'This public key cannot be sealed to.', {}, cause)
  }
}

/** Opens sealed bytes. Never throws. */
export async function openSealed(
  keyPair: CryptoKeyPair,
  sealed: Uint8Array,
  aad: Uint8Array,
): Promise<Verdict<Uint8Array, 'seal-size' | 'sealed' | 'padding'>> {
  if (!SEAL_BUCKETS.includes(sealed.length as SealBucket)) return reject('seal-size')
  let padded: Uint8Array
  try {
    const params = { recipientKey: keyPair, enc: sealed.slice(0, 32), info: INFO }
    padded = new Uint8Array(await suite.open(params, sealed.slice(32), aad))
  } catch {
    return reject('sealed')
  }
  const length = new DataView(padded.buffer).getUint16(0)
  const content = padded.slice(2, 2 + length)
  if (content.length !== length || padded.subarray(2 + length).some(byte => byte !== 0))
    return reject('padding')
  return accept(content)
}
