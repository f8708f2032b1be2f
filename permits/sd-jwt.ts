/** The one place that speaks to @sd-jwt/core: hashes, salts and signatures as Hexhail's permits take them. */
import { sha256 } from '@noble/hashes/sha2.js'
import { SDJwtInstance } from '@sd-jwt/core'
import { toBase64url } from './base64url.ts'
import { type PublicJwk, publicJwk, type Signing, verifyEs256 } from './es256.ts'

/** Bytes by chance. */
export type Random = (size: number) => Uint8Array

type Claims = Record<string, unknown>

/** sha-256 alone: whoever names another hash is refused. */
function hasher(data: string | ArrayBuffer, alg: string): Uint8Array {
  if (alg.toLowerCase() !== 'sha-256') throw new TypeError(`A permit hashes with sha-256, not ${alg}.`)
  return sha256(typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data))
}

const base = { hasher, hashAlg: 'sha-256', signAlg: 'ES256', kbSignAlg: 'ES256', omitTyp: true } as const

/** Salts of 128 bits (RFC 9901, section 9.3). */
const saltsOf = (random: Random) => () => toBase64url(random(16))

/** What issues under a key. */
export const issuing = (signing: Signing, random: Random): SDJwtInstance<Claims> =>
  new SDJwtInstance<Claims>({ ...base, saltGenerator: saltsOf(random), signer: signing.sign })

/** What presents; with a holder's key it can sign a key binding. */
export const presenting = (holder: Signing | null): SDJwtInstance<Claims> =>
  new SDJwtInstance<Claims>({ ...base, ...(holder && { kbSigner: holder.sign }) })

/** What verifies: the issuer's signature by this key, a key binding by the key in `cnf`. */
export const verifying = (issuer: PublicJwk): SDJwtInstance<Claims> =>
  new SDJwtInstance<Claims>({
    ...base,
    verifier: (text, signature) => verifyEs256(issuer, text, signature),
    kbVerifier: async (text, signature, payload) => {
      const key = publicJwk(payload.cnf?.jwk)
      return key !== null && verifyEs256(key, text, signature)
    },
  })
