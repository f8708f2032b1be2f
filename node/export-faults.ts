/** Exported files held against the chain again: the plain table row by row, Chicago's files by their 18 tests. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportFault } from '@hexhail/audit/checks/books.ts'
import { FIGURES } from '@hexhail/audit/exports/amount.ts'
import { TNP_FILES } from '@hexhail/audit/exports/tnp-fields.ts'
import { createTnpTests } from '@hexhail/audit/exports/tnp-tests.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { csvRows } from './csv-rows.ts'
import { type ExportSpan, storedTotals } from './export-source.ts'

/** Faults named row by row, at most; a file that is wrong throughout need not say so a million times. */
const MOST = 1_000

/**
 * What is wrong with the files of a folder. `today`: `2026-11-23`.
 * @throws {HexhailError} 'no-exports' where the folder has none of these files
 */
export async function exportFaults(
  folder: string,
  store: Pick<AuditStore, 'facts'>,
  span: ExportSpan,
  today: string,
): Promise<readonly ExportFault[]> {
  const table = join(folder, 'trips.csv')
  const tnp = TNP_FILES.filter(file => existsSync(join(folder, `tnp-${file}.csv`)))
  if (!existsSync(table) && tnp.length === 0)
    throw new HexhailError(
      'no-exports',
      `${folder} has no trips.csv and no tnp-*.csv: name the folder of an export.`,
    )
  const faults = existsSync(table) ? await tableFaults(table, store, span) : []
  if (tnp.length > 0) faults.push(...(await tnpFaults(folder, tnp, today)))
  return faults.slice(0, MOST)
}

async function tnpFaults(folder: string, files: typeof TNP_FILES, today: string): Promise<ExportFault[]> {
  const tests = createTnpTests(today)
  for (const file of files)
    for await (const [number, fields] of csvRows(join(folder, `tnp-${file}.csv`)))
      if (number > 1) tests.row(file, fields)
  return tests
    .answers()
    .filter(({ wrong }) => wrong > 0)
    .map(({ test, says, wrong }) => ({ test: `TNP_${test}`, row: `${wrong} rows`, says }))
}

/** Rows that the chain does not have or has otherwise, and how many it has more. */
async function tableFaults(
  path: string,
  store: Pick<AuditStore, 'facts'>,
  span: ExportSpan,
): Promise<ExportFault[]> {
  const settled = new Map<string, Settled>()
  for await (const fact of store.facts('settled')) if (fact.fact === 'settled') settled.set(fact.terms, fact)
  const chain = await storedTotals(store, span)
  const faults: ExportFault[] = []
  const told = new Set<string>()
  let names: string[] = []
  for await (const [number, fields] of csvRows(path)) {
    if (number === 1) {
      names = fields
      continue
    }
    const of = (name: string): string => fields[names.indexOf(name)] ?? ''
    const row = `row ${number}`
    const trip = of('trip')
    const fact = settled.get(trip)
    if (told.has(trip)) faults.push({ test: 'CSV_TWICE', row, says: `${trip} stands there twice` })
    told.add(trip)
    if (fact === undefined) {
      faults.push({ test: 'CSV_TRIP', row, says: `${trip} was never settled` })
      continue
    }
    for (const figure of FIGURES)
      if (minorOf(of(figure)) !== fact[figure])
        faults.push({
          test: 'CSV_FIGURE',
          row,
          says: `${figure} of ${of(figure)} where the chain has ${fact[figure]}`,
        })
  }
  if (told.size !== chain.trips)
    faults.push({
      test: 'CSV_TRIPS',
      row: 'all',
      says: `${told.size} trips where the chain has ${chain.trips}`,
    })
  return faults
}

/** A decimal of the token as minor units; null where it is none. */
function minorOf(text: string): bigint | null {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? []
  return whole === undefined ? null : BigInt(whole + part.padEnd(6, '0'))
}
