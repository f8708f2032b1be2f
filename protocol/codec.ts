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

/** The check of a field that any bytes of the right number fit. */
export const NO_FAULT = (): null => null

/** First fault of bytes `start` to `end`; allocates nothing. */
type Check = (bytes: Uint8Array, start: number, end: number) => DecodeCode | null

/**
 * The check of a container: offsets that do not fit exactly, then faults of fields, the last one first. Where fields stand
 * and which can be at fault at all is worked out once.
 */
export function containerCheck(fields: readonly Field<unknown>[]): Check {
  let fixed = 0
  const placed = fields.map(field => {
    const head = fixed
    fixed += field.size ?? 4
    return { head, field }
  })
  const looked = placed.filter(({ field }) => field.size === null || field.check !== NO_FAULT).toReversed()
  const heads = looked.map(({ head }) => head)
  const sizes = looked.map(({ field }) => field.size ?? -1)
  const least = looked.map(({ field }) => field.minBytes)
  const most = looked.map(({ field }) => field.maxBytes)
  const checks = looked.map(({ field }) => field.check)
  const offsetsAt = placed.filter(({ field }) => field.size === null).map(({ head }) => head)
  return (bytes, start, end) => {
    const length = end - start
    if (length < fixed || (offsetsAt.length === 0 && length !== fixed)) return 'offset'
    let before = fixed
    for (let i = 0; i < offsetsAt.length; i++) {
      const offset = u32At(bytes, start + offsetsAt[i]!)
      if (offset < before || offset > length || (i === 0 && offset !== fixed)) return 'offset'
      before = offset
    }
    let to = end
    for (let i = 0; i < heads.length; i++) {
      const head = start + heads[i]!
      const size = sizes[i]!
      const from = size < 0 ? start + u32At(bytes, head) : head
      const until = size < 0 ? to : head + size
      if (until - from < least[i]! || until - from > most[i]!) return 'size'
      const fault = checks[i]!(bytes, from, until)
      if (fault !== null) return fault
      if (size < 0) to = from
    }
    return null
  }
}

/** First fault of a list of `count` items: as `containerCheck`. */
export function checkItems(
  of: Field<unknown>,
  count: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): DecodeCode | null {
  const { size, minBytes, maxBytes } = of
  if (end - start < count * (size ?? 4)) return 'offset'
  let before = count * 4
  for (let i = 0; size === null && i < count; i++) {
    const offset = u32At(bytes, start + 4 * i)
    if (offset < before || offset > end - start || (i === 0 && offset !== before)) return 'offset'
    before = offset
  }
  let to = end
  for (let i = count - 1; i >= 0; i--) {
    const from = size === null ? start + u32At(bytes, start + 4 * i) : to - size
    if (to - from < minBytes || to - from > maxBytes) return 'size'
    const fault = of.check(bytes, from, to)
    if (fault !== null) return fault
    to = from
  }
  return null
}

/** Slices bytes in which their check finds no fault into items. */
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
