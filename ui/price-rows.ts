import type { SignedReceipt } from '@hexhail/protocol/driver-state.ts'
import { type PriceLine, recordLines } from '@hexhail/protocol/price-line.ts'
import { decodeRecord } from '@hexhail/protocol/record.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { FareLine } from './components/FareTable.tsx'
import { type UiText, ui } from './ui-text.ts'

const LABEL: Readonly<Record<PriceLine['key'], UiText>> = {
  base: 'priceBase',
  distance: 'priceDistance',
  time: 'priceTime',
  units: 'priceUnits',
  minimum: 'priceMinimum',
  factor: 'priceFactor',
  rounding: 'priceRounding',
  transfer: 'priceTransfer',
  concession: 'priceConcession',
  cap: 'priceCap',
  cancel: 'priceCancel',
  less: 'priceLess',
  wait: 'priceWait',
  zone: 'priceZone',
  toll: 'priceToll',
  levy: 'priceLevy',
  access: 'priceAccess',
  charges: 'priceCharges',
  most: 'priceMost',
  tip: 'priceTip',
}

/** The lines of a price with their names: of zones, tolls and levies as the signed document has them. */
export const priceRows = (lines: readonly PriceLine[], document: TariffDocument | null): FareLine[] =>
  lines.map(({ key, id, amount }) => {
    const note = nameOf(document, key, id)
    return { label: ui(LABEL[key]), amount, ...(note !== undefined && { note }) }
  })

function nameOf(document: TariffDocument | null, key: PriceLine['key'], id: string): string | undefined {
  if (key === 'zone') return document?.zones.find(each => each.id === id)?.name
  if (key === 'toll') return document?.tolls.find(each => each.id === id)?.name
  if (key === 'levy') return document?.levies.find(each => each.id === id)?.beneficiary
  return undefined
}

/** What a settlement paid. */
export interface Paid {
  readonly fare: bigint
  readonly wait: bigint
  readonly toll: bigint
  readonly tip: bigint
  readonly record: Hex
}

/** What was paid line by line: by the signed record where it is the one behind the payment, else in four sums. */
export function paidRows(
  paid: Paid,
  signed: SignedReceipt | null,
  document: TariffDocument | null,
): { lines: FareLine[]; total: bigint } {
  const total = paid.fare + paid.wait + paid.toll + paid.tip
  const record = signed?.receipt.record === paid.record ? decodeRecord(signed.record) : null
  if (record?.verdict === 'accept')
    // The vault pays less of a tip where the rider's balance is short.
    return { lines: priceRows(recordLines({ ...record.value, tip: paid.tip }, document), document), total }
  const sums = [
    { label: ui('priceFare'), amount: paid.fare },
    { label: ui('priceWait'), amount: paid.wait },
    { label: ui('priceToll'), amount: paid.toll },
    { label: ui('priceTip'), amount: paid.tip },
  ]
  return { lines: sums.filter((line, i) => i === 0 || line.amount > 0n), total }
}
