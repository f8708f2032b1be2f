import { type Complaint, Complaints } from './complaint.ts'
import type { Feed } from './feed.ts'
import { feedFiles } from './feed-files.ts'
import { CITY_LIMITS, type FeedLimits } from './feed-limits.ts'
import { readServices } from './read-calendar.ts'
import { readCalls } from './read-calls.ts'
import { readFares } from './read-fares.ts'
import { readFlex } from './read-flex.ts'
import { readFrequencies } from './read-frequencies.ts'
import { readAgencies, readRoutes } from './read-routes.ts'
import type { FeedSource } from './read-rows.ts'
import { readShapes } from './read-shapes.ts'
import { readStops } from './read-stops.ts'
import { readTransfers } from './read-transfers.ts'
import { readTrips } from './read-trips.ts'
import { tripCalls } from './trip-calls.ts'
import type { Inflate } from './unzip.ts'

/** What became of a feed's bytes. */
export interface ReadFeed {
  /** Null where no trip is left. */
  readonly feed: Feed | null
  /** The first of each kind in each file. */
  readonly complaints: readonly Complaint[]
  /** How many there were in all. */
  readonly errors: number
  readonly warnings: number
}

/**
 * Read a GTFS Schedule feed (gtfs.org, with Fares v1, v2 and Flex) from the bytes of its zip. It never throws: what is
 * wrong is complained of, and what a row, a trip or a rule cannot say rightly is left out. With errors the feed is not
 * what its agency meant.
 */
export function readFeed(zip: Uint8Array, inflate: Inflate, limits: FeedLimits = CITY_LIMITS): ReadFeed {
  const complaints = new Complaints()
  const files = feedFiles(zip, inflate, limits, complaints)
  const source: FeedSource = { files, limits, complaints }
  const feed = complaints.errors > 0 && files.size === 0 ? null : feedOf(source)
  const isEmpty = feed === null || feed.trips.length + feed.flex.trips.length === 0
  if (isEmpty) complaints.add('error', 'FEED_EMPTY', {})
  const { list, errors, warnings } = complaints
  return { feed: isEmpty ? null : feed, complaints: list, errors, warnings }
}

function feedOf(source: FeedSource): Feed {
  const { agencies, timezone } = readAgencies(source)
  const stops = readStops(source)
  const routes = readRoutes(source, agencies)
  const services = readServices(source)
  const heads = readTrips(source, routes, services)
  const raw = readCalls(source, heads, stops)
  const flex = readFlex(source, heads, raw.flex, stops, raw.broken)
  const { trips, calls } = tripCalls(source, heads, stops, raw, readShapes(source))
  return {
    ...{ timezone, agencies, stops, routes, services, trips, calls, flex },
    frequencies: readFrequencies(source, trips),
    transfers: readTransfers(source, stops),
    fares: readFares(source, {
      stops,
      routes,
      agencies: new Map(agencies.map(agency => [agency.id, agency])),
      services: new Map(services.map(service => [service.id, service])),
    }),
  }
}
