import type { SourceModule } from '../checks/run-parallel.ts'
import { loadSource } from '../checks/trip-source.ts'
import { type FormatModule, type Formatted, loadFormat } from './format.ts'
import type { DoJob } from './jobs-in-order.ts'
import { type Appends, type PartPlaces, sharePlaces, writeParts } from './part-places.ts'
import { createBatchFiller, createTripBatch } from './trip-batch.ts'

/** What the threads that format are started with. Job n is the n-th batch. */
export interface FormatData {
  readonly source: SourceModule
  readonly format: FormatModule
  /** Trips of a batch. */
  readonly trips: number
  /** Rests before each batch, once it is told in `isKnown` that they stand there. */
  readonly rests: Float64Array
  readonly isKnown: Int32Array
  /** Where the parts go; null: back to whoever asked for the job. */
  readonly places: PartPlaces | null
}

/** What threads share to format a source. */
export function formatData(
  source: SourceModule,
  format: FormatModule,
  trips: number,
  rests: number,
  appends: Appends | null,
): { readonly jobs: number; readonly data: FormatData } {
  const jobs = Math.ceil(source.rows / trips)
  const isKnown = new Int32Array(new SharedArrayBuffer(4 * (jobs + 1)))
  isKnown[0] = 1
  const shared = new Float64Array(new SharedArrayBuffer(8 * rests * (jobs + 1)))
  const places = appends && sharePlaces(appends, jobs)
  return { jobs, data: { source, format, trips, rests: shared, isKnown, places } }
}

/** The job of a thread: read a batch, take the rests over from the one before it, format it. */
export async function createJobs(given: unknown): Promise<DoJob<Formatted<unknown>>> {
  const { source: where, format: how, trips, rests: all, isKnown, places } = given as FormatData
  const source = await loadSource(where)
  const format = await loadFormat<unknown>(how)
  const { rests: sums = 0 } = format
  const batch = createTripBatch(trips)
  const filler = createBatchFiller(batch, format.looksAt)
  return job => {
    batch.count = 0
    for (const trip of source.trips(job * trips, Math.min(source.rows, (job + 1) * trips))) filler.take(trip)
    filler.finish()
    while (Atomics.load(isKnown, job) === 0) Atomics.wait(isKnown, job, 0)
    const rests = all.slice(job * sums, (job + 1) * sums)
    const next = rests.slice()
    format.carry?.(batch, next)
    all.set(next, (job + 1) * sums)
    Atomics.store(isKnown, job + 1, 1)
    Atomics.notify(isKnown, job + 1)
    const { parts, notes } = format.format(batch, rests)
    if (places) {
      writeParts(places, job, parts)
      return { value: { count: batch.count, parts: [], notes, rests } }
    }
    const own = parts.map(part => new Uint8Array(part))
    return {
      value: { count: batch.count, parts: own, notes, rests },
      moves: own.map(part => part.buffer as ArrayBuffer),
    }
  }
}
