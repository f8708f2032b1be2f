import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type AuditReport, auditReport } from './audit-report.ts'
import type { Books } from './books.ts'
import type { Finding } from './finding.ts'
import type { Looked } from './look-trips.ts'
import { createTripColumns, KEPT, type TripColumns } from './trip-columns.ts'

/** Where worker threads get the trips: a module whose `openTrips(options)` is a `TripSource`. */
export interface SourceModule {
  /** URL of the module. */
  readonly module: string
  /** Plain data. */
  readonly options: unknown
  readonly rows: number
}

/** What a worker is started with. */
export interface WorkerInit {
  readonly source: SourceModule
  readonly books: Books
  readonly table: TripColumns
  readonly from: number
  readonly to: number
  readonly part: number
  readonly parts: number
}

/** What a worker is asked, and what it tells. */
export type Asked = 'trips' | 'groups'
export type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'rows'; readonly rows: number }
  | { readonly type: 'trips'; readonly looked: Looked }
  | { readonly type: 'groups'; readonly findings: readonly Finding[] }

/** Workers keep columns, not objects: what they drop is collected soon, so that it never piles up. Megabytes. */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 }

/** All proof checks on `parts` worker threads. The same report as `runAudit`, whatever their number. */
export async function runParallel(
  source: SourceModule,
  books: Books,
  parts: number,
  onRows: (rows: number) => void = () => {},
): Promise<AuditReport> {
  const table = createTripColumns(source.rows, KEPT, true)
  const share = Math.ceil(source.rows / parts)
  const workers = Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part * share, Math.min(source.rows, (part + 1) * share)]
    const workerData: WorkerInit = { source, books, table, from: Math.min(from, to), to, part, parts }
    return new Worker(new URL('./audit-worker.ts', import.meta.url), { workerData, resourceLimits: LIMITS })
  })
  try {
    const tells = workers.map(worker => listen(worker, onRows))
    await Promise.all(tells.map(next => next('ready')))
    const ask = <T extends Told['type']>(asked: Asked, type: T) => {
      for (const worker of workers) worker.postMessage(asked)
      return Promise.all(tells.map(next => next(type)))
    }
    const looked = (await ask('trips', 'trips')).map(told => told.looked)
    const groups = (await ask('groups', 'groups')).flatMap(told => told.findings)
    const asked = looked[0]!.asked.map((_, c) => looked.reduce((sum, each) => sum + each.asked[c]!, 0))
    return auditReport(table, books, [...looked.flatMap(each => each.findings), ...groups], asked)
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

/** Waits for what a worker tells; a worker that fails fails the waiting. */
function listen(worker: Worker, onRows: (rows: number) => void) {
  const told: Told[] = []
  worker.on('message', (each: Told) => {
    if (each.type === 'rows') onRows(each.rows)
    else told.push(each)
  })
  return async <T extends Told['type']>(type: T): Promise<Extract<Told, { type: T }>> => {
    while (told[0]?.type !== type) await once(worker, 'message')
    return told.shift() as Extract<Told, { type: T }>
  }
}
