/**
 * SSZ as bytes and as Merkle root: the layout half of fields.ts. Written out here and not taken from @chainsafe/ssz
 * because that package needs Node's `Buffer` in the browser and compiles wasm on import; the tests hold this file equal
 * to it, byte for byte and root for root.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** Why bytes are not a message. */
export type DecodeCode = 'size' | 'offset' | 'utf8' | 'range' | 'cell' | 'canonical'

/** Collects the first fault while bytes are read, so that reading needs no exception. */
export interface Fault {
  code: DecodeCode | null
}

/** One wire type: how a value is written, read back and hashed. */
export interface Field<T> {
  /** The EIP-712-like name that the docs show. */
  readonly type: string
  /** Bytes on the wire, or null when the value's length varies. */
  readonly size: number | null
  readonly minBytes: number
  readonly maxBytes: number
  /** True for integers, which SSZ packs several to a chunk in a list. */
  readonly basic: boolean
  /** Bytes of the value; throws a `HexhailError` when the caller's value does not fit. */
  write(value: T): Uint8Array
  /** Value of bytes whose length is already known to be between min and max; sets `fault` instead of throwing. */
  read(bytes: Uint8Array, fault: Fault): T
  root(value: T): Uint8Array
}

/** An empty value in place of one that could not be read; never leaves the decoder. */
export const NOTHING = undefined as never

/** Writes items in order: fixed ones in place, varying ones behind the fixed part with a u32 offset in place. */
export function writeSequence(sizes: readonly (number | null)[], parts: readonly Uint8Array[]): Uint8Array {
  let fixed = 0
  for (const size of sizes) fixed += size ?? 4
  let total = fixed
  for (let i = 0; i < parts.length; i++) if (sizes[i] === null) total += parts[i]!.length
  const out = new Uint8Array(total)
  const view = new DataView(out.buffer)
  let head = 0
  let tail = fixed
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (sizes[i] === null) {
      view.setUint32(head, tail, true)
      out.set(part, tail)
      head += 4
      tail += part.length
    } else {
      out.set(part, head)
      head += part.length
    }
  }
  return out
}

/** Slices bytes into items by their sizes; null when lengths or offsets do not fit exactly. */
export function readSequence(sizes: readonly (number | null)[], bytes: Uint8Array): Uint8Array[] | null {
  let fixed = 0
  for (const size of sizes) fixed += size ?? 4
  if (bytes.length < fixed) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const out: Uint8Array[] = []
  const varying: number[] = []
  let head = 0
  let end = fixed
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!
    if (size === null) {
      const start = view.getUint32(head, true)
      const before = varying.at(-1)
      if (before === undefined ? start !== fixed : start < end || start > bytes.length) return null
      if (before !== undefined) out[before] = bytes.subarray(end, start)
      varying.push(i)
      end = start
      head += 4
      out.push(bytes.subarray(start))
    } else {
      out.push(bytes.subarray(head, head + size))
      head += size
    }
  }
  return varying.length === 0 && bytes.length !== fixed ? null : out
}

/** Roots of all-zero trees by depth. */
const ZERO_ROOTS: Uint8Array[] = [new Uint8Array(32)]

function zeroRoot(depth: number): Uint8Array {
  for (let d = ZERO_ROOTS.length; d <= depth; d++)
    ZERO_ROOTS.push(hashPair(ZERO_ROOTS[d - 1]!, ZERO_ROOTS[d - 1]!))
  return ZERO_ROOTS[depth]!
}

function hashPair(a: Uint8Array, b: Uint8Array): Uint8Array {
  return sha256.create().update(a).update(b).digest()
}

/** Root of the binary tree over 32-byte chunks, padded with zero chunks up to a power of two >= `limit`. */
export function merkleRoot(chunks: readonly Uint8Array[], limit: number = chunks.length): Uint8Array {
  let depth = 0
  while (2 ** depth < limit) depth++
  let level = [...chunks]
  for (let d = 0; d < depth; d++) {
    const next: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) next.push(hashPair(level[i]!, level[i + 1] ?? zeroRoot(d)))
    level = next
  }
  return level[0] ?? zeroRoot(depth)
}

/** Cuts bytes into 32-byte chunks, the last one padded with zeros. */
export function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = []
  for (let i = 0; i < bytes.length; i += 32) {
    const chunk = new Uint8Array(32)
    chunk.set(bytes.subarray(i, i + 32))
    out.push(chunk)
  }
  return out
}

/** Root of a list: the root of its content hashed with its length. */
export function mixInLength(root: Uint8Array, length: number): Uint8Array {
  const chunk = new Uint8Array(32)
  new DataView(chunk.buffer).setUint32(0, length, true)
  return hashPair(root, chunk)
}
