import { bearingDeg, type LngLat } from '@hexhail/protocol/geo.ts'
import { serviceClock } from '../search/service-clock.ts'
import { runsOn, type Timetable } from '../timetable/timetable.ts'
import { type Entity, TRIP_AS, type TripRef, VEHICLE_IS } from './entity.ts'
import { dateOf } from './late-trips.ts'
import { type PlannedCall, plannedCalls, type TripPlace } from './trip-calls.ts'

/** Which buses are played. */
export interface BusPlayerOptions {
  /** Buses on the road at a time, at most. */
  readonly buses: number
  /** Of how many buses in 100 the trip comes to be late. */
  readonly latePercent: number
  readonly seed: number
}

/** Where a bus is, and how late its trip is and will be. */
export interface PlayedBus {
  readonly vehicle: Entity & { readonly kind: 'vehicle' }
  readonly news: Entity & { readonly kind: 'trip' }
}

/** A trip that is under way: `lateS` is what it will be late in the middle, and from there to its end. */
interface Run {
  readonly ref: TripRef
  readonly name: string
  readonly calls: readonly PlannedCall[]
  readonly startMs: number
  readonly lateS: number
}

/** What a late bus is late at the least and at the most, seconds. */
const [LEAST_LATE_S, MOST_LATE_S] = [120, 600]
/** Calls ahead of whose time news tells; behind them a delay holds. */
const CALLS_AHEAD = 24

/**
 * Plays buses of a timetable: those with the lowest lot that run now, each from where it is until it ends. A late one
 * loses its time evenly over the first half of its trip. Places between stops are on the straight line. Returns the buses
 * at a moment; moments must not go back.
 */
export function createBusPlayer(
  timetable: Timetable,
  options: BusPlayerOptions,
): (nowMs: number) => PlayedBus[] {
  const { stops, routes, lines, trips, services, info } = timetable
  const clock = serviceClock(info.timezone)
  const lot = (of: string): number => lotOf(`${options.seed} ${of}`)
  const running = new Map<string, Run>()
  const placeOf = (stop: number): LngLat => [stops.lngE7[stop]! / 1e7, stops.latE7[stop]! / 1e7]

  const runOf = (place: TripPlace, day: number): Run => {
    const calls = plannedCalls(timetable, place)
    const trip = trips.id[place.trip]!
    const route = routes[lines.route[place.line]!]!
    const isLate = lot(`late ${trip} ${day}`) * 100 < options.latePercent
    const lateS = LEAST_LATE_S + Math.floor(lot(`by ${trip} ${day}`) * (MOST_LATE_S - LEAST_LATE_S))
    const direction = trips.direction[place.trip]!
    return {
      ref: {
        ...{ trip, startTime: '', startDate: dateOf(day), as: TRIP_AS.scheduled, route: route.id },
        direction: direction === 255 ? null : direction,
      },
      name: route.shortName || route.longName,
      calls,
      startMs: clock.ms(day, 0),
      lateS: isLate ? lateS : 0,
    }
  }
  /** Runs that are under way and not played yet, the lowest lot first. */
  const waiting = (nowMs: number): [name: string, run: Run][] => {
    const { day: today } = clock.at(nowMs)
    const found: { name: string; place: TripPlace; day: number; lot: number }[] = []
    for (const day of [today - 1, today]) {
      const s = (nowMs - clock.ms(day, 0)) / 1000
      for (let line = 0; line < lines.route.length; line++) {
        const last = lines.stopStart[line + 1]! - lines.stopStart[line]! - 1
        for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++) {
          const startS = trips.startS[trip]!
          const endS = startS + lines.arrS[lines.profileAt[trips.profile[trip]!]! + last]!
          if (s < startS || s >= endS || !runsOn(services, trips.service[trip]!, day - info.startDay))
            continue
          const name = `${day} ${trips.id[trip]!}`
          if (!running.has(name)) found.push({ name, place: { trip, line }, day, lot: lot(name) })
        }
      }
    }
    return found
      .sort((a, b) => a.lot - b.lot)
      .slice(0, options.buses - running.size)
      .map(({ name, place, day }) => [name, runOf(place, day)])
  }
  return nowMs => {
    for (const [name, run] of running)
      if (progressS(run, nowMs) >= run.calls.at(-1)!.arrS) running.delete(name)
    for (const [name, run] of waiting(nowMs)) running.set(name, run)
    return [...running.values()].map(run => busAt(run, nowMs, placeOf))
  }
}

const half = ({ calls }: Run): number => (calls[0]!.depS + calls.at(-1)!.arrS) / 2

/** How late a run is when by plan it would be at second `s` of its day. */
const lateAt = (run: Run, s: number): number => {
  const startS = run.calls[0]!.depS
  return Math.round(run.lateS * Math.min(1, Math.max(0, (s - startS) / (half(run) - startS || 1))))
}

/** The second of the plan that a run has come to. */
function progressS(run: Run, nowMs: number): number {
  const startS = run.calls[0]!.depS
  const gone = (nowMs - run.startMs) / 1000 - startS
  const firstHalfS = half(run) - startS
  const slow = gone / (1 + run.lateS / (firstHalfS || 1))
  return startS + (slow <= firstHalfS ? slow : gone - run.lateS)
}

function busAt(run: Run, nowMs: number, placeOf: (stop: number) => LngLat): PlayedBus {
  const { ref, name, calls } = run
  const s = progressS(run, nowMs)
  const next = Math.max(
    0,
    calls.findIndex(call => call.depS > s),
  )
  const [before, to] = [calls[Math.max(0, next - 1)]!, calls[next]!]
  const stands = s >= to.arrS
  const share = stands ? 1 : Math.max(0, (s - before.depS) / (to.arrS - before.depS || 1))
  const [a, b] = [placeOf(before.stop), placeOf(to.stop)]
  const at = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])].map(Math.fround)
  const vehicle = `bus-${ref.trip}`
  const atS = Math.floor(nowMs / 1000)
  const isDone = before === to
  return {
    vehicle: {
      ...{ kind: 'vehicle', id: vehicle, trip: ref, vehicle, label: name, at: [at[0]!, at[1]!] },
      ...{ bearingDeg: isDone ? null : Math.fround(bearingDeg(a, b)), speedMps: null, sequence: to.sequence },
      ...{ stop: '', status: stands ? VEHICLE_IS.stopped : VEHICLE_IS.onTheWay, occupancy: null, atS },
    },
    news: {
      ...{ kind: 'trip', id: `trip-${ref.trip}`, trip: ref, vehicle, lateS: null, atS },
      calls: callNews(run, next),
    },
  }
}

/** News from call `next` on, as far as it changes. */
function callNews(run: Run, next: number): PlayedBus['news']['calls'] {
  const news: PlayedBus['news']['calls'][number][] = []
  let before: number | null = null
  for (const { sequence, arrS, depS } of run.calls.slice(next, next + CALLS_AHEAD)) {
    const [arrival, departure] = [lateAt(run, arrS), lateAt(run, depS)]
    if (arrival === before && departure === before) continue
    before = departure
    news.push({
      ...{ sequence, stop: '', as: null },
      ...{ arrival: { lateS: arrival, timeS: null }, departure: { lateS: departure, timeS: null } },
    })
  }
  return news
}

/** A number in [0, 1) that belongs to a text: FNV-1a, well mixed. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
