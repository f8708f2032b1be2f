import { NO_ENTRY, type RecordLine } from './record-fields.ts'
import type { TripRecord } from './record-table.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { MeterLine } from './tariff-meter.ts'

/** Lines that a record's list holds. */
const MOST_LINES = 8

/**
 * What a meter charges on top of the fare, as fields of a record: zones and tolls by their place in the document, levies
 * and access in one line. Together they are the settlement's toll, so the document's bound is taken off them, tolls last.
 */
export function recordCharges(
  { zones, tolls }: Pick<TariffDocument, 'zones' | 'tolls'>,
  lines: readonly MeterLine[],
): Pick<TripRecord, 'toll' | 'surcharges' | 'tolls'> {
  const charges = lines.filter(line => line.part === 'charge' && line.amount > 0n)
  const placed = (key: MeterLine['key'], list: readonly { readonly id: string }[]): RecordLine[] =>
    charges.flatMap(line =>
      line.key === key ? [{ id: list.findIndex(entry => entry.id === line.id), amount: line.amount }] : [],
    )
  const rest = charges.flatMap(({ key, amount }) =>
    key === 'zone' || key === 'toll' ? [] : [{ id: NO_ENTRY, amount }],
  )
  let over = -lines.reduce((sum, { key, amount }) => (key === 'most' ? sum + amount : sum), 0n)
  const bounded = (list: readonly RecordLine[]): RecordLine[] =>
    list
      .toReversed()
      .map(({ id, amount }) => {
        const off = over < amount ? over : amount
        over -= off
        return { id, amount: amount - off }
      })
      .filter(({ amount }) => amount > 0n)
      .reverse()
  const surcharges = fitting(bounded([...placed('zone', zones), ...rest]))
  const passed = fitting(bounded(placed('toll', tolls)))
  return { toll: sum([...surcharges, ...passed]), surcharges, tolls: passed }
}

/** At most as many lines as fit; the last stands for what has no room, and for what has no place. */
function fitting(list: readonly RecordLine[]): RecordLine[] {
  const named = list.filter(({ id }) => id !== NO_ENTRY)
  const kept = named.slice(
    0,
    named.length === list.length && named.length <= MOST_LINES ? MOST_LINES : MOST_LINES - 1,
  )
  const rest = sum(list) - sum(kept)
  return rest === 0n ? kept : [...kept, { id: NO_ENTRY, amount: rest }]
}

const sum = (lines: readonly RecordLine[]): bigint => lines.reduce((all, { amount }) => all + amount, 0n)
