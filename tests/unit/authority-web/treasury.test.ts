import type { AuditRow } from '@hexhail/audit/settled.ts'
import { EVERYTHING, passes } from '@hexhail/authority-web/filter.ts'
import { tableCsv } from '@hexhail/authority-web/parts/SaveCsv.tsx'
import { type LeviedPayout, levyPots, levyWeeks, WEEK_MS, weekOf } from '@hexhail/authority-web/treasury.ts'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { seededTrips } from './seeded-city.ts'

const END_S = Date.UTC(2026, 10, 23, 12) / 1_000 // a Monday
const rows: readonly AuditRow[] = seededTrips(TARIFF, 5_000, END_S).map(({ fact, record }) => ({
  fact,
  record,
  filing: record ? 'opened' : 'missing',
  audit: null,
}))
const payout = (timestampS: number, levy: bigint): LeviedPayout => ({
  fact: { ...rows[0]!.fact, fact: 'closed', toDriver: 5n, toRider: 0n, timestampS },
  tariff: 1,
  amount: 5n,
  levy,
})

test('a week begins on Monday 0 h UTC', () => {
  expect(weekOf(Date.UTC(2026, 10, 23) / 1_000)).toBe(Date.UTC(2026, 10, 23))
  expect(weekOf(Date.UTC(2026, 10, 23) / 1_000 - 1)).toBe(Date.UTC(2026, 10, 16))
})

test('the weeks add up to all that settlements and other payments brought', () => {
  const weeks = levyWeeks(rows, [payout(END_S, 7n), payout(END_S - 700_000, 4n)])
  expect(weeks.length).toBeGreaterThan(1)
  expect(weeks[0]!.fromMs).toBe(weekOf(END_S))
  expect(weeks.reduce((sum, each) => sum + each.trips, 0)).toBe(rows.length)
  expect(weeks.reduce((sum, each) => sum + each.levy, 0n)).toBe(
    rows.reduce((sum, each) => sum + each.fact.levy, 0n),
  )
  expect(weeks.reduce((sum, each) => sum + each.othersLevy, 0n)).toBe(11n)
})

test('the proof of a week is the settlements that its filter lets through', () => {
  for (const week of levyWeeks(rows, [])) {
    const filter = { ...EVERYTHING, tariff: week.tariff, weekMs: week.fromMs }
    const behind = rows.filter(row => passes(filter, row, END_S * 1_000))
    expect(behind.length).toBe(week.trips)
    expect(behind.reduce((sum, { fact }) => sum + fact.levy, 0n)).toBe(week.levy)
    expect(behind.every(({ fact }) => fact.timestampS * 1_000 < week.fromMs + WEEK_MS)).toBe(true)
  }
  expect(rows.some(row => passes({ ...EVERYTHING, tariff: 2 }, row, END_S * 1_000))).toBe(false)
})

test('collected is what is due less what waits, and unknown until the chain answers', () => {
  const weeks = levyWeeks(rows.slice(0, 3), [payout(END_S, 7n)])
  const due = rows.slice(0, 3).reduce((sum, each) => sum + each.fact.levy, 7n)
  expect(levyPots(weeks, new Map())).toEqual([{ tariff: 1, due, waiting: null, collected: null }])
  expect(levyPots(weeks, new Map([[1, due - 2n]]))).toEqual([
    { tariff: 1, due, waiting: due - 2n, collected: 2n },
  ])
})

test('a saved table has the plain columns, quoted, and runs no formula in a spreadsheet', () => {
  const columns = [
    { key: 'name', title: 'Name', cell: String, plain: (row: string) => row },
    { key: 'looks', title: 'Looks', cell: String },
    { key: 'size', title: 'Size', cell: String, plain: (row: string) => row.length },
  ]
  expect(tableCsv(columns, ['a,"b"', '=1+1'])).toBe('name,size\r\n"a,""b""",5\r\n\'=1+1,4\r\n')
})
