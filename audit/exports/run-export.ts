import type { TripBytes } from '../checks/read-trip.ts'
import type { SourceModule } from '../checks/run-parallel.ts'
import { batchesAhead } from './batches-ahead.ts'
import type { OutFiles } from './out-files.ts'
import { checkTotals, type Totals, type Written } from './totals.ts'
import { type TripBatch, tripBatches } from './trip-batch.ts'

/** What makes files out of trips. */
export interface Export {
  /** Whether it looks at the bytes of records: where the cars drove. */
  readonly hasRecords?: boolean
  take(batch: TripBatch): void
  /** Writes what comes after the last trip; says what was written, added up from it. */
  end(): Written
}

/** An export on its way. */
export interface ExportRun {
  /** Begins the name of the file of totals. */
  readonly name: string
  /** Trips, or the module of a source: then a second thread reads ahead. */
  readonly source: Iterable<TripBytes> | AsyncIterable<TripBytes> | SourceModule
  readonly files: OutFiles
  readonly make: (files: OutFiles) => Export
  /** What the chain says of the same trips; asked after the last one was written. */
  readonly chain: () => Totals | Promise<Totals>
  /** Once the totals agree, before the files have their names. */
  readonly onChecked?: () => void
  readonly onTrips?: (trips: number) => void
}

/**
 * Writes one export, holds its totals against the chain's and only then gives the files their names, among them one of
 * totals. @throws {HexhailError} 'totals' when they differ; then no file is left
 */
export async function runExport(run: ExportRun): Promise<{ files: readonly string[]; written: Written }> {
  using files = run.files
  const made = run.make(files)
  const hasRecords = made.hasRecords === true
  const { source } = run
  const batches = 'module' in source ? batchesAhead(source, hasRecords) : tripBatches(source, hasRecords)
  for await (const batch of batches) {
    made.take(batch)
    run.onTrips?.(batch.count)
  }
  const written = made.end()
  const chain = await run.chain()
  checkTotals(chain, written)
  files
    .text(`${run.name}-totals.json`)
    .write(`${JSON.stringify({ chain, written, isSame: true }, decimal, 2)}\n`)
  run.onChecked?.()
  return { files: files.commit(), written }
}

const decimal = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
