/**
 * SSZ as bytes and as Merkle root: the layout half of fields.ts. Written out here and not taken from @chainsafe/ssz
 * because that package needs Node's `Buffer` in the browser and compiles wasm on import; the tests hold this file equal
 * to it, byte for byte and root for root.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** Why bytes are not a message. */
export type DecodeCode = 'size' | 'offset' | 'utf8' | 'range' | 'cell' | 'canonical'

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
  /** First fault of bytes `start` to `end`, whose number is already known to be between min and max. Allocates nothing. */
  check(bytes: Uint8Array, start: number, end: number): DecodeCode | null
  /** Value of bytes in which `check` finds no fault. */
  read(bytes: Uint8Array): T
  root(value: T): Uint8Array
}

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

/** Little-endian u32 at a place. */
export const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0

/** What the items of a sequence are, by place. */
type ItemAt = (i: number) => Field<unknown>

/** First fault of a sequence of items at `start` to `end`: offsets that do not fit exactly, then faults of items. */
export function checkSequence(
  count: number,
  itemAt: ItemAt,
  bytes: Uint8Array,
  start: number,
  end: number,
): DecodeCode | null {
  let fixed = 0
  for (let i = 0; i < count; i++) fixed += itemAt(i).size ?? 4
  if (end - start < fixed) return 'offset'
  let head = start
  let before = -1
  for (let i = 0; i < count; i++) {
    const { size } = itemAt(i)
    if (size === null) {
      const offset = u32At(bytes, head)
      if (before < 0 ? offset !== fixed : offset < before || offset > end - start) return 'offset'
      before = offset
    }
    head += size ?? 4
  }
  if (before < 0 && end - start !== fixed) return 'offset'
  head = start + fixed
  let to = end
  for (let i = count - 1; i >= 0; i--) {
    const item = itemAt(i)
    head -= item.size ?? 4
    const from = item.size === null ? start + u32At(bytes, head) : head
    const until = item.size === null ? to : head + item.size
    if (until - from < item.minBytes || until - from > item.maxBytes) return 'size'
    const fault = item.check(bytes, from, until)
    if (fault !== null) return fault
    if (item.size === null) to = from
  }
  return null
}

/** Slices bytes in which `checkSequence` finds no fault into items. */
export function readSequence(sizes: readonly (number | null)[], bytes: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = []
  let head = 0
  for (const size of sizes) {
    out.push(
      bytes.subarray(size === null ? u32At(bytes, head) : head, size === null ? undefined : head + size),
    )
    head += size ?? 4
  }
  let end = bytes.length
  for (let i = sizes.length - 1; i >= 0; i--) {
    if (sizes[i] !== null) continue
    out[i] = out[i]!.subarray(0, end - (out[i]!.byteOffset - bytes.byteOffset))
    end = out[i]!.byteOffset - bytes.byteOffset
  }
  return out
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
