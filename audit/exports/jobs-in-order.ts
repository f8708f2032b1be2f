/** Jobs that several threads do, and whose results come in the order of the jobs. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** What a thread does: a module whose `createJobs(data, progress)` gives a `DoJob`. */
export interface JobModule {
  readonly module: string
  /** Plain data, and memory that the threads share. */
  readonly data: unknown
}

/** Does job n; what is in `moves` is not copied to the other thread but goes there. */
export type DoJob<T = unknown> = (job: number) => {
  readonly value: T
  readonly moves?: readonly ArrayBuffer[]
}

/** What a thread is started with. `turns`: the next job that nobody has taken, and how many results were taken. */
export interface JobInit extends JobModule {
  readonly jobs: number
  readonly turns: Int32Array
  /** Results that may wait to be taken. */
  readonly ahead: number
}

/** Places in `turns`. */
export const TURN = { next: 0, taken: 1 } as const

/** What a thread tells: a result, or what went wrong. */
export type JobTold =
  | { readonly job: number; readonly value: unknown }
  | { readonly code: string | null; readonly message: string }

/** Megabytes; what goes out is no part of it. */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 }

/** Does jobs 0 to `jobs` - 1 on threads. @throws what a job throws */
export async function* jobsInOrder<T>(
  what: JobModule,
  jobs: number,
  threads: number,
): AsyncGenerator<T, void> {
  const turns = new Int32Array(new SharedArrayBuffer(8))
  const workerData: JobInit = { ...what, jobs, turns, ahead: threads + 1 }
  const workers = Array.from(
    { length: Math.min(threads, jobs) },
    () => new Worker(new URL('./job-worker.ts', import.meta.url), { workerData, resourceLimits: LIMITS }),
  )
  const told: JobTold[] = []
  const failed: unknown[] = []
  const inbox = new EventTarget()
  for (const worker of workers) {
    worker.on('message', (each: JobTold) => {
      told.push(each)
      inbox.dispatchEvent(new Event('told'))
    })
    worker.on('error', error => {
      failed.push(error)
      inbox.dispatchEvent(new Event('told'))
    })
  }
  const held = new Map<number, unknown>()
  try {
    for (let job = 0; job < jobs; ) {
      while (told.length === 0 && failed.length === 0) await once(inbox, 'told')
      if (failed.length > 0) throw failed[0]
      const each = told.shift()!
      if ('message' in each) throw thrown(each)
      held.set(each.job, each.value)
      for (; held.has(job); job++) {
        const value = held.get(job) as T
        held.delete(job)
        yield value
        Atomics.store(turns, TURN.taken, job + 1)
        Atomics.notify(turns, TURN.taken)
      }
    }
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

const thrown = ({ code, message }: { code: string | null; message: string }): Error =>
  code === null ? new Error(message) : new HexhailError(code, message)
