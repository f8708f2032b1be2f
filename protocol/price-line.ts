import type { AuditLine } from './fare-basis.ts'
import { NO_ENTRY } from './record-fields.ts'
import type { TripRecord } from './record-table.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { MeterLine } from './tariff-meter.ts'

/** One line of a price as a person reads it, minor units. `id`: which zone, toll or levy of the document; '' = none. */
export interface PriceLine {
  readonly key: AuditLine['key'] | MeterLine['key'] | 'charges'
  readonly id: string
  readonly amount: bigint
}

/** The lines of a fare, and what comes on top of it. */
export const priceLines = (fare: readonly AuditLine[], charges: readonly MeterLine[]): PriceLine[] => [
  ...fare.map(({ key, amount }) => ({ key, id: '', amount })),
  ...charges,
]

/** What a record says was paid, line by line; names of zones and tolls need the document. */
export function recordLines(record: TripRecord, document: TariffDocument | null): PriceLine[] {
  const plain = (key: PriceLine['key'], amount: bigint): PriceLine => ({ key, id: '', amount })
  const placed = (
    key: 'zone' | 'toll',
    list: readonly { readonly id: string }[] | undefined,
    lines: TripRecord['tolls'],
  ): PriceLine[] =>
    lines.map(({ id, amount }) =>
      id === NO_ENTRY
        ? plain(key === 'zone' ? 'charges' : 'toll', amount)
        : { key, id: list?.[id]?.id ?? '', amount },
    )
  return [
    ...(['base', 'distance', 'time', 'minimum', 'factor', 'rounding'] as const).map(key =>
      plain(key, record[key]),
    ),
    plain('cancel', record.cancelFee),
    plain('less', record.waived),
    plain('concession', -record.concession),
    plain('wait', record.wait),
    ...placed('zone', document?.zones, record.surcharges),
    ...placed('toll', document?.tolls, record.tolls),
    plain('tip', record.tip),
  ].filter(line => line.amount !== 0n)
}
