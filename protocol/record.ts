import { cellAt } from './cells.ts'
import type { LngLat } from './geo.ts'
import { fromHex, toHex } from './hex.ts'
import { RECORD, type TripRecord } from './messages.ts'
import type { Agreed } from './quote.ts'
import type { Hex, Receipt, Terms } from './terms.ts'

/** What both sides know of a trip when a receipt is signed. */
export interface RecordInput {
  readonly terms: Terms
  readonly agreed: Agreed
  readonly pickup: LngLat
  readonly dest: LngLat
  readonly startedAtMs: number
  readonly salt: Hex
}

/** The trip record behind a receipt: its figures and what they came from, places as res-7 cells only. */
export function tripRecord(input: RecordInput, receipt: Omit<Receipt, 'record'>): TripRecord {
  const { terms, agreed } = input
  return {
    terms: fromHex(receipt.terms),
    tariff: terms.tariff,
    bp: terms.bp,
    quote: agreed.fare,
    quoteMetres: agreed.metres,
    quoteSecs: agreed.secs,
    fare: receipt.fare,
    wait: receipt.wait,
    toll: receipt.toll,
    tip: receipt.tip,
    metres: receipt.metres,
    secs: receipt.secs,
    waitSecs: receipt.waitSecs,
    pickupCell: cellAt(input.pickup, 7),
    destCell: cellAt(input.dest, 7),
    startedAtMs: input.startedAtMs,
    salt: fromHex(input.salt),
  }
}

/** The Merkle root of a trip record: what the receipt and the settlement carry. */
export const recordRoot = (record: TripRecord): Hex => toHex(RECORD.root(record))
