import type { AuditRow } from '@hexhail/audit/settled.ts'
import {
  periodOf,
  periodsOf,
  previewCells,
  previewCube,
  rowsOf,
} from '@hexhail/authority-web/cube-preview.ts'
import { isoWeekOf } from '@hexhail/authority-web/iso-week.ts'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { seededTrips } from './seeded-city.ts'

const END_S = Date.UTC(2026, 10, 23, 12) / 1_000
const rows: readonly AuditRow[] = seededTrips(TARIFF, 3_000, END_S).map(({ fact, record }) => ({
  fact,
  record,
  filing: record ? 'opened' : 'missing',
  audit: null,
}))

test('weeks are those of ISO 8601, of the year of their Thursday', () => {
  expect(isoWeekOf(Date.UTC(2026, 10, 23))).toBe('2026-W48')
  expect(isoWeekOf(Date.UTC(2026, 10, 22, 23))).toBe('2026-W47')
  expect(isoWeekOf(Date.UTC(2027, 0, 3))).toBe('2026-W53')
  expect(isoWeekOf(Date.UTC(2024, 11, 30))).toBe('2025-W01')
})

test('a month and a week are those of the place', () => {
  const night = Date.UTC(2026, 11, 1, 1)
  expect(periodOf('flows', night, 0)).toBe('2026-12')
  expect(periodOf('flows', night, -180)).toBe('2026-11')
})

test('each trip that counts stands in exactly one row of ten riders or more', () => {
  for (const name of ['flows', 'hours', 'fares'] as const)
    for (const period of periodsOf(rows, name, -180)) {
      const preview = previewCube(rowsOf(rows, name, period, -180), name, -180)
      const told = preview.rows.reduce((sum, row) => sum + row.trips, 0)
      expect(preview.trips).toBeGreaterThan(100)
      expect(told).toBe(preview.trips - preview.beyondBound)
      expect(Math.min(...preview.rows.map(row => row.trips))).toBeGreaterThanOrEqual(10)
      expect(preview.coarser + preview.suppressed).toBeLessThanOrEqual(1)
      const placed = previewCells(preview).reduce((sum, cell) => sum + cell.pickups, 0)
      expect(placed).toBeCloseTo(told * (1 - preview.suppressed), 6)
    }
})

test('too few riders, or one alone, publish nothing', () => {
  const begun = rows.filter(row => row.record && row.record.startedAtMs > 0)
  expect(previewCube(begun.slice(0, 9), 'flows', 0)).toMatchObject({
    rows: [],
    suppressed: 1,
  })
  const alone = begun
    .slice(0, 200)
    .map(row => ({ ...row, fact: { ...row.fact, rider: rows[0]!.fact.rider } }))
  expect(previewCube(alone, 'flows', 0)).toMatchObject({ rows: [], beyondBound: 196 })
})
