import { readdirSync } from 'node:fs'
import { hvfhv } from '@hexhail/audit/exports/hvfhv.ts'
import { mds } from '@hexhail/audit/exports/mds.ts'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { NO_PARTICULARS } from '@hexhail/audit/exports/particulars.ts'
import { plainCsv, plainParquet } from '@hexhail/audit/exports/plain-table.ts'
import { type MakeExport, runExport } from '@hexhail/audit/exports/run-export.ts'
import { tnp } from '@hexhail/audit/exports/tnp.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import { storedTotals, storedTrips } from '@hexhail/node/export-source.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { createScriptedChain, SCRIPTED } from '../scripted-chain.ts'
import { madeFolder } from './made-month.ts'

const SPAN = { fromS: 0, toS: 2 ** 40 }
const PARTS = { particulars: NO_PARTICULARS, zone: 'UTC' }
const UUID = '8d293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a'
const KINDS: Readonly<Record<string, MakeExport>> = {
  csv: plainCsv,
  parquet: plainParquet,
  hvfhv: hvfhv({ licence: null, base: null, levyColumn: 'bcf', zones: new Map(), ...PARTS }),
  tnp: tnp({ ...PARTS, ...SPAN, state: null, today: '2026-12-01', hasLocations: false }),
  mds: mds({
    ...{ provider: UUID, jurisdiction: UUID, currency: 'USD', particulars: NO_PARTICULARS },
    ...{ tariffs: new Map(), hasTelemetry: false },
  }),
}

test('every export says what the chain says, before and after a reorganisation, and nothing when it comes in between', async () => {
  const random = createSeeded(31)
  // The script's rare sum of 2^95 is for csv alone: see the next test.
  const chain = createScriptedChain(() => 0.01 + 0.99 * random.next())
  await using store = openSqliteStore(':memory:', {
    chainId: SCRIPTED.chainId,
    vault: SCRIPTED.contracts.vault,
  })
  const sync = () => indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: store })
  const sums: unknown[] = []
  for (const name of Object.keys(KINDS)) {
    using folder = madeFolder()
    chain.grow(40)
    await sync()
    const run = (between: () => Promise<unknown>) =>
      runExport({
        ...{ name, files: openOutFiles(folder.dir), make: KINDS[name]! },
        source: storedTrips(store, SPAN, async () => []),
        chain: async () => {
          await between()
          return storedTotals(store, SPAN)
        },
      })
    const reorganise = async () => {
      chain.shrink(6)
      chain.grow(9)
      await sync()
    }
    await expect(run(reorganise)).rejects.toThrow(/where the chain has/)
    expect(readdirSync(folder.dir)).toEqual([])
    const { written } = await run(async () => {})
    const told = JSON.parse(folder.text(`${name}-totals.json`)) as { chain: object }
    expect(told.chain).toEqual(JSON.parse(JSON.stringify(await storedTotals(store, SPAN), asText)))
    expect(readdirSync(folder.dir).filter(file => file.startsWith('.'))).toEqual([])
    sums.push(written.trips)
  }
  expect(sums.slice(0, 4).every(trips => (trips as number) > 30)).toBe(true)
})

test('a sum beyond every number is exact in csv, and refused where it does not fit', async () => {
  using folder = madeFolder()
  const chain = createScriptedChain(createSeeded(12).next)
  chain.grow(400)
  await using store = openSqliteStore(':memory:', {
    chainId: SCRIPTED.chainId,
    vault: SCRIPTED.contracts.vault,
  })
  await indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: store })
  const run = (name: string) =>
    runExport({
      ...{ name, files: openOutFiles(folder.dir), make: KINDS[name]! },
      source: storedTrips(store, SPAN, async () => []),
      chain: () => storedTotals(store, SPAN),
    })
  const { written } = await run('csv')
  expect(written.sums.tip).toBeGreaterThan(2n ** 95n)
  await expect(run('parquet')).rejects.toThrow(/fits no column/)
  await expect(run('hvfhv')).rejects.toThrow(/does not fit this file/)
  expect(readdirSync(folder.dir).sort()).toEqual(['csv-totals.json', 'trips.csv'])
})

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
