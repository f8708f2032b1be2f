/** Quantiles of the time that one call takes, nanoseconds. */
export interface Timing {
  readonly p50: number
  readonly p99: number
  /** How many figures the quantiles are of, and how many calls were timed together to make one. */
  readonly samples: number
  readonly batch: number
}

/** How to time. Calls shorter than a microsecond need a batch: the clock itself takes 50 ns. */
export interface TimeOptions {
  readonly samples?: number
  readonly batch?: number
  /** Stop sampling after this time, with at least one sample. */
  readonly budgetMs?: number
}

/** What timed calls gave, so that no engine leaves them out. */
let sink: unknown

/** Times `call`, which is told the number of the call; a fifth of the samples and of the time goes before, to warm up. */
export function timeCalls(
  call: (i: number) => unknown,
  { samples = 4000, batch = 1, budgetMs = 1500 }: TimeOptions = {},
): Timing {
  let i = 0
  const run = (wanted: number, untilMs: number): number[] => {
    const found: number[] = []
    do {
      const before = performance.now()
      for (let b = 0; b < batch; b++) sink = call(i++)
      found.push(((performance.now() - before) * 1e6) / batch)
    } while (found.length < wanted && performance.now() < untilMs)
    return found
  }
  run(samples / 5, performance.now() + budgetMs / 5)
  const found = run(samples, performance.now() + budgetMs)
  if (sink === undefined) sink = found
  return timingOf(found, batch)
}

/** Quantiles of figures in nanoseconds, nearest rank. */
export function timingOf(ns: number[], batch = 1): Timing {
  const sorted = Float64Array.from(ns).sort()
  const at = (q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), samples: sorted.length, batch }
}
