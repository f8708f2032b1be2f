import type { LateCall, LateTrip } from '../search/delays.ts'
import { type ServiceClock, serviceClock } from '../search/service-clock.ts'
import { runsOn, type Timetable } from '../timetable/timetable.ts'
import { CALL_AS, type CallNews, type CallTime, TRIP_AS, type TripEntity } from './entity.ts'
import { type PlannedCall, plannedCalls, type TripPlace, tripPlaces } from './trip-calls.ts'

const DAY_MS = 86_400_000

/**
 * What the search lays over its day of a trip's news, days counted from `startDay`; null where it changes nothing, names
 * no service day or runs by no timetable. Calls are taken that are told by number and delay, as `settleNews` has them.
 */
export function lateTripOf({ trip: ref, calls }: TripEntity, startDay: number): LateTrip | null {
  const { trip, startDate, as } = ref
  const date = dayOf(startDate)
  if (date === null || as === TRIP_AS.added || as === TRIP_AS.unscheduled) return null
  const day = date - startDay
  if (as === TRIP_AS.cancelled) return { trip, day, cancelled: true }
  const late = calls.flatMap(call => lateCallOf(call) ?? [])
  const isLate = (call: LateCall): boolean =>
    call.skipped === true || (call.arrivalLateS ?? 0) !== 0 || (call.departureLateS ?? 0) !== 0
  return late.some(isLate) ? { trip, day, calls: late } : null
}

function lateCallOf({ sequence, arrival, departure, as }: CallNews): LateCall | null {
  if (sequence === null) return null
  if (as === CALL_AS.skipped) return { sequence, skipped: true }
  if (as !== null && as !== CALL_AS.scheduled) return null
  const [arrivalLateS, departureLateS] = [arrival?.lateS ?? null, departure?.lateS ?? null]
  if (arrivalLateS === null && departureLateS === null) return null
  return {
    sequence,
    ...(arrivalLateS !== null && { arrivalLateS }),
    ...(departureLateS !== null && { departureLateS }),
  }
}

/**
 * Settles anybody's news against a timetable, so that who has none can read it: the service day is named, calls go by their
 * numbers, times by their delays. Null for trips that it does not have; calls that it cannot place are left out. Where no
 * service day is told it is the one on which the trip runs nearest to now.
 */
export function newsSettler(timetable: Timetable): (news: TripEntity, nowMs: number) => TripEntity | null {
  const clock = serviceClock(timetable.info.timezone)
  const places = tripPlaces(timetable)
  return (news, nowMs) => {
    const { trip, startDate, as } = news.trip
    const place = places.get(trip)
    if (place === undefined || as === TRIP_AS.added || as === TRIP_AS.unscheduled) return null
    const planned = plannedCalls(timetable, place)
    const date = startDate === '' ? runDay(timetable, place, planned, clock, nowMs) : dayOf(startDate)
    if (date === null) return null
    const { lateS } = news
    const calls = settledCalls(timetable, news.calls, planned, s => clock.ms(date, s) / 1000)
    const time = { lateS, timeS: null }
    const whole = { sequence: planned[0]!.sequence, stop: '', arrival: time, departure: time, as: null }
    return {
      ...news,
      trip: { ...news.trip, startDate: dateOf(date) },
      calls: calls.length === 0 && lateS !== null ? [whole] : calls,
    }
  }
}

/** Days since 1970-01-01 as YYYYMMDD. */
export const dateOf = (day: number): string =>
  new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')

/** YYYYMMDD as days since 1970-01-01; null where it is no day. */
export function dayOf(date: string): number | null {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)].map(Number)
  const ms = Date.UTC(year!, month! - 1, day!)
  return Number.isNaN(ms) || new Date(ms).getUTCDate() !== day ? null : ms / DAY_MS
}

/** The service day, of yesterday and today there, whose run of the trip is nearest to now. */
function runDay(
  { services, trips, info }: Timetable,
  { trip }: TripPlace,
  calls: readonly PlannedCall[],
  clock: ServiceClock,
  nowMs: number,
): number | null {
  const today = clock.at(nowMs).day
  const awayMs = (day: number): number =>
    Math.max(0, clock.ms(day, calls[0]!.depS) - nowMs, nowMs - clock.ms(day, calls.at(-1)!.arrS))
  const [best = null] = [today, today - 1]
    .filter(day => runsOn(services, trips.service[trip]!, day - info.startDay))
    .toSorted((a, b) => awayMs(a) - awayMs(b))
  return best
}

function settledCalls(
  { stops }: Timetable,
  news: readonly CallNews[],
  planned: readonly PlannedCall[],
  unixS: (s: number) => number,
): CallNews[] {
  const calls: CallNews[] = []
  let from = 0
  for (const told of news) {
    const at = planned.findIndex((call, i) => i >= from && isCall(told, call, stops.id[call.stop]!))
    if (at < 0) continue
    from = at + 1
    const { sequence, arrS, depS } = planned[at]!
    const arrival = lateBy(told.arrival, unixS(arrS))
    const departure = lateBy(told.departure, unixS(depS))
    calls.push({ sequence, stop: '', arrival, departure, as: told.as })
  }
  return calls
}

const isCall = (told: CallNews, call: PlannedCall, stop: string): boolean =>
  told.sequence === null ? told.stop === stop : told.sequence === call.sequence

const lateBy = (time: CallTime | null, plannedS: number): CallTime | null => {
  const lateS = time?.lateS ?? (time?.timeS == null ? null : time.timeS - plannedS)
  return lateS === null ? null : { lateS, timeS: null }
}
