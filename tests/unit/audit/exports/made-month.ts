import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { type MakeExport, runExport } from '@hexhail/audit/exports/run-export.ts'
import { createTotals, type Totals } from '@hexhail/audit/exports/totals.ts'
import { parquetReadObjects } from 'hyparquet'
import { makeTrips } from '../../../bench/audit/make-trips.ts'
import { openTrips } from '../../../bench/audit/trip-file.ts'

/** A folder of files that a test writes. */
export interface MadeFolder extends Disposable {
  readonly dir: string
  text(name: string): string
  /** Rows of a CSV file by their header. */
  rows(name: string): Readonly<Record<string, string>>[]
  parquet(name: string): Promise<Readonly<Record<string, unknown>>[]>
}

/** An empty folder. */
export function madeFolder(): MadeFolder {
  const dir = mkdtempSync(join(tmpdir(), 'hexhail-exports-'))
  const text = (name: string) => readFileSync(join(dir, name), 'utf8')
  return {
    dir,
    text,
    rows(name) {
      const [header = '', ...lines] = text(name).trimEnd().split('\r\n')
      const names = header.split(',')
      return lines.map(line => Object.fromEntries(line.split(',').map((field, i) => [names[i], field])))
    },
    async parquet(name) {
      const bytes = new Uint8Array(readFileSync(join(dir, name)))
      return parquetReadObjects({ file: bytes.buffer })
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true }),
  }
}

/** Trips of a made month of four towns, frauds among them. */
export function madeMonth(trips: number): readonly TripBytes[] {
  using folder = madeFolder()
  const path = join(folder.dir, 'trips')
  makeTrips(path, trips, 40, 5)
  const source = openTrips(path)
  return Array.from({ length: source.rows }, (_, row) => source.trip(row))
}

/** Totals of settlements by their bytes. */
export function totalsOf(trips: readonly TripBytes[]): Totals {
  const adding = createTotals()
  for (const { settled } of trips) adding.take(settled)
  return adding.totals
}

/** Makes an export of trips into a folder. */
export const exportTrips = (trips: readonly TripBytes[], make: MakeExport, dir: string) =>
  runExport({ name: 'made', source: trips, files: openOutFiles(dir), make, chain: () => totalsOf(trips) })
