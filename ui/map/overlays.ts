import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap, SourceSpecification } from 'maplibre-gl'
import type { LegOnMap } from './map-view.ts'
import { DAY, NIGHT } from './palette.ts'

/** What is drawn over the city; kept here so that a change of style can put it back. */
export interface Overlays {
  trip: readonly LngLat[] | null
  approach: readonly LngLat[] | null
  legs: readonly LegOnMap[]
  cells: FeatureCollection | null
}

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
const LABELS = 'street-name'

/** Adds sources and layers for routes and cells to a freshly loaded style. */
export function addOverlays(map: MapLibreMap, overlays: Overlays, dark: boolean): void {
  if (map.getSource('trip')) return
  const c = dark ? NIGHT : DAY
  const source = (data: FeatureCollection): SourceSpecification => ({ type: 'geojson', data })
  map.addSource('cells', source(overlays.cells ?? EMPTY))
  map.addSource('trip', source(lineOf(overlays.trip)))
  map.addSource('approach', source(lineOf(overlays.approach)))
  map.addSource('legs', source(linesOf(overlays.legs)))
  const opacity = ['interpolate', ['linear'], ['coalesce', ['get', 'value'], 0.5], 0, 0.08, 1, 0.62] as never
  const before = map.getLayer(LABELS) ? LABELS : undefined
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  map.addLayer(
    { id: 'cells', type: 'fill', source: 'cells', paint: { 'fill-color': c.cell, 'fill-opacity': opacity } },
    before,
  )
  map.addLayer(
    {
      id: 'cells-line',
      type: 'line',
      source: 'cells',
      paint: { 'line-color': c.cellLine, 'line-width': 1.2 },
    },
    before,
  )
  map.addLayer(
    {
      id: 'trip-casing',
      type: 'line',
      source: 'trip',
      layout: round,
      paint: { 'line-color': c.routeCasing, 'line-width': 10 },
    },
    before,
  )
  map.addLayer(
    {
      id: 'trip',
      type: 'line',
      source: 'trip',
      layout: round,
      paint: { 'line-color': c.route, 'line-width': 6 },
    },
    before,
  )
  map.addLayer(
    {
      id: 'approach',
      type: 'line',
      source: 'approach',
      layout: round,
      paint: { 'line-color': c.placeText, 'line-width': 4, 'line-dasharray': [0.1, 1.8] },
    },
    before,
  )
  const own = ['match', ['get', 'kind'], ['walk', 'cycle'], true, false] as never
  const colour = ['coalesce', ['get', 'colour'], ['match', ['get', 'kind'], 'ride', c.ride, c.route]] as never
  map.addLayer(
    {
      id: 'legs-casing',
      type: 'line',
      source: 'legs',
      filter: ['!', own],
      layout: round,
      paint: { 'line-color': c.routeCasing, 'line-width': 9 },
    },
    before,
  )
  map.addLayer(
    {
      id: 'legs',
      type: 'line',
      source: 'legs',
      filter: ['!', own],
      layout: round,
      paint: { 'line-color': colour, 'line-width': 5.5 },
    },
    before,
  )
  map.addLayer(
    {
      id: 'legs-own',
      type: 'line',
      source: 'legs',
      filter: own,
      layout: round,
      paint: { 'line-color': c.placeText, 'line-width': 4, 'line-dasharray': [0.1, 1.8] },
    },
    before,
  )
  map.addLayer({
    id: 'cells-label',
    type: 'symbol',
    source: 'cells',
    layout: {
      'text-field': ['coalesce', ['get', 'label'], ''],
      'text-font': ['Bold', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Arial', 'Liberation Sans'],
      'text-size': 13,
    },
    paint: { 'text-color': c.placeText, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
  })
}

/** Brings one overlay up to date. */
export function updateOverlay(map: MapLibreMap, overlays: Overlays, which: keyof Overlays): void {
  const source = map.getSource(which) as GeoJSONSource | undefined
  if (which === 'cells') void source?.setData(overlays.cells ?? EMPTY)
  else void source?.setData(which === 'legs' ? linesOf(overlays.legs) : lineOf(overlays[which]))
}

const lineOf = (line: readonly LngLat[] | null): FeatureCollection =>
  line === null ? EMPTY : linesOf([{ kind: 'ride', colour: null, line }])

function linesOf(legs: readonly LegOnMap[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: legs
      .filter(({ line }) => line.length > 1)
      .map(({ kind, colour, line }) => ({
        type: 'Feature',
        properties: { kind, ...(colour !== null && { colour }) },
        geometry: { type: 'LineString', coordinates: line.map(([lng, lat]) => [lng, lat]) },
      })),
  }
}
