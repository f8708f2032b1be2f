import type { After } from './ports.ts'

const MAX_TIMER_MS = 2 ** 31 - 1

/** The machine's own timers. */
export const afterTimeout: After = (delayMs, run) => {
  const timer = setTimeout(run, Math.min(delayMs, MAX_TIMER_MS))
  return () => clearTimeout(timer)
}
