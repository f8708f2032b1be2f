import type { FeedRoute, FeedService } from './feed.ts'
import { choice, id, ref, text } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

/** A trip before its calls are known. */
export interface TripHead {
  readonly id: string
  readonly route: number
  readonly service: number
  readonly headsign: string
  readonly shortName: string
  readonly direction: number
  readonly block: string
  readonly shape: string
  readonly wheelchair: number
  readonly bikes: number
  /** Its row in trips.txt. */
  readonly row: number
}

/** Trips of known routes and services. */
export function readTrips(
  source: FeedSource,
  routes: readonly FeedRoute[],
  services: readonly FeedService[],
): TripHead[] {
  const routeAt = new Map(routes.map((route, i) => [route.id, i]))
  const serviceAt = new Map(services.map((service, i) => [service.id, i]))
  const schema = {
    tripId: id,
    routeId: { ...ref(routeAt), blank: undefined },
    serviceId: { ...ref(serviceAt), blank: undefined },
    tripHeadsign: text,
    tripShortName: text,
    directionId: choice(1, -1),
    blockId: text,
    shapeId: text,
    wheelchairAccessible: choice(2),
    bikesAllowed: choice(2),
  }
  return readRows(source, 'trips.txt', schema, { isNeeded: true, key: ['tripId'] }).map(row => ({
    id: row.tripId,
    route: routeAt.get(row.routeId)!,
    service: serviceAt.get(row.serviceId)!,
    headsign: row.tripHeadsign,
    shortName: row.tripShortName,
    direction: row.directionId,
    block: row.blockId,
    shape: row.shapeId,
    wheelchair: row.wheelchairAccessible,
    bikes: row.bikesAllowed,
    row: row.row,
  }))
}
