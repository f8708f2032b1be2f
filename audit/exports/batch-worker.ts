/** The thread of `batches-ahead.ts`: reads trips into the batch that it is asked to fill. */
import { parentPort, workerData } from 'node:worker_threads'
import type { TripSource } from '../checks/trip-source.ts'
import type { BatchAsked, BatchTold, BatchWorkerInit } from './batches-ahead.ts'
import { createBatchFiller } from './trip-batch.ts'

const { source: where, batches, hasRecords } = workerData as BatchWorkerInit
const port = parentPort!
const { openTrips } = (await import(where.module)) as { openTrips: (options: unknown) => TripSource }
const source = openTrips(where.options)
const trips = source.trips(0, source.rows)[Symbol.iterator]()
const rooms = batches.map(each => {
  const batch = { ...each, records: [] }
  return { batch, filler: createBatchFiller(batch, hasRecords) }
})

port.on('message', (number: BatchAsked) => {
  const { batch, filler } = rooms[number]!
  batch.count = 0
  for (let next = trips.next(); !next.done; next = trips.next()) {
    if (filler.take(next.value)) break
  }
  filler.finish()
  port.postMessage({ number, count: batch.count, records: batch.records } satisfies BatchTold)
})
