import type { AuditRow } from '@hexhail/audit/settled.ts'
import { EVERYTHING, spanOf } from '@hexhail/authority-web/filter.ts'
import { hourOf, STEP_MS, timeSeries, waitOf } from '@hexhail/authority-web/time-series.ts'
import { WEEK_MS } from '@hexhail/authority-web/treasury.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { seededTrips } from './seeded-city.ts'

const END_S = 1_795_390_412
const WEST_MIN = -180
const rows: readonly AuditRow[] = seededTrips(TARIFF, 300, END_S).map(({ fact, record }) => ({
  ...{ fact, record, audit: null },
  filing: record ? 'opened' : 'missing',
}))
const at = (timestampS: number): AuditRow => ({ ...rows[0]!, fact: { ...rows[0]!.fact, timestampS } })
const sumOf = (of: (row: AuditRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0)

test('every settlement is in one stretch, and the stretches follow each other without a gap', () => {
  const { step, stretches } = timeSeries(rows, { fromMs: null, toMs: END_S * 1_000 }, WEST_MIN)
  expect(step).toBe('hour')
  stretches.slice(1).forEach((each, n) => {
    expect(each.fromMs - stretches[n]!.fromMs).toBe(STEP_MS.hour)
  })
  const total = (key: 'trips' | 'waits' | 'waitS') => stretches.reduce((sum, each) => sum + each[key], 0)
  expect(total('trips')).toBe(300)
  expect(stretches.reduce((sum, each) => sum + each.fares, 0n)).toBe(
    rows.reduce((sum, row) => sum + row.fact.fare, 0n),
  )
  expect(total('waits')).toBe(rows.filter(row => waitOf(row) !== null).length)
  expect(total('waits')).toBeGreaterThan(200)
  expect(total('waitS')).toBeCloseTo(sumOf(row => waitOf(row) ?? 0))
})

test('the longer the time, the longer the stretches; never more than 170 of them below ten years', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3_650 * 86_400 }),
      fc.integer({ min: -720, max: 840 }),
      (agoS, offset) => {
        const list = [at(END_S), at(END_S - agoS)]
        const { step, stretches } = timeSeries(list, { fromMs: null, toMs: END_S * 1_000 }, offset)
        expect(stretches.reduce((sum, each) => sum + each.trips, 0)).toBe(2)
        if (step !== 'week') expect(stretches.length).toBeLessThan(170)
        expect(stretches.length).toBe(1 + (stretches.at(-1)!.fromMs - stretches[0]!.fromMs) / STEP_MS[step])
      },
    ),
  )
})

test('days begin at midnight of the reader, weeks on his Monday', () => {
  const days = timeSeries(
    [at(END_S), at(END_S - 30 * 86_400)],
    { fromMs: null, toMs: END_S * 1_000 },
    WEST_MIN,
  )
  expect(days.step).toBe('day')
  expect(new Date(days.stretches[0]!.fromMs).toISOString()).toMatch(/T03:00:00/)
  const weeks = timeSeries(
    [at(END_S), at(END_S - 300 * 86_400)],
    { fromMs: null, toMs: END_S * 1_000 },
    WEST_MIN,
  )
  expect(weeks.step).toBe('week')
  const monday = new Date(weeks.stretches[0]!.fromMs)
  expect([monday.getUTCDay(), monday.getUTCHours()]).toEqual([1, 3])
})

test('a period is drawn whole, also where nothing was settled in it', () => {
  const nowMs = END_S * 1_000
  const span = spanOf({ ...EVERYTHING, period: 'day' }, nowMs)
  expect(timeSeries([], span, 0).stretches).toHaveLength(25)
  const weekMs = Math.floor(nowMs / WEEK_MS) * WEEK_MS - 3 * 86_400_000 // a Monday
  expect(spanOf({ ...EVERYTHING, weekMs }, nowMs + WEEK_MS)).toEqual({
    fromMs: weekMs,
    toMs: weekMs + WEEK_MS - 1,
  })
  expect(timeSeries([], spanOf({ ...EVERYTHING, weekMs }, nowMs + WEEK_MS), 0).stretches).toHaveLength(7)
})

test('a wait is from the asking to the arrival; what was never begun or told has none', () => {
  const record = { requestedAtMs: 1_000, arrivedAtMs: 61_000, startedAtMs: 70_000 } as TripRecord
  const wait = (change: Partial<TripRecord>) => waitOf({ ...rows[0]!, record: { ...record, ...change } })
  expect(wait({})).toBe(60)
  expect(wait({ startedAtMs: 0 })).toBeNull()
  expect(wait({ requestedAtMs: 0 })).toBeNull()
  expect(wait({ arrivedAtMs: 500 })).toBeNull()
  expect(waitOf({ ...rows[0]!, record: null })).toBeNull()
})

test('the hour of a trip is that of its start by the reader’s clock', () => {
  const noon = Date.UTC(2026, 10, 23, 12, 59)
  const row = { ...at(noon / 1_000 + 3_600), record: { startedAtMs: noon } as TripRecord }
  expect([0, -180, 60, 720].map(offset => hourOf(row, offset))).toEqual([12, 9, 13, 0])
  expect(hourOf({ ...row, record: null }, 0)).toBe(13)
})
