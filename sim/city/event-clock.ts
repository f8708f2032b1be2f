/** Virtual time: what is due runs in order of time, and of being asked for where times are equal. */
export interface EventClock {
  readonly nowMs: number
  /** Whole milliseconds; what is past is due now. */
  at(ms: number, run: () => void): void
  /** Runs all that is due until then. */
  runUntil(ms: number): void
}

/** A clock at 0 with nothing due. */
export function createEventClock(): EventClock {
  const times: number[] = []
  const turns: number[] = []
  const runs: (() => void)[] = []
  let nowMs = 0
  let turn = 0
  const isBefore = (t: number, n: number, at: number): boolean =>
    t < times[at]! || (t === times[at]! && n < turns[at]!)
  const put = (at: number, t: number, n: number, run: () => void): void => {
    times[at] = t
    turns[at] = n
    runs[at] = run
  }
  const sink = (t: number, n: number, run: () => void): void => {
    let at = 0
    for (let down = 1; down < times.length; down = 2 * at + 1) {
      if (down + 1 < times.length && isBefore(times[down + 1]!, turns[down + 1]!, down)) down++
      if (isBefore(t, n, down)) break
      put(at, times[down]!, turns[down]!, runs[down]!)
      at = down
    }
    put(at, t, n, run)
  }
  return {
    get nowMs() {
      return nowMs
    },
    at: (ms, run) => {
      const [t, n] = [Math.max(nowMs, Math.ceil(ms)), turn++]
      let at = times.length
      while (at > 0) {
        const up = (at - 1) >> 1
        if (!isBefore(t, n, up)) break
        put(at, times[up]!, turns[up]!, runs[up]!)
        at = up
      }
      put(at, t, n, run)
    },
    runUntil: ms => {
      while (times.length > 0 && times[0]! <= ms) {
        const run = runs[0]!
        nowMs = times[0]!
        const [t, n, last] = [times.pop()!, turns.pop()!, runs.pop()!]
        if (times.length > 0) sink(t, n, last)
        run()
      }
      nowMs = Math.max(nowMs, ms)
    },
  }
}
