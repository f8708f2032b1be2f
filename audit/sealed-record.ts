import { fromHex } from '@hexhail/protocol/hex.ts'
import { decodeRecord, encodeRecord } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { openSealed, sealTo } from '@hexhail/protocol/seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Why a sealed record does not open: the key (or the bytes) are others, or what is inside is no trip record of this trip. */
export type OpenCode = 'sealed' | 'record' | 'terms'

/** Seals a trip record to the jurisdiction's X25519 key; bound to its trip, so that it opens for no other. */
export function sealRecord(auditKey: Uint8Array, record: TripRecord): Promise<Uint8Array> {
  return sealTo(auditKey, encodeRecord(record), record.terms)
}

/** Opens the record of a trip. Never throws. */
export async function openRecord(
  key: CryptoKeyPair,
  terms: Hex,
  sealed: Uint8Array,
): Promise<Verdict<TripRecord, OpenCode>> {
  const aad = fromHex(terms, 32)
  const opened = await openSealed(key, sealed, aad)
  if (opened.verdict !== 'accept') return reject('sealed')
  const record = decodeRecord(opened.value)
  if (record.verdict !== 'accept') return reject('record')
  return record.value.terms.every((byte, i) => byte === aad[i]) ? accept(record.value) : reject('terms')
}
