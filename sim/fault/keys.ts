import { concat, fromHex, hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { type SessionKey, sessionAddress } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'

const text = (what: string) => keccak_256(new TextEncoder().encode(what))

/** A simulated account: its address follows from its name. */
export const accountOf = (name: string): Hex => toHex(text(`account ${name}`).subarray(12))

/** The keyed hash that stands for an account's signature: as long as a wallet's. */
export const walletSignature = (account: Hex, digest: Hex): Hex =>
  `${toHex(text(`${account} signs ${digest}`))}${hexDigits(text(`${digest} by ${account}`))}1b`

/** Session keys whose signatures are keyed hashes; all that ever signed are known here. */
export interface KeyRing {
  session(name: string): SessionKey
  /** True when r‖s‖x‖y is what the key behind the session address makes of the digest. */
  isReceiptSigned(session: Hex, digest: Hex, signature: Uint8Array): boolean
}

/** Makes an empty ring. */
export function createKeyRing(): KeyRing {
  const secrets = new Map<Hex, Uint8Array>()
  const signed = (secret: Uint8Array, bytes: Uint8Array): Uint8Array => {
    const first = keccak_256(concat(secret, bytes))
    return concat(first, keccak_256(first))
  }
  return {
    session: name => {
      const secret = text(`session ${name}`)
      const publicKey = concat(secret, text(`public ${name}`))
      const address = sessionAddress(publicKey)
      secrets.set(address, secret)
      return { publicKey, address, keyPair: {} as CryptoKeyPair, sign: async bytes => signed(secret, bytes) }
    },
    isReceiptSigned: (session, digest, signature) => {
      const secret = secrets.get(session)
      if (!secret || signature.length !== 128) return false
      return toHex(signed(secret, fromHex(digest, 32))) === toHex(signature.subarray(0, 64))
    },
  }
}
