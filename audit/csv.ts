import { csvLine } from './csv-line.ts'
import { type AuditRow, paidOf } from './settled.ts'

/** A column of the export: its name and what stands in a row; nothing where the record is not opened. */
type Column = readonly [name: string, of: (row: AuditRow) => string | number | bigint | undefined]

const money = (minor: bigint | undefined): string | undefined => {
  if (minor === undefined) return undefined
  const digits = minor.toString().padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`
}
const moment = (ms: number): string => new Date(ms).toISOString()

const COLUMNS: readonly Column[] = [
  ['trip', row => row.fact.terms],
  ['settled_at', row => moment(row.fact.timestampS * 1_000)],
  ['block', row => row.fact.blockNumber],
  ['transaction', row => row.fact.txHash],
  ['log_index', row => row.fact.logIndex],
  ['rider', row => row.fact.rider],
  ['driver', row => row.fact.driver],
  ['tariff', row => row.fact.tariff],
  ['fare', row => money(row.fact.fare)],
  ['wait', row => money(row.fact.wait)],
  ['toll', row => money(row.fact.toll)],
  ['tip', row => money(row.fact.tip)],
  ['paid', row => money(paidOf(row.fact))],
  ['levy', row => money(row.fact.levy)],
  ['record_root', row => row.fact.record],
  ['record', row => row.filing],
  ['verdict', row => row.audit?.verdict],
  ['findings', row => row.audit?.findings.map(each => each.code).join(' ')],
  ['basis', row => row.audit?.recomputed.basis],
  ['recomputed_fare', row => money(row.audit?.recomputed.fare)],
  ['factor_bp', row => row.record?.bp],
  ['quote', row => money(row.record?.quote)],
  ['quote_metres', row => row.record?.quoteMetres],
  ['quote_seconds', row => row.record?.quoteSecs],
  ['metres', row => row.record?.metres],
  ['seconds', row => row.record?.secs],
  ['wait_seconds', row => row.record?.waitSecs],
  ['pickup_cell', row => row.record?.pickupCell],
  ['destination_cell', row => row.record?.destCell],
  [
    'started_at',
    row => (row.record && row.record.startedAtMs > 0 ? moment(row.record.startedAtMs) : undefined),
  ],
]

/** Names of the columns, in order. */
export const CSV_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name)

/** The settlements as RFC 4180 text, one row each: money as decimals of the token, times as ISO 8601 UTC. */
export function toCsv(rows: Iterable<AuditRow>): string {
  const lines = [csvLine(CSV_COLUMNS)]
  for (const row of rows) lines.push(csvLine(COLUMNS.map(([, of]) => of(row))))
  return `${lines.join('\r\n')}\r\n`
}
