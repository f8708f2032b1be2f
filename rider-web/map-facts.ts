import { cellCorners } from '@hexhail/audit/cell-shapes.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import { featureCollection, polygon } from '@turf/helpers'
import type { RiderModel } from './model.ts'
import { t } from './text.ts'

/** What the map shows of a ride; every fact of it stands in words on the screen too. */
export interface MapFacts {
  readonly pickup: LngLat | null
  readonly destination: LngLat | null
  readonly line: readonly LngLat[] | null
  /** Border of the cell that everybody near is told, while the request is out. */
  readonly told: readonly LngLat[] | null
  readonly car: { readonly at: LngLat; readonly headingDeg: number } | null
}

/** Reads what to draw from the model. */
export function mapFacts({ client, pickup, destination, route }: RiderModel): MapFacts {
  const trip = client.trip.value
  const shown = trip && !ENDED.has(trip.phase) ? trip : null
  const asking = trip && (trip.phase === 'requested' || trip.phase === 'offered')
  return {
    pickup: shown?.plan.pickup ?? pickup.value?.at ?? null,
    destination: shown?.plan.dest ?? destination.value?.at ?? null,
    line: route.value?.geometry ?? null,
    told: asking ? cellCorners(cellAt(trip.plan.pickup, 7)) : null,
    car: shown?.seen ? { at: shown.seen.at, headingDeg: shown.seen.headingDeg } : null,
  }
}

/** Draws the facts. */
export function showOnMap(map: MapView, { pickup, destination, line, told, car }: MapFacts): void {
  map.setPlace('pickup', pickup, t('from'))
  map.setPlace('destination', destination, t('to'))
  map.setRoute('trip', line)
  map.setCar('driver', car && { ...car, label: t('yourCar') })
  const border = told && [...told, told[0]!].map(([lng, lat]) => [lng, lat])
  map.setCells(border && featureCollection([polygon([border], { value: 0.2 })]))
  const places = [pickup, car?.at ?? null, destination].filter(at => at !== null)
  if (places.length > 1) map.fitTo(places)
}
