import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** One Ed25519 key that signs. */
export interface Ed25519Key {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const NAME = 'Ed25519'
/** PKCS #8 of a seed: version 0, the algorithm 1.3.101.112, the seed as an octet string in one. Source: RFC 8410. */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

/** The key of a 32-byte seed, by WebCrypto. @throws {HexhailError} 'log-key' for a seed of another length */
export async function ed25519Key(seed: Uint8Array): Promise<Ed25519Key> {
  if (seed.length !== 32)
    throw new HexhailError('log-key', 'An Ed25519 seed has 32 bytes.', { size: seed.length })
  const subtle = globalThis.crypto.subtle
  const key = await subtle.importKey('pkcs8', Uint8Array.from([...PKCS8, ...seed]), NAME, true, ['sign'])
  const { x } = await subtle.exportKey('jwk', key)
  const publicKey = Uint8Array.from(atob(x!.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
  return {
    publicKey,
    sign: async bytes => new Uint8Array(await subtle.sign(NAME, key, bytes as BufferSource)),
  }
}

/** True when the signature over the bytes is of this key. Never throws. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>

/** The check by WebCrypto, or by @noble/curves, loaded only where a browser has no Ed25519. */
export const verifyEd25519: VerifyEd25519 = async (publicKey, bytes, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const subtle = globalThis.crypto.subtle
  let key: CryptoKey
  try {
    key = await subtle.importKey('raw', publicKey as BufferSource, NAME, false, ['verify'])
  } catch (error) {
    const isOurs = error instanceof DOMException && error.name === 'NotSupportedError'
    return isOurs ? verifyPortable(publicKey, bytes, signature) : false
  }
  return subtle.verify(NAME, key, signature as BufferSource, bytes as BufferSource).catch(() => false)
}

/** The check in plain JavaScript, as strict as RFC 8032. */
export const verifyPortable: VerifyEd25519 = async (publicKey, bytes, signature) => {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  try {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false })
  } catch {
    return false // a key or a point that is none
  }
}
