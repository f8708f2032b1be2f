import type { AuditRow } from '@hexhail/audit/settled.ts'

/** How long each stretch of a chart is. */
export type Step = 'minutes' | 'hour' | 'day' | 'week'

/** Settlements of one stretch of time; money in minor units. */
export interface Stretch {
  /** Unix milliseconds. */
  readonly fromMs: number
  readonly trips: number
  readonly fares: bigint
  readonly levy: bigint
  /** Trips whose opened record says how long the rider waited for the car. */
  readonly waits: number
  /** Together, seconds. */
  readonly waitS: number
}

/** Stretches of one length, the empty ones too, oldest first. */
export interface TimeSeries {
  readonly step: Step
  readonly stretches: readonly Stretch[]
}

const MIN_MS = 60_000
const DAY_MS = 1_440 * MIN_MS
/** A Monday, 0 h: where weeks are counted from. */
const MONDAY_MS = 4 * DAY_MS
/** Length of a stretch, ms. */
export const STEP_MS: Readonly<Record<Step, number>> = {
  minutes: 5 * MIN_MS,
  hour: 60 * MIN_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
}
/** Up to so many hours, and then so many days, are told apart. */
const MOST_HOURS = 72
const MOST_DAYS = 120

/**
 * Trips, fares, levy and waits by the time of the settlement, from `fromMs` (null = the oldest row) to `toMs` or the
 * newest row; days begin `offsetMin` east of UTC.
 */
export function timeSeries(
  rows: readonly AuditRow[],
  span: { readonly fromMs: number | null; readonly toMs: number },
  offsetMin: number,
): TimeSeries {
  let from = span.fromMs ?? span.toMs
  let to = span.toMs
  for (const { fact } of rows) {
    const at = fact.timestampS * 1_000
    if (span.fromMs === null && at < from) from = at
    if (at > to) to = at
  }
  const step = stepOf(to - from)
  const ms = STEP_MS[step]
  const shift = offsetMin * MIN_MS - MONDAY_MS
  const startOf = (at: number): number => Math.floor((at + shift) / ms) * ms - shift
  const first = startOf(from)
  const stretches = Array.from({ length: (startOf(to) - first) / ms + 1 }, (_, n) => ({
    fromMs: first + n * ms,
    trips: 0,
    fares: 0n,
    levy: 0n,
    waits: 0,
    waitS: 0,
  }))
  for (const row of rows) {
    const stretch = stretches[(startOf(row.fact.timestampS * 1_000) - first) / ms]
    if (!stretch) continue
    stretch.trips++
    stretch.fares += row.fact.fare
    stretch.levy += row.fact.levy
    const wait = waitOf(row)
    if (wait === null) continue
    stretch.waits++
    stretch.waitS += wait
  }
  return { step, stretches }
}

function stepOf(spanMs: number): Step {
  if (spanMs <= 2 * STEP_MS.hour) return 'minutes'
  if (spanMs <= MOST_HOURS * STEP_MS.hour) return 'hour'
  return spanMs <= MOST_DAYS * STEP_MS.day ? 'day' : 'week'
}

/** Seconds from asking to the arrival of the car, as check E1 counts them; null where no opened record says so. */
export function waitOf({ record }: AuditRow): number | null {
  if (!record || record.startedAtMs === 0 || record.requestedAtMs === 0) return null
  const waitS = (record.arrivedAtMs - record.requestedAtMs) / 1_000
  return waitS < 0 ? null : waitS
}

/** Hour of the day in which a trip began, 0 to 23, or was settled where it never began. */
export function hourOf({ fact, record }: AuditRow, offsetMin: number): number {
  const atMs = record && record.startedAtMs > 0 ? record.startedAtMs : fact.timestampS * 1_000
  return Math.floor((atMs / MIN_MS + offsetMin) / 60) % 24
}
