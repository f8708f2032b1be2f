import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { mds } from '@hexhail/audit/exports/mds.ts'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { NO_PARTICULARS } from '@hexhail/audit/exports/particulars.ts'
import { plainCsv, plainParquet } from '@hexhail/audit/exports/plain-table.ts'
import { type MakeExport, runExport } from '@hexhail/audit/exports/run-export.ts'
import { tnp } from '@hexhail/audit/exports/tnp.ts'
import { createTotals } from '@hexhail/audit/exports/totals.ts'
import { expect, test } from 'vitest'
import { makeTrips } from '../../../bench/audit/make-trips.ts'
import { openTrips } from '../../../bench/audit/trip-file.ts'
import { madeFolder } from './made-month.ts'

const MODULE = new URL('../../../bench/audit/trip-file.ts', import.meta.url).href
const UUID = '8d293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a'
const OFFICE = { particulars: NO_PARTICULARS, zone: 'America/New_York' }
const KINDS: Readonly<Record<string, MakeExport>> = {
  parquet: plainParquet,
  tnp: tnp({ ...OFFICE, fromS: 0, toS: 2 ** 31, state: 'IL', today: '2026-12-05', hasLocations: true }),
  mds: mds({
    ...{ provider: UUID, jurisdiction: UUID, currency: 'USD', particulars: NO_PARTICULARS },
    ...{ tariffs: new Map(), hasTelemetry: true },
  }),
}
/** Trips of a batch: several go to and fro, and what is carried is handed on. */
const TRIPS = 50

test('two threads write byte for byte what one writes', async () => {
  using trips = madeFolder()
  const path = join(trips.dir, 'trips')
  makeTrips(path, 260, 40, 5)
  const source = openTrips(path)
  const chain = createTotals()
  for (const { settled } of source.trips(0, source.rows)) chain.take(settled)
  for (const [name, make] of Object.entries(KINDS)) {
    using one = madeFolder()
    using two = madeFolder()
    const run = (threads: number, dir: string) =>
      runExport({
        ...{ name, make, threads, batchTrips: TRIPS, files: openOutFiles(dir), chain: () => chain.totals },
        source: { module: MODULE, options: path, rows: source.rows },
      })
    const { written } = await run(1, one.dir)
    expect((await run(2, two.dir)).written).toEqual(written)
    expect(readdirSync(two.dir)).toEqual(readdirSync(one.dir))
    for (const file of readdirSync(one.dir)) expect([file, two.text(file)]).toEqual([file, one.text(file)])
  }
}, 60_000)

test('what another thread cannot read or hold fails the export, and leaves no file', async () => {
  using folder = madeFolder()
  const run = (module: string) =>
    runExport({
      ...{ name: 'csv', make: plainCsv, threads: 2, files: openOutFiles(folder.dir) },
      source: { module, options: '/nowhere', rows: 10_000 },
      chain: () => createTotals().totals,
    })
  await expect(run(MODULE)).rejects.toThrow('/nowhere')
  expect(readdirSync(folder.dir)).toEqual([])
})
