import { hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { FILERS, keyIdOf, packFiled, RECORD_ENVELOPE } from '@hexhail/protocol/record-envelope.ts'
import { createSealContext, openRecordEnvelope, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Why a sealed record does not open: the key (or the bytes) are others, what is inside is no trip record, or of another trip. */
export type OpenCode = 'sealed' | 'record' | 'terms'

/** The keys of a page by their short names. */
export type AuditKeys = ReadonlyMap<string, CryptoKeyPair>

/** Puts keys under the names that envelopes call them by. */
export async function auditKeys(pairs: readonly CryptoKeyPair[]): Promise<AuditKeys> {
  const named = pairs.map(async pair => {
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    return [hexDigits(keyIdOf(raw)), pair] as const
  })
  return new Map(await Promise.all(named))
}

/** Opens the record of a trip. A void is no record. Never throws. */
export async function openRecord(
  keys: AuditKeys,
  terms: Hex,
  sealed: Uint8Array,
): Promise<Verdict<TripRecord, OpenCode>> {
  const envelope = RECORD_ENVELOPE.decode(sealed)
  if (envelope.verdict !== 'accept') return reject('sealed')
  const key = keys.get(hexDigits(envelope.value.keyId))
  if (!key) return reject('sealed')
  if (toHex(envelope.value.terms) !== terms.toLowerCase()) return reject('terms')
  const opened = await openRecordEnvelope(key, envelope.value)
  if (opened.verdict !== 'accept') return reject(opened.code === 'version' ? 'record' : opened.code)
  return opened.value.kind === 'record' ? accept(opened.value.record) : reject('record')
}

/** Seals a record by itself, unsigned: for who has no receipt at hand, as in a test of the desk. */
export async function sealRecord(
  publicKey: Uint8Array,
  month: number,
  record: TripRecord,
): Promise<Uint8Array> {
  const filed = {
    by: FILERS.rider,
    index: 1,
    receiptSignature: new Uint8Array(128),
    headSignature: new Uint8Array(64),
    record: encodeRecord(record),
  }
  const context = await createSealContext({ authority: record.authority, month, publicKey })
  return sealRecordAt(context, 0, toHex(record.terms), packFiled({ record: filed }))
}
