import type { TripBytes } from '../checks/read-trip.ts'
import type { SourceModule } from '../checks/run-parallel.ts'
import { loadSource } from '../checks/trip-source.ts'
import { type FormatModule, type Formatted, loadFormat } from './format.ts'
import { formatData } from './format-jobs.ts'
import { jobsInOrder } from './jobs-in-order.ts'
import type { OutFiles } from './out-files.ts'
import { type Appends, createAppender, endPlaces } from './part-places.ts'
import { checkTotals, type Totals, type Written } from './totals.ts'
import { tripBatches } from './trip-batch.ts'

/** What makes files out of formatted trips. */
export interface Export<N = unknown> {
  readonly format: FormatModule
  /** Sums that its format carries from batch to batch. */
  readonly rests?: number
  /** Trips that are formatted at a time. */
  readonly batchTrips?: number
  /** Files that get the parts as they are, before `take`; absent: `take` writes them. */
  readonly appends?: Appends
  /** Takes the batches in the order of the chain. */
  take(batch: Formatted<N>): void
  /** Writes what comes after the last trip, on so many threads; says what was written, added up from it. */
  end(threads: number): Written | Promise<Written>
}

/** Begins an export of about so many trips. */
export type MakeExport<N = unknown> = (files: OutFiles, trips?: number) => Export<N>

/** An export on its way. */
export interface ExportRun {
  /** Begins the name of the file of totals. */
  readonly name: string
  /** Trips, or the module of a source: then several threads read and format them. */
  readonly source: Iterable<TripBytes> | AsyncIterable<TripBytes> | SourceModule
  readonly files: OutFiles
  // biome-ignore lint/suspicious/noExplicitAny: an export takes what its own format gives, whatever that is
  readonly make: MakeExport<any>
  /** What the chain says of the same trips; asked after the last one was written. */
  readonly chain: () => Totals | Promise<Totals>
  /** Once the totals agree, before the files have their names. */
  readonly onChecked?: () => void | Promise<void>
  readonly onTrips?: (trips: number) => void
  /** Threads for a source that is a module; 1: this one. By default two for many trips. */
  readonly threads?: number
  /** Trips that are formatted at a time; by default what suits the export. */
  readonly batchTrips?: number
}

/** Fewer trips are written before other threads have begun. */
const PARALLEL_FROM = 20_000
/** Trips of a batch: their columns stay in the processor's cache. */
const BATCH_TRIPS = 4_096

/**
 * Writes one export, holds its totals against the chain's and only then gives the files their names, among them one of
 * totals. @throws {HexhailError} 'totals' when they differ; then no file is left
 */
export async function runExport(run: ExportRun): Promise<{ files: readonly string[]; written: Written }> {
  using files = run.files
  const made = run.make(files, 'module' in run.source ? run.source.rows : 0)
  const threads = 'module' in run.source ? (run.threads ?? (run.source.rows >= PARALLEL_FROM ? 2 : 1)) : 1
  const { batchTrips = made.batchTrips ?? BATCH_TRIPS } = run
  for await (const batch of formatted(run.source, made, batchTrips, threads)) {
    made.take(batch)
    run.onTrips?.(batch.count)
  }
  const written = await made.end(threads)
  const chain = await run.chain()
  checkTotals(chain, written)
  files
    .text(`${run.name}-totals.json`)
    .write(`${JSON.stringify({ chain, written, isSame: true }, decimal, 2)}\n`)
  await run.onChecked?.()
  return { files: files.commit(), written }
}

async function* formatted(
  source: ExportRun['source'],
  { format: how, rests: sums = 0, appends }: Export,
  batchTrips: number,
  threads: number,
): AsyncGenerator<Formatted<unknown>, void> {
  if ('module' in source && threads > 1) {
    const { jobs, data } = formatData(source, how, batchTrips, sums, appends ?? null)
    const module = new URL('./format-jobs.ts', import.meta.url).href
    yield* jobsInOrder<Formatted<unknown>>({ module, data }, jobs, threads)
    if (appends && data.places) endPlaces(appends, data.places)
    return
  }
  const format = await loadFormat<unknown>(how)
  const rests = new Float64Array(sums)
  const append = appends ? createAppender(appends) : () => {}
  const opened = 'module' in source ? await loadSource(source) : null
  const trips = opened?.trips(0, opened.rows) ?? (source as Iterable<TripBytes> | AsyncIterable<TripBytes>)
  try {
    for await (const batch of tripBatches(trips, format.looksAt, batchTrips)) {
      const made = format.format(batch, rests)
      append(made.parts)
      yield { count: batch.count, ...made, rests: rests.slice() }
    }
  } finally {
    opened?.[Symbol.dispose]?.()
  }
}

const decimal = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
