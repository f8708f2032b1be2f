/** One of the threads of `run-parallel.ts`: looks at its rows, then, when all have, at its share of the groups. */
import { parentPort, workerData } from 'node:worker_threads'
import { createLedger } from './ledger.ts'
import { lookAtGroups, lookAtTrips } from './look-trips.ts'
import type { Asked, Told, WorkerInit } from './run-parallel.ts'
import type { TripSource } from './trip-source.ts'

const { source: where, books, table, from, to, part, parts } = workerData as WorkerInit
const port = parentPort!
const tell = (told: Told): void => port.postMessage(told)
const { openTrips } = (await import(where.module)) as { openTrips: (options: unknown) => TripSource }
const source = openTrips(where.options)
const ledger = createLedger(books)

port.on('message', (asked: Asked) => {
  if (asked === 'trips') {
    const looked = lookAtTrips(source, from, to, table, ledger, rows => tell({ type: 'rows', rows }))
    tell({ type: 'trips', looked })
  } else tell({ type: 'groups', findings: lookAtGroups(source, table, ledger, part, parts) })
})
tell({ type: 'ready' })
