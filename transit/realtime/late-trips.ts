import type { LateCall, LateTrip } from '../search/delays.ts'
import { type ServiceClock, serviceClock } from '../search/service-clock.ts'
import { runsOn, type Timetable } from '../timetable/timetable.ts'
import { CALL_AS, type CallNews, type CallTime, TRIP_AS, type TripEntity } from './entity.ts'
import { type PlannedCall, plannedCalls, type TripPlace, tripPlaces } from './trip-calls.ts'

/** Turns news of trips into what the search lays over its day. */
export type LateTripReader = (news: readonly TripEntity[], nowMs: number) => LateTrip[]

const DAY_MS = 86_400_000

/**
 * Reads news against a timetable. Trips that it does not have, and those that run by no timetable, are left out; so are
 * calls that it cannot place. Where no service day is told it is the one on which the trip runs nearest to now.
 */
export function lateTripReader(timetable: Timetable): LateTripReader {
  const clock = serviceClock(timetable.info.timezone)
  const places = tripPlaces(timetable)
  return (news, nowMs) =>
    news.flatMap((entity): LateTrip[] => {
      const { trip, startDate, as } = entity.trip
      const place = places.get(trip)
      if (place === undefined || as === TRIP_AS.added || as === TRIP_AS.unscheduled) return []
      const calls = plannedCalls(timetable, place)
      const date = startDate === '' ? runDay(timetable, place, calls, clock, nowMs) : dayOf(startDate)
      if (date === null) return []
      const day = date - timetable.info.startDay
      if (as === TRIP_AS.cancelled) return [{ trip, day, cancelled: true }]
      const late = lateCalls(timetable, entity, calls, s => clock.ms(date, s) / 1000)
      return late.length > 0 ? [{ trip, day, calls: late }] : []
    })
}

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

function lateCalls(
  { stops }: Timetable,
  { calls: news, lateS }: TripEntity,
  calls: readonly PlannedCall[],
  unixS: (s: number) => number,
): LateCall[] {
  const late: LateCall[] = []
  let from = 0
  for (const told of news) {
    const at = calls.findIndex((call, i) => i >= from && isCall(told, call, stops.id[call.stop]!))
    if (at < 0) continue
    from = at + 1
    const { sequence, arrS, depS } = calls[at]!
    if (told.as === CALL_AS.skipped) late.push({ sequence, skipped: true })
    if (told.as !== null && told.as !== CALL_AS.scheduled) continue
    const arrivalLateS = lateBy(told.arrival, unixS(arrS))
    const departureLateS = lateBy(told.departure, unixS(depS))
    if (arrivalLateS === null && departureLateS === null) continue
    late.push({
      sequence,
      ...(arrivalLateS !== null && { arrivalLateS }),
      ...(departureLateS !== null && { departureLateS }),
    })
  }
  const first = calls[0]!.sequence
  if (late.length === 0 && lateS !== null)
    return [{ sequence: first, arrivalLateS: lateS, departureLateS: lateS }]
  return late
}

const isCall = (told: CallNews, call: PlannedCall, stop: string): boolean =>
  told.sequence === null ? told.stop === stop : told.sequence === call.sequence

const lateBy = (time: CallTime | null, plannedS: number): number | null =>
  time === null ? null : (time.lateS ?? (time.timeS === null ? null : time.timeS - plannedS))
