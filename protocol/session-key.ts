/** P-256 session keys: made and used by WebCrypto, never exportable, verified on chain by P256VERIFY. */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import type { Hex } from './terms.ts'

/** A key that signs gossip, stream messages and receipts for one trip or shift. */
export interface SessionKey {
  /** x‖y, 64 bytes. */
  readonly publicKey: Uint8Array
  /** Last 20 bytes of keccak256(x‖y): `Terms.session`. */
  readonly address: Hex
  /** For storage: IndexedDB clones the pair without ever showing the private half. */
  readonly keyPair: CryptoKeyPair
  /** ECDSA over sha256 of the bytes: r‖s, 64 bytes, low s. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Makes a new session key whose private half cannot leave WebCrypto. */
export async function createSessionKey(crypto: SubtleCrypto = globalThis.crypto.subtle): Promise<SessionKey> {
  return sessionKeyFrom(await crypto.generateKey(CURVE, false, ['sign', 'verify']), crypto)
}

/** Takes up a stored key pair again. */
export async function sessionKeyFrom(
  keyPair: CryptoKeyPair,
  crypto: SubtleCrypto = globalThis.crypto.subtle,
): Promise<SessionKey> {
  const raw = new Uint8Array(await crypto.exportKey('raw', keyPair.publicKey))
  if (raw.length !== 65)
    throw new HexhailError('session-key', `A session key is P-256, not ${keyPair.publicKey.algorithm.name}.`)
  const publicKey = raw.slice(1)
  return {
    publicKey,
    address: sessionAddress(publicKey),
    keyPair,
    sign: async bytes =>
      lowS(new Uint8Array(await crypto.sign(ECDSA, keyPair.privateKey, bytes as BufferSource))),
  }
}

/** The address that stands for a session key in `Terms` and `Delegation`. */
export function sessionAddress(publicKey: Uint8Array): Hex {
  return toHex(keccak_256(publicKey).subarray(12))
}

/** True when r‖s is this key's signature over the bytes, with the one accepted s. Never throws. */
export async function verifySession(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
  crypto: SubtleCrypto = globalThis.crypto.subtle,
): Promise<boolean> {
  if (publicKey.length !== 64 || signature.length !== 64 || !hasLowS(signature)) return false
  try {
    const key = await crypto.importKey('raw', concat(Uint8Array.of(4), publicKey), CURVE, false, ['verify'])
    return await crypto.verify(ECDSA, key, signature as BufferSource, bytes as BufferSource)
  } catch {
    return false // a point that is not on the curve
  }
}

/** The session's signature over a receipt digest in the vault's form: r‖s‖x‖y, 128 bytes. */
export async function receiptSignature(session: SessionKey, digest: Hex): Promise<Uint8Array> {
  return concat(await session.sign(fromHex(digest, 32)), session.publicKey)
}

/** True when r‖s‖x‖y is a signature over the digest by the key behind this session address. Never throws. */
export async function verifyReceipt(session: Hex, digest: Hex, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== 128) return false
  const publicKey = signature.slice(64)
  if (sessionAddress(publicKey) !== session.toLowerCase()) return false
  return verifySession(publicKey, fromHex(digest, 32), signature.slice(0, 64))
}

const HALF_ORDER = bigEndian(ORDER >> 1n)

/** (r, s) and (r, n − s) both verify; taking only the lower s leaves one signature for one meaning. */
function hasLowS(signature: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) {
    const difference = signature[32 + i]! - HALF_ORDER[i]!
    if (difference !== 0) return difference < 0
  }
  return true
}

function lowS(signature: Uint8Array): Uint8Array {
  if (hasLowS(signature)) return signature
  return concat(signature.subarray(0, 32), bigEndian(ORDER - BigInt(toHex(signature.subarray(32)))))
}

function bigEndian(value: bigint): Uint8Array {
  return fromHex(`0x${value.toString(16).padStart(64, '0')}`, 32)
}
