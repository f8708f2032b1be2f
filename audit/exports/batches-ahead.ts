import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SourceModule } from '../checks/run-parallel.ts'
import { BATCH_TRIPS, createTripBatch, type TripBatch } from './trip-batch.ts'

/** What the worker is started with: batches that both threads look at. */
export interface BatchWorkerInit {
  readonly source: SourceModule
  readonly batches: readonly Omit<TripBatch, 'records'>[]
  readonly hasRecords: boolean
}

/** The worker is asked to fill a batch, and tells how many trips are in it: 0 after the last. */
export type BatchAsked = number
export interface BatchTold {
  readonly number: number
  readonly count: number
  readonly records: TripBatch['records']
}

/** As `tripBatches`, but a second thread reads the next trips while these are written. */
export async function* batchesAhead(
  source: SourceModule,
  hasRecords: boolean,
  trips = BATCH_TRIPS,
): AsyncGenerator<TripBatch, void> {
  const batches = [createTripBatch(trips, true), createTripBatch(trips, true)]
  const workerData: BatchWorkerInit = {
    source,
    batches: batches.map(({ count, t, settled }) => ({ count, t, settled })),
    hasRecords,
  }
  const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { workerData })
  const told: BatchTold[] = []
  worker.on('message', (each: BatchTold) => told.push(each))
  try {
    for (const number of batches.keys()) worker.postMessage(number satisfies BatchAsked)
    for (;;) {
      while (told.length === 0) await once(worker, 'message')
      const { number, count, records } = told.shift()!
      if (count === 0) return
      const batch = { ...batches[number]!, count, records }
      yield batch
      worker.postMessage(number satisfies BatchAsked)
    }
  } finally {
    await worker.terminate()
  }
}
