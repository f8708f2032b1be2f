/**
 * A stamp of work on each gossip message: a nonce for which sha256(sha256(content) ‖ nonce) begins with zero bits. The
 * inner hash is taken once, so a try costs one block of sha256 however long the message is.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/**
 * Bits asked for when nobody says otherwise. A request goes to up to 12 topics and needs a stamp for each; 12 bits are
 * 4,096 tries on average, a few ms, so that even a slow phone sends the first three within a blink. The stamp only
 * makes a flood cost more than it costs to refuse; the token buckets do the limiting, and a relay under load may ask
 * for more bits.
 */
export const WORK_BITS = 12

/** Looks for a nonce from 0 on; null when `maxTries` were not enough. */
export function findWork(content: Uint8Array, bits = WORK_BITS, maxTries = 2 ** 24): number | null {
  const block = stampBlock(content)
  for (let nonce = 0; nonce < maxTries; nonce++) if (zeroBits(block, nonce) >= bits) return nonce
  return null
}

/** Bits that the nonce is worth. */
export const workIn = (content: Uint8Array, nonce: number): number => zeroBits(stampBlock(content), nonce)

interface StampBlock {
  readonly bytes: Uint8Array
  readonly view: DataView
}

function stampBlock(content: Uint8Array): StampBlock {
  const bytes = new Uint8Array(40)
  bytes.set(sha256(content))
  return { bytes, view: new DataView(bytes.buffer) }
}

function zeroBits({ bytes, view }: StampBlock, nonce: number): number {
  view.setUint32(32, Math.floor(nonce / 2 ** 32))
  view.setUint32(36, nonce % 2 ** 32)
  const hash = sha256(bytes)
  let bits = 0
  for (const byte of hash) {
    bits += Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return bits
}
