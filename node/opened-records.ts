/** All that lies at a desk, opened: the records of trips, and the numbers of shifts that they and voids use. */
import type { VoidNumber } from '@hexhail/audit/checks/books.ts'
import type { DeskClient, SealedRecord } from '@hexhail/audit/desk-client.ts'
import type { KeptMonthKey } from '@hexhail/audit/month-keys.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { fromHex, hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { keyIdOf, RECORD_ENVELOPE, voidBytes } from '@hexhail/protocol/record-envelope.ts'
import { verifySession } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** What was filed for a trip. */
export interface FiledTrip {
  /** Opened records, in the order they came; anyone may file. */
  readonly records: readonly { readonly bytes: Uint8Array; readonly number: VoidNumber | null }[]
  /** Numbers filed as void, with the driver's signature. */
  readonly voids: readonly VoidNumber[]
  /** Months of the keys that the rest is sealed to, of which the private half is not here. */
  readonly sealedMonths: readonly number[]
}

/** Everything at a desk by trip, opened with the keys of the months that are here. */
export async function openedRecords(
  desk: Pick<DeskClient, 'list'>,
  keys: readonly Pick<KeptMonthKey, 'privateKey' | 'publicKey' | 'month'>[],
): Promise<ReadonlyMap<Hex, FiledTrip>> {
  const opener = createRecordOpener(keys.flatMap(({ privateKey }) => privateKey ?? []))
  const lost = new Map(
    keys.flatMap(({ privateKey, publicKey, month }) =>
      privateKey === null ? [[hexDigits(keyIdOf(fromHex(publicKey, 32))), month] as const] : [],
    ),
  )
  const byTrip = new Map<
    Hex,
    { records: FiledTrip['records'][number][]; voids: VoidNumber[]; sealedMonths: number[] }
  >()
  const take = async ({ terms, sealed }: SealedRecord): Promise<void> => {
    const trip = byTrip.get(terms) ?? { records: [], voids: [], sealedMonths: [] }
    byTrip.set(terms, trip)
    const read = opener.open(sealed)
    if (read.verdict !== 'accept') {
      const month = read.code === 'key' ? lost.get(keyIdIn(sealed)) : undefined
      if (month !== undefined) trip.sealedMonths.push(month)
      return
    }
    const opened = read.value
    if (opened.kind === 'record') {
      const { shift, shiftSeq } = opened.record
      const isNumbered = shift.some(byte => byte !== 0)
      const number = isNumbered ? { shift: toHex(shift), shiftSeq } : null
      trip.records.push({ bytes: opened.filed.record, number })
      return
    }
    const { driverKey, signature, shift, shiftSeq } = opened.filed
    if (await verifySession(driverKey, voidBytes(opened.filed), signature))
      trip.voids.push({ shift: toHex(shift), shiftSeq })
  }
  for (let after = 0; ; ) {
    const some = await desk.list(after)
    if (some.length === 0) return byTrip
    for (const each of some) await take(each)
    after = some.at(-1)!.seq
  }
}

function keyIdIn(sealed: Uint8Array): string {
  const envelope = RECORD_ENVELOPE.decode(sealed)
  return envelope.verdict === 'accept' ? hexDigits(envelope.value.keyId) : ''
}
