import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex } from './hex.ts'
import type { Hex } from './terms.ts'

/**
 * The account whose wallet signed this digest, or null. Takes only the form that wallets give: r‖s‖v with v 27 or 28
 * and low s, so that one signature has one spelling. Never throws.
 */
export function recoverAccount(digest: Hex, signature: Uint8Array): Hex | null {
  const v = signature[64]
  if (signature.length !== 65 || (v !== 27 && v !== 28)) return null
  try {
    const parsed = secp256k1.Signature.fromBytes(
      concat(Uint8Array.of(v - 27), signature.subarray(0, 64)),
      'recovered',
    )
    if (parsed.hasHighS()) return null
    const point = parsed.recoverPublicKey(fromHex(digest, 32))
    return toHex(keccak_256(point.toBytes(false).subarray(1)).subarray(12))
  } catch {
    return null
  }
}
