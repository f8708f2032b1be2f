import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { plainCsv } from '@hexhail/audit/exports/plain-table.ts'
import { runExport } from '@hexhail/audit/exports/run-export.ts'
import { tnpHeader } from '@hexhail/audit/exports/tnp-fields.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { csvRows } from '@hexhail/node/csv-rows.ts'
import { exportFaults } from '@hexhail/node/export-faults.ts'
import { storedTotals, storedTrips } from '@hexhail/node/export-source.ts'
import { afterAll, expect, test } from 'vitest'
import { PLAIN, settledTrip } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

const dir = mkdtempSync(join(tmpdir(), 'hexhail-exports-'))
afterAll(() => rmSync(dir, { recursive: true }))
const ALL = { fromS: 0, toS: Number.MAX_SAFE_INTEGER }
const TODAY = '2026-11-23'

async function exported() {
  const store = openSqliteStore(':memory:', { chainId: 1, vault: `0x${'aa'.repeat(20)}` })
  for (let i = 1; i <= 3; i++) {
    const { fact } = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(i) })
    const place = { blockNumber: i, blockHash: `0x${`0${i}`.repeat(32)}` } as const
    await store.add([{ ...fact, ...place }], { number: i, hash: place.blockHash })
  }
  await runExport({
    ...{
      name: 'csv',
      source: storedTrips(store, ALL, async () => []),
      files: openOutFiles(dir),
      make: plainCsv,
    },
    chain: () => storedTotals(store, ALL),
  })
  return store
}

test('an export as it was made agrees with the chain, and one unit more, a row less or a row twice does not', async () => {
  const store = await exported()
  const path = join(dir, 'trips.csv')
  const whole = readFileSync(path, 'utf8')
  const codes = async (text: string) => {
    writeFileSync(path, text)
    return (await exportFaults(dir, store, ALL, TODAY)).map(({ test: code }) => code)
  }
  expect(await codes(whole)).toEqual([])
  const [head = '', first = '', ...rest] = whole.trimEnd().split('\r\n')
  const { fare } = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(1) }).fact
  const decimal = (minor: bigint) => String(minor).replace(/(\d{6})$/, '.$1')
  expect(first).toContain(`,${decimal(fare)},`)
  const dear = first.replace(`,${decimal(fare)},`, `,${decimal(fare + 1n)},`)
  const text = (...rows: readonly string[]) => `${[head, ...rows].join('\r\n')}\r\n`
  expect(await codes(text(dear, ...rest))).toEqual(['CSV_FIGURE'])
  expect(await codes(text(...rest))).toEqual(['CSV_TRIPS'])
  expect(await codes(text(first, first, ...rest))).toEqual(['CSV_TWICE'])
  expect(await codes(text(first.replace(/^0x../, '0xff'), ...rest))).toEqual(['CSV_TRIP'])
})

test("Chicago's files are tested as they lie there", async () => {
  const store = await exported()
  writeFileSync(
    join(dir, 'tnp-driver.csv'),
    `${tnpHeader('driver')}\r\n"Smith, A",,IL,1990-01-01,2020-01-01,W2,Y\r\n`,
  )
  const faults = await exportFaults(dir, store, ALL, TODAY)
  expect(faults.map(({ test: code, row }) => [code, row])).toEqual([['TNP_1', '1 rows']])
  const rows = []
  for await (const [, fields] of csvRows(join(dir, 'tnp-driver.csv'))) rows.push(fields)
  expect(rows[1]).toEqual(['Smith, A', '', 'IL', '1990-01-01', '2020-01-01', 'W2', 'Y'])
  await expect(exportFaults(tmpdir(), store, ALL, TODAY)).rejects.toMatchObject({ code: 'no-exports' })
})
