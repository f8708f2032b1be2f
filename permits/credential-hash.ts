import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The hash that stands for a credential on the chain and in trip records: sha256 of the issuer-signed token alone, so
 * that every presentation of it has the same one, whatever it discloses.
 */
export function credentialHash(credential: string): Hex {
  const end = credential.indexOf('~')
  const token = end === -1 ? credential : credential.slice(0, end)
  return toHex(sha256(new TextEncoder().encode(token)))
}
