import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'

/** What went wrong last: a code for the page's sentence. */
export interface Problem {
  readonly code: string
  readonly message: string
}

/** The deeds of a person, one at a time: which is under way, and what went wrong last. */
export interface Deeds {
  readonly busy: ReadonlySignal<string | null>
  readonly problem: Signal<Problem | null>
  /** Runs a deed unless another is under way; true when it went well. What goes wrong is shown, not thrown. */
  run(what: string, job: () => Promise<unknown>): Promise<boolean>
  /** As `run`, for what is over at once: it waits for nothing and nothing waits for it. */
  quick(job: () => Promise<unknown>): Promise<boolean>
}

/** Keeps the deeds of one page. */
export function createDeeds(report: (error: unknown) => void): Deeds {
  const busy = signal<string | null>(null)
  const problem = signal<Problem | null>(null)
  const attempt = async (job: () => Promise<unknown>): Promise<boolean> => {
    problem.value = null
    try {
      await job()
      return true
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      problem.value = { code: error instanceof HexhailError ? error.code : 'UNKNOWN', message }
      report(error)
      return false
    }
  }
  return {
    busy,
    problem,
    run: async (what, job) => {
      if (busy.value) return false
      busy.value = what
      try {
        return await attempt(job)
      } finally {
        busy.value = null
      }
    },
    quick: attempt,
  }
}
