import { parseMoney } from '@hexhail/ui/format/money.ts'
import type { Locator } from '@playwright/test'

/** Minor units of an amount as the pages write it in English: `$4.25`, `-$0.128`. */
export function amountIn(text: string): bigint {
  const found = /(-?)\$([\d,]+(?:\.\d+)?)/.exec(text.replaceAll('−', '-'))
  const minor = found ? parseMoney(found[2]!.replaceAll(',', '')) : null
  if (!found || minor === null) throw new Error(`«${text}» shows no amount.`)
  return found[1] === '-' ? -minor : minor
}

/** The amount that a part of a page shows. */
export async function amountAt(part: Locator): Promise<bigint> {
  return amountIn((await part.textContent()) ?? '')
}

/** A receipt as a page shows it, to the last unit. */
export interface ShownReceipt {
  readonly lines: Readonly<Record<string, bigint>>
  readonly total: bigint
  readonly tripId: `0x${string}`
}

/** Reads the receipt that stands inside a part of a page. */
export async function receiptIn(part: Locator): Promise<ShownReceipt> {
  const rows = await part.locator('table.lines tbody tr').all()
  const lines: Record<string, bigint> = {}
  for (const row of rows) {
    const name = (await row.getByRole('rowheader').textContent()) ?? ''
    lines[name.trim()] = await amountAt(row.getByRole('cell'))
  }
  const total = await amountAt(part.locator('table.lines tfoot td'))
  const tripId = await part.locator('dl.proof code').first().getAttribute('title')
  return { lines, total, tripId: tripId as `0x${string}` }
}
