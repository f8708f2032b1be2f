import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { timetableFault } from './check-timetable.ts'
import { type Parts, packTimetable } from './pack-timetable.ts'
import type { Timetable, TimetableInfo } from './timetable.ts'
import { unpackTimetable } from './unpack-timetable.ts'

/*
 * A timetable as bytes: "HEXTIME" and a version byte; u32 little-endian length of the header; the header, JSON of `info`
 * and of the parts' names and lengths; then the parts, one after the other. Its name is the sha256 of it all. It is made
 * for gzip or brotli, which the servers put on top.
 */

/** Version of the layout and of what the parts mean. */
const VERSION = 2
const MAGIC = [...'HEXTIME'].map(c => c.charCodeAt(0))
const START = 12
const MOST_PARTS = 64

/** Why bytes are no timetable. */
export type TimetableCode =
  | 'TIMETABLE_FOREIGN'
  | 'TIMETABLE_VERSION'
  | 'TIMETABLE_TRUNCATED'
  | 'TIMETABLE_DAMAGED'

interface Header {
  readonly info: TimetableInfo
  readonly parts: readonly (readonly [name: string, length: number])[]
}

/** Bytes of a timetable: the same timetable gives the same bytes. */
export function encodeTimetable(timetable: Timetable): Uint8Array {
  const parts = [...packTimetable(timetable)]
  const { name, timezone, startDay, days, modelled, feetBy } = timetable.info
  const info: TimetableInfo = { name, timezone, startDay, days, modelled, feetBy }
  const header = new TextEncoder().encode(
    JSON.stringify({ info, parts: parts.map(([part, body]) => [part, body.length]) } satisfies Header),
  )
  let at = START + header.length
  const bytes = new Uint8Array(parts.reduce((sum, [, body]) => sum + body.length, at))
  bytes.set([...MAGIC, VERSION])
  new DataView(bytes.buffer).setUint32(8, header.length, true)
  bytes.set(header, START)
  for (const [, body] of parts) {
    bytes.set(body, at)
    at += body.length
  }
  return bytes
}

/** A timetable from bytes that anybody may have made: all that is said of `Timetable` holds of what is accepted. */
export function decodeTimetable(bytes: Uint8Array): Verdict<Timetable, TimetableCode> {
  if (!MAGIC.every((c, i) => (bytes[i] ?? c) === c)) return reject('TIMETABLE_FOREIGN')
  if (bytes.length < START) return reject('TIMETABLE_TRUNCATED')
  if (bytes[7] !== VERSION) return ignore('TIMETABLE_VERSION')
  const end = START + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  if (end > bytes.length) return reject('TIMETABLE_TRUNCATED')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(START, end))
    const header = JSON.parse(text) as Header
    if (!Array.isArray(header?.parts) || header.parts.length > MOST_PARTS) return reject('TIMETABLE_DAMAGED')
    const parts: Parts = new Map()
    let at = end
    for (const [name, length] of header.parts) {
      if (!Number.isInteger(length) || length < 0 || parts.has(name)) return reject('TIMETABLE_DAMAGED')
      if (at + length > bytes.length) return reject('TIMETABLE_TRUNCATED')
      parts.set(name, bytes.subarray(at, at + length))
      at += length
    }
    if (at !== bytes.length || typeof header.info !== 'object') return reject('TIMETABLE_DAMAGED')
    const timetable = unpackTimetable(parts, header.info)
    return timetableFault(timetable) === null ? accept(timetable) : reject('TIMETABLE_DAMAGED')
  } catch (fault) {
    if (fault instanceof RangeError || fault instanceof SyntaxError || fault instanceof TypeError)
      return reject('TIMETABLE_DAMAGED')
    throw fault
  }
}

/** Content hash of a timetable's bytes: sha256 in hex. */
export function timetableHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}
