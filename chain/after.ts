/** Runs `run` after `delayMs`; the returned function cancels it. */
export type After = (delayMs: number, run: () => void) => () => void

/** The real clock. */
export const afterTimeout: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
