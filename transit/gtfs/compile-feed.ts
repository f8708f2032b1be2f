import { feedFares } from '../fares/feed-fares.ts'
import { buildTimetable } from '../timetable/build-timetable.ts'
import { type FootFinder, findFeet } from '../timetable/find-feet.ts'
import type { Access, Timetable } from '../timetable/timetable.ts'
import type { Feed } from './feed.ts'
import { feedFeet } from './feed-feet.ts'
import { sourceTrips } from './feed-trips.ts'

/** Days that a timetable may span: no services are planned for longer. */
const MOST_DAYS = 20 * 366

/**
 * Compile a feed: stops that something calls at, stations above them, routes that run, and ways on foot between the
 * stops, found by `walk` and changed as the feed's transfers say. The same feed gives the same timetable.
 */
export function compileFeed(feed: Feed, name: string, walk: FootFinder): Timetable {
  const stopAt = new Int32Array(feed.stops.length).fill(-1)
  const routeAt = new Int32Array(feed.routes.length).fill(-1)
  for (const trip of feed.trips) {
    routeAt[trip.route] = 0
    for (let i = trip.callStart; i < trip.callEnd; i++) stopAt[feed.calls.stop[i]!] = 0
  }
  for (const trip of feed.flex.trips) routeAt[trip.route] = 0
  feed.stops.forEach((stop, i) => {
    if (stopAt[i] === 0) for (let at = stop.parent; at >= 0; at = feed.stops[at]!.parent) stopAt[at] = 0
  })
  const kept = { stops: number(stopAt), routes: number(routeAt) }
  const stops = kept.stops.map(i => feed.stops[i]!)
  const routes = kept.routes.map(i => feed.routes[i]!)
  const days = feed.services.flatMap(service => [service.days[0], service.days.at(-1)])
  const known = days.filter(day => day !== undefined)
  const startDay = known.reduce((a, b) => Math.min(a, b), known[0] ?? 0)
  const endDay = known.reduce((a, b) => Math.max(a, b), startDay - 1)
  return buildTimetable({
    info: {
      name,
      timezone: feed.timezone,
      startDay,
      days: Math.min(MOST_DAYS, endDay - startDay + 1),
      modelled: false,
      feetBy: walk.by,
    },
    agencies: feed.agencies.map(agency => ({ id: agency.id, name: agency.name })),
    stops: stops.map(stop => ({
      id: stop.id,
      name: stop.name,
      lng: stop.lng,
      lat: stop.lat,
      zone: stop.zone,
      wheelchair: stop.wheelchair as Access,
      parent: stop.parent < 0 ? -1 : stopAt[stop.parent]!,
    })),
    routes: routes.map(({ id, agency, shortName, longName, type, colour }) => ({
      ...{ id, agency, shortName, longName, type, colour },
    })),
    services: feed.services.map(({ id, days: runs }) => ({ id, days: runs.map(day => day - startDay) })),
    fares: feedFares(feed, kept),
    trips: sourceTrips(feed, stopAt, routeAt),
    feet: feedFeet(
      feed,
      stopAt,
      findFeet(stops, walk).filter(({ from, to }) => stops[from]!.kind === 0 && stops[to]!.kind === 0),
    ),
  })
}

/** Number those that are kept (0) from 0 on, in place; answers with their old numbers. */
function number(kept: Int32Array): number[] {
  const old: number[] = []
  for (let i = 0; i < kept.length; i++) if (kept[i]! >= 0) kept[i] = old.push(i) - 1
  return old
}
