import type { DriverTrip, SignedReceipt } from '@hexhail/protocol/driver-state.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { decodeRecord } from '@hexhail/protocol/record.ts'
import { FILERS, packFiled, VOIDS, voidBytes } from '@hexhail/protocol/record-envelope.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'
import { headBytes } from '@hexhail/protocol/trace.ts'
import type { ToFile } from './filing.ts'

const NO_SIGNATURE = new Uint8Array(64)

function filed(signed: SignedReceipt, by: keyof typeof FILERS, headSignature: Uint8Array): Uint8Array {
  const { receipt, signature, record } = signed
  const receiptSignature = fromHex(signature)
  return packFiled({
    record: { by: FILERS[by], index: receipt.index, receiptSignature, headSignature, record },
  })
}

/** What a driver files of an ended trip: the record behind the newest receipt, else the void of its number. */
export async function driversToFile(trip: DriverTrip, session: SessionKey): Promise<ToFile | null> {
  const { digest: terms, place, receipt, phase } = trip
  if (receipt) {
    const record = decodeRecord(receipt.record)
    if (record.verdict !== 'accept') return null // kept by a page of another version
    const headSignature = await session.sign(headBytes(record.value.head))
    return { terms, place, spare: false, plain: filed(receipt, 'driver', headSignature) }
  }
  if (!place) return null
  const reason = phase === 'selected' ? VOIDS.notHeld : phase === 'released' ? VOIDS.released : VOIDS.closed
  const body = {
    terms: fromHex(terms),
    shift: fromHex(place.shift, 16),
    shiftSeq: place.shiftSeq,
    reason,
    driverKey: session.publicKey,
  }
  const signature = await session.sign(voidBytes(body))
  return { terms, place, spare: false, plain: packFiled({ void: { ...body, signature } }) }
}

/** What a rider keeps to file if the driver does not. */
export const ridersToFile = (signed: SignedReceipt, headSignature: Uint8Array | null): ToFile => ({
  terms: signed.receipt.terms,
  place: null,
  spare: true,
  plain: filed(signed, 'rider', headSignature ?? NO_SIGNATURE),
})
