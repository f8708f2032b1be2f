/** A thread of `jobs-in-order.ts`: takes the next job that nobody has until none is left. */
import { parentPort, workerData } from 'node:worker_threads'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type DoJob, type JobInit, type JobTold, TURN } from './jobs-in-order.ts'

const { module, data, jobs, turns, ahead } = workerData as JobInit
const port = parentPort!
const tell = (told: JobTold, moves: readonly ArrayBuffer[] = []) => port.postMessage(told, [...moves])

try {
  const { createJobs } = (await import(module)) as {
    createJobs: (data: unknown) => DoJob | Promise<DoJob>
  }
  const run = await createJobs(data)
  for (;;) {
    const job = Atomics.add(turns, TURN.next, 1)
    if (job >= jobs) break
    waitForRoom(job)
    const { value, moves } = run(job)
    tell({ job, value }, moves)
  }
} catch (error) {
  const code = error instanceof HexhailError ? error.code : null
  tell({ code, message: error instanceof Error ? error.message : String(error) })
}

/** Whoever is far ahead waits, so that results do not pile up. */
function waitForRoom(job: number): void {
  for (;;) {
    const taken = Atomics.load(turns, TURN.taken)
    if (job < taken + ahead) return
    Atomics.wait(turns, TURN.taken, taken)
  }
}
