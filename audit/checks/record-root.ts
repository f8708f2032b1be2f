import { putText, sha256Text, textRoom } from '#binary-hash'
import type { PartBounds } from './part-bounds.ts'

/**
 * The root of a record out of its bytes, as protocol/record.ts `recordRoot` has it, by Node's own sha256 where there is
 * Node. A digest is a string of 32 characters.
 */
export function createRootReader(): (record: Uint8Array, parts: PartBounds) => string {
  const pair = textRoom(64)
  const hashPair = (left: string, right: string): string => {
    putText(pair, left, 0)
    putText(pair, right, 32)
    return sha256Text(pair)
  }
  return (record, { fare, ride, who, way, end }) =>
    hashPair(
      hashPair(sha256Text(record.subarray(fare, ride)), sha256Text(record.subarray(ride, who))),
      hashPair(sha256Text(record.subarray(who, way)), sha256Text(record.subarray(way, end))),
    )
}

/** True where 32 bytes are those of a digest in a string. */
export function isDigest(digest: string, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 32; i++) if (digest.charCodeAt(i) !== bytes[at + i]) return false
  return true
}
