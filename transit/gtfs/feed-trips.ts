import type { Access } from '../timetable/timetable.ts'
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/timetable.ts'
import type { SourceTrip } from '../timetable/timetable-source.ts'
import type { Feed, FeedTrip } from './feed.ts'

/** GTFS's pickup and drop-off types: 1 is «no»; 2 and 3 are to be asked for, and possible. */
const NOT_HERE = 1
/** A feed whose headways make more trips than this is cut: no city has them. */
const MOST_TRIPS = 1_000_000

/**
 * Trips of a feed for a timetable, those that run by headways one by one: the first leaves when the headway begins, and a
 * trip is called after the one it repeats and its start. `stopAt` and `routeAt` lead from the feed's indices to the
 * timetable's.
 */
export function sourceTrips(feed: Feed, stopAt: Int32Array, routeAt: Int32Array): SourceTrip[] {
  const repeats = new Map<number, Feed['frequencies'][number][]>()
  for (const frequency of feed.frequencies) {
    const list = repeats.get(frequency.trip)
    if (list) list.push(frequency)
    else repeats.set(frequency.trip, [frequency])
  }
  const trips: SourceTrip[] = []
  feed.trips.forEach((trip, t) => {
    const one = sourceTrip(feed, trip, stopAt, routeAt)
    const startS = one.depS[0]!
    const runs = repeats.get(t)
    if (runs === undefined) trips.push(one)
    for (const { startS: from, endS, headwayS } of runs ?? [])
      for (let at = from; at < endS && trips.length < MOST_TRIPS; at += headwayS) {
        const later = (s: number): number => s + at - startS
        trips.push({
          ...one,
          id: `${trip.id}@${at}`,
          arrS: Int32Array.from(one.arrS, later),
          depS: Int32Array.from(one.depS, later),
        })
      }
  })
  return trips
}

function sourceTrip(feed: Feed, trip: FeedTrip, stopAt: Int32Array, routeAt: Int32Array): SourceTrip {
  const { calls, stops } = feed
  const of = <T extends Int32Array | Uint8Array>(column: T): T =>
    column.subarray(trip.callStart, trip.callEnd) as T
  const at = of(calls.stop)
  const dropOff = of(calls.dropOff)
  return {
    id: trip.id,
    route: routeAt[trip.route]!,
    service: trip.service,
    headsign: trip.headsign || stops[at[at.length - 1]!]!.name,
    direction: trip.direction < 0 ? 255 : trip.direction,
    wheelchair: trip.wheelchair as Access,
    bikes: trip.bikes as Access,
    stops: at.map(stop => stopAt[stop]!),
    sequence: of(calls.sequence),
    flags: of(calls.pickup).map(
      (pickup, i) => (pickup === NOT_HERE ? NO_BOARDING : 0) | (dropOff[i] === NOT_HERE ? NO_ALIGHTING : 0),
    ),
    arrS: of(calls.arrS),
    depS: of(calls.depS),
  }
}
