import { auditFare, fareTariff } from '@hexhail/audit/checks/fare-audit.ts'
import { CSV_COLUMNS, toCsv } from '@hexhail/audit/csv.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { PLAIN, settledTrip } from './settled-trip.ts'

const { record, fact } = settledTrip(TARIFF, PLAIN)
const opened: AuditRow = {
  fact,
  filing: 'opened',
  record,
  audit: auditFare(fareTariff(1, TARIFF), record, fact),
}
const missing: AuditRow = { fact, filing: 'missing', record: null, audit: null }

const cells = (csv: string, row: number): Record<string, string> => {
  const fields = csv.split('\r\n')[row]?.split(',') ?? []
  return Object.fromEntries(CSV_COLUMNS.map((name, i) => [name, fields[i] ?? '']))
}

test('the export has one row a settlement, ended by CRLF, all of the same width', () => {
  const lines = toCsv([opened, missing]).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines.at(-1)).toBe('')
  expect(new Set(lines.slice(0, 3).map(line => line.split(',').length))).toEqual(
    new Set([CSV_COLUMNS.length]),
  )
})

test('money is written to the last unit and times as UTC', () => {
  const row = cells(toCsv([opened]), 1)
  expect(row.fare).toBe(`${fact.fare / 1_000_000n}.${(fact.fare % 1_000_000n).toString().padStart(6, '0')}`)
  expect(row).toMatchObject({
    settled_at: '2026-11-22T23:50:00.000Z',
    verdict: 'right',
    basis: 'quote',
    metres: '5200',
  })
})

test('what is not opened stays empty', () => {
  expect(cells(toCsv([missing]), 1)).toMatchObject({
    record: 'missing',
    verdict: '',
    metres: '',
    pickup_cell: '',
  })
})

test('several findings stand in one field, apart', () => {
  const audit = auditFare(fareTariff(1, TARIFF), record, { ...fact, levy: 0n, toll: 0n })
  expect(cells(toCsv([{ ...opened, audit }]), 1).findings).toBe('PAID_TOLL LEVY')
})
