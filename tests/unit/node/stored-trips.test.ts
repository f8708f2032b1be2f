import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createDesk } from '@hexhail/audit/desk.ts'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { plainCsv } from '@hexhail/audit/exports/plain-table.ts'
import { type ExportRun, runExport } from '@hexhail/audit/exports/run-export.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { openRecordStore, openStore } from '@hexhail/audit/store/open-store.ts'
import { storedTotals, storedTrips } from '@hexhail/node/export-source.ts'
import { openedBy } from '@hexhail/node/filed-records.ts'
import { openTrips, PLACE_TRIPS, storedTripsModule } from '@hexhail/node/stored-trips.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { expect, test } from 'vitest'
import { madeFolder } from '../audit/exports/made-month.ts'
import { PLAIN, settledTrip } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

/** Settlements: more than stand between two remembered places. */
const TRIPS = PLACE_TRIPS + 30
/** Those of the first and last are left out by the time. */
const SPAN = { fromS: 2_000_001, toS: 2_000_000 + TRIPS - 1 }

test('threads that read the file write what the store gives', async () => {
  using folder = madeFolder()
  const db = join(folder.dir, 'audit.sqlite')
  const origin = { chainId: 1, vault: `0x${'aa'.repeat(20)}` } as const
  await using store = await openStore(db, origin)
  await using records = await openRecordStore(db, origin)
  const key = await makeAuditKey()
  const desk = createDesk({ records, now: () => 1 })
  const places: number[] = []
  const { fact: plain } = settledTrip(TARIFF, PLAIN)
  for (let n = 0; n < TRIPS; n++) {
    const { fact, record } =
      n % 500 === 3
        ? settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(n % 251) })
        : { fact: plain }
    const terms = record ? fact.terms : (`0x${n.toString(16).padStart(64, '0')}` as const)
    const hash = `0x${(n + 1).toString(16).padStart(64, '0')}` as const
    const own = { ...fact, terms, timestampS: 2_000_000 + n, blockNumber: 10 + n, blockHash: hash }
    await store.add([n === 7 ? { ...own, tip: 2n ** 70n } : own], { number: 10 + n, hash })
    if (record)
      await desk.file(
        terms,
        Buffer.from(await sealRecord(fromHex(key.publicKey), 202611, record)).toString('base64'),
      )
    if (n >= 1 && (n - 1) % PLACE_TRIPS === 0 && n < TRIPS - 1) places.push(10 + n, fact.logIndex)
  }
  const rows = TRIPS - 2
  const options = { db, span: SPAN, keys: [key.privateKey], rows, places: Float64Array.from(places) }
  const run = (out: string, more: Pick<ExportRun, 'source' | 'threads' | 'batchTrips'>) =>
    runExport({
      ...{ name: 'csv', make: plainCsv, files: openOutFiles(join(folder.dir, out)), ...more },
      chain: () => storedTotals(store, SPAN),
    })
  await run('plain', {
    source: storedTrips(store, SPAN, openedBy(records, createRecordOpener([key.privateKey]))),
  })
  await run('threads', { source: storedTripsModule(options), threads: 2, batchTrips: 100 })
  expect(folder.text('threads/trips.csv')).toBe(folder.text('plain/trips.csv'))
  const told = folder.rows('threads/trips.csv')
  expect(told.length).toBe(rows)
  expect(told.filter(row => row.record === 'opened').length).toBe(3)
  using source = openTrips(options) as ReturnType<typeof openTrips> & Disposable
  const last = `0x${Buffer.from(source.trip(rows - 1).settled.subarray(0, 32)).toString('hex')}`
  expect(last).toBe(told.at(-1)!.trip)
  expect(readdirSync(join(folder.dir, 'threads')).sort()).toEqual(['csv-totals.json', 'trips.csv'])
})
