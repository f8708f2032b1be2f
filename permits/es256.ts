/** ES256 (RFC 7518, section 3.4) over WebCrypto: the one algorithm that permits take. */
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64url, toBase64url } from './base64url.ts'

/** A P-256 public key, RFC 7517; no other member counts. */
export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** Signs text for a token. */
export interface Signing {
  readonly jwk: PublicJwk
  /** base64url of r‖s. */
  sign(text: string): Promise<string>
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const
const utf8 = (text: string) => new TextEncoder().encode(text)

/** A new key pair; the private half leaves WebCrypto only when made to. */
export function makeSigningKey(extractable = false): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, extractable, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

/** What signs with a key pair. */
export async function signingOf(pair: CryptoKeyPair): Promise<Signing> {
  const jwk = publicJwk(await crypto.subtle.exportKey('jwk', pair.publicKey))
  if (!jwk) throw new TypeError('A signing key is on P-256.')
  return {
    jwk,
    sign: async text =>
      toBase64url(new Uint8Array(await crypto.subtle.sign(ECDSA, pair.privateKey, utf8(text)))),
  }
}

/** Takes a private JWK in; it cannot be taken out again. */
export async function importSigningKey(jwk: JsonWebKey): Promise<CryptoKeyPair> {
  const { d: _, ...open } = jwk
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('jwk', { ...jwk, key_ops: ['sign'] }, CURVE, false, ['sign']),
    crypto.subtle.importKey('jwk', { ...open, key_ops: ['verify'] }, CURVE, true, ['verify']),
  ])
  return { privateKey, publicKey }
}

/** The four members of a P-256 key with coordinates of 32 bytes, or null. */
export function publicJwk(jwk: unknown): PublicJwk | null {
  const { kty, crv, x, y } = (jwk ?? {}) as Partial<Record<string, unknown>>
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return null
  if (fromBase64url(x)?.length !== 32 || fromBase64url(y)?.length !== 32) return null
  return { kty, crv, x, y }
}

const imported = new Map<string, Promise<CryptoKey>>()
/** Keys taken in before: an issuer's key comes again and again. */
const MOST_KEYS = 64

/** True when base64url r‖s is this key's signature over the text. Never throws. */
export async function verifyEs256(jwk: PublicJwk, text: string, signature: string): Promise<boolean> {
  const bytes = fromBase64url(signature)
  if (bytes?.length !== 64) return false
  const name = `${jwk.x}.${jwk.y}`
  let key = imported.get(name)
  if (!key) {
    key = crypto.subtle.importKey('jwk', { ...jwk }, CURVE, false, ['verify'])
    if (imported.size >= MOST_KEYS) imported.delete(imported.keys().next().value as string)
    imported.set(name, key)
  }
  try {
    return await crypto.subtle.verify(ECDSA, await key, bytes, utf8(text))
  } catch {
    return false // a point that is not on the curve
  }
}

/** RFC 7638 thumbprint as hex: names a key in logs and decisions. */
export function jwkThumbprint({ crv, kty, x, y }: PublicJwk): Hex {
  return toHex(sha256(utf8(JSON.stringify({ crv, kty, x, y }))))
}
