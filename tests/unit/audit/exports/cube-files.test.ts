import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { FLOWS } from '@hexhail/audit/cubes/cubes.ts'
import { cube } from '@hexhail/audit/exports/cube.ts'
import { appendLedger, readLedger } from '@hexhail/audit/exports/cube-ledger.ts'
import { cubeRelease } from '@hexhail/node/cube-release.ts'
import { periodSpan } from '@hexhail/node/export-period.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { cellToParent } from 'h3-js'
import { expect, test } from 'vitest'
import { exportTrips, madeFolder, madeMonth } from './made-month.ts'

const SPAN = periodSpan('2026-11')
const isUnder = (cell: string, group: string, level: number): boolean =>
  group === '' || cellToParent(cell, 7 - level) === group

test('from the written files no trip can be told from nine others, and no cell is below ten', async () => {
  using folder = madeFolder()
  const trips = madeMonth(1_600)
  const uniform = createSeeded(9).next
  await exportTrips(trips, cube({ shape: FLOWS, period: '2026-11', uniform, onText: () => {} }), folder.dir)
  const rows = folder.rows('flows-2026-11.csv')
  expect(rows.length).toBeGreaterThan(3)
  expect(Math.min(...rows.map(row => Number(row.trips)))).toBeGreaterThanOrEqual(10)
  const table = await folder.parquet('flows-2026-11.parquet')
  expect(table.map(row => [row.pickup_cell, row.trips])).toEqual(
    rows.map(row => [row.pickup_cell, Number(row.trips)]),
  )
  // Whoever knows a trip's cells finds a row for them; how many trips that row could be is what hides it.
  const { plainCsv } = await import('@hexhail/audit/exports/plain-table.ts')
  await exportTrips(trips, plainCsv, folder.dir)
  const known = folder.rows('trips.csv').filter(row => row.started_at !== '')
  const unique = rows.filter(row => {
    const inside = known.filter(
      trip =>
        isUnder(trip.pickup_cell!, row.pickup_cell!, Number(row.level)) &&
        isUnder(trip.destination_cell!, row.dropoff_cell!, Number(row.level)),
    )
    return new Set(inside.map(trip => trip.rider)).size < 10
  })
  expect(unique).toEqual([])
})

test('a release is made once, and its privacy is spent before it has a name', async () => {
  using folder = madeFolder()
  const ledger = join(folder.dir, 'epsilon.jsonl')
  const init = {
    name: 'flows',
    period: '2026-11',
    span: SPAN,
    toLocal: (s: number) => s,
    ledger,
    out: folder.dir,
  }
  const release = cubeRelease(init)
  await exportTrips(madeMonth(200), release.make, folder.dir)
  release.spend()
  expect(readLedger(ledger)).toMatchObject([{ name: 'flows', period: '2026-11', epsilon: 1 }])
  expect(() => cubeRelease(init)).toThrow(/is released/)
  appendLedger(ledger, { name: 'hours', period: '2026-11', epsilon: 1, sha256: 'ab'.repeat(32) })
  expect(() => cubeRelease({ ...init, name: 'fares', period: '2026-W48' })).not.toThrow()
  expect(() => cubeRelease({ ...init, name: 'fares' })).toThrow(/is made of a/)
  expect(() => cubeRelease({ ...init, ledger: join(folder.dir, 'other.jsonl') })).toThrow(
    /give its own ledger/,
  )
  appendFileSync(ledger, 'torn\n')
  expect(() => readLedger(ledger)).toThrow(/Line 3/)
  expect(existsSync(join(folder.dir, 'flows-2026-11.parquet'))).toBe(true)
})

test('periods are months and ISO weeks', () => {
  const day = (s: number) => new Date(s * 1_000).toISOString().slice(0, 10)
  const of = (period: string) => [day(periodSpan(period).fromS), day(periodSpan(period).toS)]
  expect(of('2026-12')).toEqual(['2026-12-01', '2027-01-01'])
  expect(of('2026-W01')).toEqual(['2025-12-29', '2026-01-05'])
  expect(of('2026-W48')).toEqual(['2026-11-23', '2026-11-30'])
  expect(() => periodSpan('2026-13')).toThrow(/--period/)
})
