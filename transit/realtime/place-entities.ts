import { cellAt, FAR_RES } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { ENTITY_LIMITS, isEntity } from './check-entity.ts'
import type { Entity, TripEntity, VehicleEntity } from './entity.ts'
import { ENTITY_LIFE_MS } from './entity-table.ts'
import type { PlacedEntity } from './pack-feeds.ts'
import { writeEntity } from './write-entity.ts'

/** A foreign feed made ready for gossip. */
export interface PlacedFeed {
  readonly placed: readonly PlacedEntity[]
  /** Entities left out: too old or too new, beyond bounds, of trips that the timetable has not, or told of no place. */
  readonly left: number
}

/** What helps to read a foreign feed. */
export interface PlaceHelp {
  /** As `newsSettler` makes it; without a timetable news go as they are. */
  readonly settle?: (news: TripEntity, nowMs: number) => TripEntity | null
  /** Where a stop is, by its id. */
  readonly stopAt?: (stop: string) => LngLat | null
}

/** Longest entity that a message takes. */
const MOST_BYTES = 1024
/** A feed's clock may be ahead by less. */
const MOST_AHEAD_MS = 5_000

/**
 * Shares a feed's entities out over cells: a vehicle where it is, news of a trip where its vehicle is, else where the first
 * stop is that they name. Places are rounded to what travels.
 */
export function placeEntities(
  entities: readonly Entity[],
  nowMs: number,
  { settle = news => news, stopAt = () => null }: PlaceHelp,
): PlacedFeed {
  const isNow = ({ atS }: Entity): boolean =>
    atS * 1000 <= nowMs + MOST_AHEAD_MS && atS * 1000 + ENTITY_LIFE_MS > nowMs
  const cells = new Map<string, string>()
  const placed: PlacedEntity[] = []
  let left = 0
  const add = (entity: Entity, cell: string): void => {
    const bytes = writeEntity(entity)
    if (bytes.length <= MOST_BYTES) placed.push({ cell, bytes })
    else left++
  }
  for (const entity of entities) {
    if (entity.kind !== 'vehicle') continue
    const vehicle = asItTravels(entity)
    if (!isNow(vehicle) || !isEntity(vehicle)) {
      left++
      continue
    }
    const cell = cellAt(vehicle.at, FAR_RES)
    cells.set(`vehicle ${vehicle.vehicle}`, cell)
    if (vehicle.trip) cells.set(`trip ${vehicle.trip.trip}`, cell)
    add(vehicle, cell)
  }
  for (const entity of entities) {
    if (entity.kind !== 'trip') continue
    const stop = entity.calls.find(call => call.stop !== '')?.stop
    const at = stop === undefined ? null : stopAt(stop)
    const cell =
      (entity.vehicle === '' ? undefined : cells.get(`vehicle ${entity.vehicle}`)) ??
      cells.get(`trip ${entity.trip.trip}`) ??
      (at === null ? undefined : cellAt(at, FAR_RES))
    const settled = settle(entity, nowMs)
    const news = settled && { ...settled, calls: settled.calls.slice(0, ENTITY_LIMITS.calls) }
    if (news !== null && cell !== undefined && isNow(news) && isEntity(news)) add(news, cell)
    else left++
  }
  return { placed, left }
}

/** A vehicle with an id (its entity's where it has none), within what text may be long. */
function asItTravels(entity: VehicleEntity): VehicleEntity {
  const [lng, lat] = entity.at
  return {
    ...entity,
    vehicle: entity.vehicle || entity.id,
    label: entity.label.slice(0, ENTITY_LIMITS.text),
    at: [Math.fround(lng), Math.fround(lat)],
  }
}
