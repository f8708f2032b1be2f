/** A moment as transit tells it: a service day, in days since 1970-01-01, and seconds of it. */
export interface ServiceMoment {
  readonly day: number
  readonly s: number
}

/** Turns moments (unix ms) into those of a time zone's service days and back. */
export interface ServiceClock {
  at(ms: number): ServiceMoment
  ms(day: number, s: number): number
}

const DAY_MS = 86_400_000

/** The clock of an IANA time zone. A service day begins 12 h before its noon, so it has no jump by summer time. */
export function serviceClock(timezone: string): ServiceClock {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  /** What clocks there show, as if it were UTC; whole seconds. */
  const shown = (ms: number): number => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  }
  const offset = (ms: number): number => shown(ms) - Math.floor(ms / 1000) * 1000
  const starts = new Map<number, number>()
  const startMs = (day: number): number => {
    let start = starts.get(day)
    if (start === undefined) {
      const noon = (day + 0.5) * DAY_MS
      // The offset at noon there, looked up at a moment that is near enough to it, then at noon itself.
      start = noon - offset(noon - offset(noon)) - DAY_MS / 2
      starts.set(day, start)
    }
    return start
  }
  return {
    at: ms => {
      const day = Math.floor(shown(ms) / DAY_MS)
      return { day, s: Math.floor((ms - startMs(day)) / 1000) }
    },
    ms: (day, s) => startMs(day) + s * 1000,
  }
}
