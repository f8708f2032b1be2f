import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/*
 * A bundle: "HEXCITY" and a version byte; u32 little-endian count of sections; for each section its name (16 bytes,
 * padded with zeros) and its length (u32); then the sections, one after the other. Its name is the sha256 of it all.
 *
 * Sections are made for brotli, which the servers put on top: `info` (JSON) and `names` (a line each, sorted) are text,
 * `order-junctions` is a byte a state (`labels/order-by-rank.ts`), all others are columns (`columns.ts`). What is
 * stored of places is how far they lie from a guess (`pack/lines.ts`, `pack/bends.ts`), in steps of `grain.ts`; the
 * streets are told in `pack/streets.ts`, the tables of the map and the search in `pack/tables.ts`.
 */

/** Version of the layout and of what the sections mean. */
const BUNDLE_VERSION = 3

/** Why bytes are no city. */
export type BundleCode = 'CITY_FOREIGN' | 'CITY_VERSION' | 'CITY_TRUNCATED' | 'CITY_DAMAGED'

/** Sections by name. */
export type Sections = ReadonlyMap<string, Uint8Array>

const MAGIC = [...'HEXCITY'].map(c => c.charCodeAt(0))
const NAME_BYTES = 16
const MAX_SECTIONS = 256

/** Put sections into one bundle. */
export function packBundle(sections: Sections): Uint8Array {
  const entries = [...sections]
  const start = 12 + entries.length * (NAME_BYTES + 4)
  const bytes = new Uint8Array(entries.reduce((sum, [, body]) => sum + body.length, start))
  const view = new DataView(bytes.buffer)
  bytes.set([...MAGIC, BUNDLE_VERSION])
  view.setUint32(8, entries.length, true)
  let at = start
  entries.forEach(([name, body], i) => {
    const entry = 12 + i * (NAME_BYTES + 4)
    bytes.set(new TextEncoder().encode(name).subarray(0, NAME_BYTES), entry)
    view.setUint32(entry + NAME_BYTES, body.length, true)
    bytes.set(body, at)
    at += body.length
  })
  return bytes
}

/** Take a bundle apart; the sections are views into `bytes`. */
export function unpackBundle(bytes: Uint8Array): Verdict<Sections, BundleCode> {
  if (bytes.length < 12)
    return reject(MAGIC.every((c, i) => (bytes[i] ?? c) === c) ? 'CITY_TRUNCATED' : 'CITY_FOREIGN')
  if (!MAGIC.every((c, i) => bytes[i] === c)) return reject('CITY_FOREIGN')
  if (bytes[7] !== BUNDLE_VERSION) return ignore('CITY_VERSION')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(8, true)
  if (count > MAX_SECTIONS) return reject('CITY_DAMAGED')
  let at = 12 + count * (NAME_BYTES + 4)
  if (at > bytes.length) return reject('CITY_TRUNCATED')
  const sections = new Map<string, Uint8Array>()
  for (let i = 0; i < count; i++) {
    const entry = 12 + i * (NAME_BYTES + 4)
    const name = new TextDecoder().decode(bytes.subarray(entry, entry + NAME_BYTES)).replace(/\0+$/, '')
    const length = view.getUint32(entry + NAME_BYTES, true)
    if (at + length > bytes.length) return reject('CITY_TRUNCATED')
    if (sections.has(name)) return reject('CITY_DAMAGED')
    sections.set(name, bytes.subarray(at, at + length))
    at += length
  }
  return at === bytes.length ? accept(sections) : reject('CITY_DAMAGED')
}

/** Content hash of a bundle: sha256 in hex. */
export function bundleHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

const REMEDY: Readonly<Record<BundleCode, string>> = {
  CITY_FOREIGN: 'These bytes are no Hexhail city',
  CITY_VERSION: 'This city was built by another version of Hexhail',
  CITY_TRUNCATED: 'This city is cut off',
  CITY_DAMAGED: 'This city is damaged',
}

/** The fault to throw where a caller must have a city. */
export function bundleError(code: BundleCode, byteLength: number): HexhailError<BundleCode> {
  return new HexhailError(code, `${REMEDY[code]} (${byteLength} bytes): build or fetch it again.`, {
    byteLength,
  })
}
