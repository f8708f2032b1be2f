/**
 * What is filed of a trip: its record, or the void of a number that no trip used, sealed to the authority's key of the
 * month. The outside says as little as a log needs: whose, which key, which trip, which sealing context and which message
 * of it. A driver's shift has one context (`enc` stays, `seq` counts without gaps); a rider's has one message.
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { address, blob, bytes, message, u8, u32, type ValueOf } from './fields.ts'
import { decodeRecord } from './record.ts'
import { RECORD, type TripRecord } from './record-table.ts'
import type { Hex } from './terms.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'

/** Sizes that sealed bytes come in: steps of half an octave, so that a length says no more than that of the ride. */
export const RECORD_BUCKETS = [1_024, 1_536, 2_048, 3_072, 4_096, 6_144, 8_192, 12_288] as const
/** The longest envelope, bytes. */
export const RECORD_ENVELOPE_MAX = 12_288 + 128

/** The sealed thing as anyone may see, keep and log it. */
export const RECORD_ENVELOPE = message(69, 'recordEnvelope', {
  version: u8, // 1
  authority: address,
  month: u32, // of the key: year * 100 + month
  keyId: bytes(8), // first bytes of sha256 of the public key
  terms: bytes(32), // digest of the trip's terms; also the AAD
  enc: bytes(32), // HPKE encapsulated key: names the context
  seq: u32, // message of the context
  sealed: blob(RECORD_BUCKETS[7]),
})
export type RecordEnvelope = ValueOf<typeof RECORD_ENVELOPE>

/** Who filed. */
export const FILERS = { driver: 1, rider: 2 } as const

/** A record with the signatures of both sides. */
export const FILED_RECORD = message(70, 'filedRecord', {
  by: u8, // FILERS
  index: u32, // of the receipt that the rider signed
  receiptSignature: bytes(128), // r‖s‖x‖y of the rider's session key over the receipt
  headSignature: bytes(64), // the driver's session key over the head of the trace; zeros = the rider never got one
  record: blob(RECORD.maxBytes),
})

/** A number of a shift that no record uses. */
export const VOID = message(71, 'voidTrip', {
  terms: bytes(32),
  shift: bytes(16),
  shiftSeq: u32,
  reason: u8, // VOIDS
  driverKey: bytes(64),
  signature: bytes(64), // over `voidBytes`
})

/** Why a number was not used. */
export const VOIDS = { notHeld: 1, released: 2, closed: 3 } as const

const TITLE = new TextEncoder().encode('hexhail void\n')

/** What the driver's session key signs of a void. */
export function voidBytes(body: Omit<ValueOf<typeof VOID>, 'signature'>): Uint8Array {
  const raw = VOID.encode({ ...body, signature: new Uint8Array(64) })
  const out = new Uint8Array(TITLE.length + raw.length)
  out.set(TITLE)
  out.set(raw, TITLE.length)
  return out
}

/** The short name of a key in an envelope. */
export const keyIdOf = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).slice(0, 8)

/** HPKE `info`: a context is good for one authority's month and nothing else. */
export const sealInfo = (authority: Hex, month: number): Uint8Array =>
  new TextEncoder().encode(`hexhail record/1 ${authority.toLowerCase()} ${month}`)

/** What an envelope held. */
export type Opened =
  | { readonly kind: 'record'; readonly filed: ValueOf<typeof FILED_RECORD>; readonly record: TripRecord }
  | { readonly kind: 'void'; readonly filed: ValueOf<typeof VOID> }

/** The bytes that go into an envelope: kind byte and body. */
export function packFiled(
  filed: { readonly record: ValueOf<typeof FILED_RECORD> } | { readonly void: ValueOf<typeof VOID> },
) {
  const [kind, body] =
    'record' in filed
      ? [FILED_RECORD.kind, FILED_RECORD.encode(filed.record)]
      : [VOID.kind, VOID.encode(filed.void)]
  return Uint8Array.of(kind, ...body)
}

/** Reads what an envelope held; `terms`: it speaks of another trip than the envelope. Never throws. */
export function readFiled(
  plain: Uint8Array,
  terms: Uint8Array,
): Verdict<Opened, 'record' | 'terms' | 'version'> {
  const body = plain.subarray(1)
  if (plain[0] === VOID.kind) {
    const read = VOID.decode(body)
    if (read.verdict !== 'accept') return reject('record')
    return sameTrip(read.value.terms, terms) ? accept({ kind: 'void', filed: read.value }) : reject('terms')
  }
  const filed = plain[0] === FILED_RECORD.kind ? FILED_RECORD.decode(body) : null
  if (filed?.verdict !== 'accept') return reject('record')
  const record = decodeRecord(filed.value.record)
  if (record.verdict === 'ignore') return ignore('version')
  if (record.verdict !== 'accept') return reject('record')
  if (!sameTrip(record.value.terms, terms)) return reject('terms')
  return accept({ kind: 'record', filed: filed.value, record: record.value })
}

const sameTrip = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i])

/** Plaintext padded to a bucket, its length in front. Throws a `RangeError` for more than fits. */
export function padRecord(plain: Uint8Array): Uint8Array {
  const bucket = RECORD_BUCKETS.find(size => size >= plain.length + 2 + 16)
  if (bucket === undefined) throw new RangeError(`${plain.length} bytes are no record`)
  const out = new Uint8Array(bucket - 16)
  new DataView(out.buffer).setUint16(0, plain.length)
  out.set(plain, 2)
  return out
}

/** Plaintext without its padding; null when the padding is not zeros. */
export function unpadRecord(padded: Uint8Array): Uint8Array | null {
  if (padded.length < 2) return null
  const length = (padded[0]! << 8) | padded[1]!
  if (length > padded.length - 2) return null
  for (let i = 2 + length; i < padded.length; i++) if (padded[i] !== 0) return null
  return padded.subarray(2, 2 + length)
}
