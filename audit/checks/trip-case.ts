import { equalBytes, fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { decodeRecord, rootOf } from '@hexhail/protocol/record.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import type { TripCase } from './check.ts'
import { boundParts } from './part-bounds.ts'
import type { TripBytes } from './read-trip.ts'
import { SETTLED_AT, settledOf } from './settled-row.ts'

/** Reads a trip exactly. @throws {HexhailError} 'settled-row' where the settlement's bytes are none: the caller's fault */
export function tripCase({ settled: row, record: bytes, isSealed = false }: TripBytes): TripCase {
  const settled = settledOf(row)
  if (settled === null) throw new HexhailError('settled-row', 'These bytes are no settlement.', {})
  if (bytes === null) return { settled, bytes, filed: isSealed ? 'sealed' : 'none', record: null }
  return { settled, bytes, ...filedAs(bytes, settled.record, settled.terms) }
}

function filedAs(bytes: Uint8Array, root: string, terms: string): Pick<TripCase, 'filed' | 'record'> {
  if (recordBytesRoot(bytes) !== root.toLowerCase()) return { filed: 'other', record: null }
  const record = decodeRecord(bytes)
  if (record.verdict === 'ignore') return { filed: 'newer', record: null }
  if (record.verdict === 'reject') return { filed: 'unreadable', record: null }
  const isOfTrip = equalBytes(record.value.terms, fromHex(terms, 32))
  return isOfTrip ? { filed: 'opened', record: record.value } : { filed: 'unreadable', record: null }
}

/** Root of a record out of its bytes, whatever they say; null where they have not even its four parts. */
export function recordBytesRoot(bytes: Uint8Array): string | null {
  const at = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }
  if (!boundParts(bytes, at)) return null
  const parts = [
    bytes.subarray(at.fare, at.ride),
    bytes.subarray(at.ride, at.who),
    bytes.subarray(at.who, at.way),
    bytes.subarray(at.way, at.end),
  ]
  return rootOf(parts.map(part => sha256(part)))
}

/** Whether bytes of any length have the root that a settlement's row names. */
export const hasSettledRoot = (record: Uint8Array, settled: Uint8Array): boolean =>
  recordBytesRoot(record) === toHex(settled.subarray(SETTLED_AT.record, SETTLED_AT.record + 32))

/** The hex of bytes of which all may be zero: null then. */
export const hexOrNull = (bytes: Uint8Array) => (bytes.every(byte => byte === 0) ? null : toHex(bytes))
