import { cellCorners } from '@hexhail/audit/cell-shapes.ts'
import type { LiveVehicle } from '@hexhail/client/live-transit.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import type { LegOnMap, MapView } from '@hexhail/ui/map/map-view.ts'
import { featureCollection, polygon } from '@turf/helpers'
import type { RiderModel } from './model.ts'
import { t } from './text.ts'
import { colourOf } from './travel/way-words.ts'

/** What the map shows of a ride; every fact of it stands in words on the screen too. */
export interface MapFacts {
  readonly pickup: LngLat | null
  readonly destination: LngLat | null
  readonly line: readonly LngLat[] | null
  /** The legs of the way by lines that is taken or looked at. */
  readonly legs: readonly LegOnMap[]
  /** Border of the cell that everybody near is told, while the request is out. */
  readonly told: readonly LngLat[] | null
  /** Buses and trains of that way, as they are heard. */
  readonly vehicles: readonly LiveVehicle[]
  readonly car: { readonly at: LngLat; readonly headingDeg: number } | null
}

/** Reads what to draw from the model. */
export function mapFacts({ client, pickup, destination, route, ways }: RiderModel): MapFacts {
  const trip = client.trip.value
  const shown = trip && !ENDED.has(trip.phase) ? trip : null
  const asking = trip && (trip.phase === 'requested' || trip.phase === 'offered')
  const plan = ways?.plan.value
  return {
    pickup: shown?.plan.pickup ?? pickup.value?.at ?? null,
    destination: shown?.plan.dest ?? destination.value?.at ?? null,
    line: plan && !trip ? null : (route.value?.geometry ?? null),
    legs: plan?.legs.map(leg => ({ kind: leg.kind, colour: colourOf(leg), line: leg.line })) ?? [],
    vehicles: ways?.vehicles.value ?? [],
    told: asking ? cellCorners(cellAt(trip.plan.pickup, 7)) : null,
    car: shown?.seen ? { at: shown.seen.at, headingDeg: shown.seen.headingDeg } : null,
  }
}

/** Vehicles that each map shows. */
const SHOWN = new WeakMap<MapView, readonly string[]>()

/** Draws the facts. */
export function showOnMap(map: MapView, facts: MapFacts): void {
  const { pickup, destination, line, legs, vehicles, told, car } = facts
  for (const { id, at, bearingDeg, label } of vehicles)
    map.setCar(id, { at, headingDeg: bearingDeg ?? 0, label: t('line', { name: label }), kind: 'bus' })
  for (const id of SHOWN.get(map) ?? []) if (!vehicles.some(each => each.id === id)) map.setCar(id, null)
  SHOWN.set(
    map,
    vehicles.map(({ id }) => id),
  )
  map.setPlace('pickup', pickup, t('from'))
  map.setPlace('destination', destination, t('to'))
  map.setRoute('trip', line)
  map.setLegs(legs)
  map.setCar('driver', car && { ...car, label: t('yourCar') })
  const border = told && [...told, told[0]!].map(([lng, lat]) => [lng, lat])
  map.setCells(border && featureCollection([polygon([border], { value: 0.2 })]))
  const ends = legs.flatMap(leg => [leg.line[0] ?? null, leg.line.at(-1) ?? null])
  const places = [pickup, car?.at ?? null, destination, ...ends].filter(at => at !== null)
  if (places.length > 1) map.fitTo(places)
}
