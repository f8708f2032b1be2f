/** Sealing and opening of record envelopes by WebCrypto: the browser's side. audit/open-records.ts does it in bulk. */
import { fromHex } from './hex.ts'
import { type HpkeContext, hpkeContext, nonceAt } from './hpke-context.ts'
import {
  keyIdOf,
  type Opened,
  padRecord,
  RECORD_ENVELOPE,
  type RecordEnvelope,
  readFiled,
  sealInfo,
  unpadRecord,
} from './record-envelope.ts'
import type { Hex } from './terms.ts'
import { reject, type Verdict } from './verdict.ts'

/** A sealing context as it is kept: it outlives a reload, so that a shift goes on where it was. */
export interface SealContext extends HpkeContext {
  readonly authority: Hex
  readonly month: number
  readonly keyId: Uint8Array
  readonly enc: Uint8Array
}

const X25519 = { name: 'X25519' } as const
const subtle = (): SubtleCrypto => globalThis.crypto.subtle

async function agreed(privateKey: CryptoKey, publicKey: Uint8Array): Promise<Uint8Array> {
  const key = await subtle().importKey('raw', publicKey as BufferSource, X25519, false, [])
  const bits = await subtle().deriveBits({ name: 'X25519', public: key }, privateKey, 256)
  return new Uint8Array(bits)
}

/** Opens a context to a month's key. Rejects for a key that nothing can be sealed to. */
export async function createSealContext(to: {
  readonly authority: Hex
  readonly month: number
  readonly publicKey: Uint8Array
}): Promise<SealContext> {
  const { authority, month, publicKey } = to
  const pair = (await subtle().generateKey(X25519, false, ['deriveBits'])) as CryptoKeyPair
  const enc = new Uint8Array(await subtle().exportKey('raw', pair.publicKey))
  const dh = await agreed(pair.privateKey, publicKey)
  const context = hpkeContext(dh, enc, publicKey, sealInfo(authority, month))
  return { ...context, authority, month, keyId: keyIdOf(publicKey), enc }
}

const gcm = (context: HpkeContext, seq: number, aad: Uint8Array) => ({
  name: 'AES-GCM',
  iv: nonceAt(context.baseNonce, seq),
  additionalData: aad as BufferSource,
})

/** Seals as message `seq` of a context. One number must never seal two different things: the caller keeps what comes out. */
export async function sealRecordAt(
  context: SealContext,
  seq: number,
  terms: Hex,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const aad = fromHex(terms, 32)
  const key = await subtle().importKey('raw', context.key as BufferSource, 'AES-GCM', false, ['encrypt'])
  const sealed = await subtle().encrypt(gcm(context, seq, aad), key, padRecord(plain) as BufferSource)
  const { authority, month, keyId, enc } = context
  return RECORD_ENVELOPE.encode({
    version: 1,
    authority,
    month,
    keyId,
    terms: aad,
    enc,
    seq,
    sealed: new Uint8Array(sealed),
  })
}

/** Opens an envelope with the private key of its month. `sealed`: another key, or other bytes. Never throws. */
export async function openRecordEnvelope(
  key: CryptoKeyPair,
  envelope: RecordEnvelope,
): Promise<Verdict<Opened, 'sealed' | 'record' | 'terms' | 'version'>> {
  const { authority, month, terms, enc, seq, sealed } = envelope
  let plain: Uint8Array | null
  try {
    const receiver = new Uint8Array(await subtle().exportKey('raw', key.publicKey))
    const context = hpkeContext(await agreed(key.privateKey, enc), enc, receiver, sealInfo(authority, month))
    const aes = await subtle().importKey('raw', context.key as BufferSource, 'AES-GCM', false, ['decrypt'])
    const padded = await subtle().decrypt(gcm(context, seq, terms), aes, sealed as BufferSource)
    plain = unpadRecord(new Uint8Array(padded))
  } catch {
    return reject('sealed')
  }
  return plain ? readFiled(plain, terms) : reject('sealed')
}
