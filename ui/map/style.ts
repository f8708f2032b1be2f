import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { DAY, type MapPalette, NIGHT } from './palette.ts'

/** What the style has to know of the tiles. */
export interface StyleOptions {
  /** URL template of the tiles. */
  readonly tiles: string
  readonly minZoom: number
  readonly maxZoom: number
}

/** Source of the city's tiles, its layers named as `streets` names them. */
export const CITY = 'city'

// The first name exists nowhere: MapLibre reads the weight from it, then draws with the fonts of the system.
const FONT = ['Regular', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Arial', 'Liberation Sans']
const FONT_BOLD = ['Bold', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Arial', 'Liberation Sans']

// Expressions are trees of arrays that the style's types only half describe.
type Expression = never
const e = (...parts: unknown[]): Expression => parts as Expression
const kind = e('coalesce', ['get', 'class'], ['get', 'kind'], '')

/** The whole style: no glyph, sprite or tile server behind it. */
export function mapStyle(dark: boolean, options: StyleOptions): StyleSpecification {
  const c = dark ? NIGHT : DAY
  return {
    version: 8,
    sources: {
      [CITY]: { type: 'vector', tiles: [options.tiles], minzoom: options.minZoom, maxzoom: options.maxZoom },
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': c.land } },
      ...areas(c),
      ...streets(c, dark),
      ...labels(c),
    ],
  }
}

function areas(c: MapPalette): LayerSpecification[] {
  const fill = (id: string, layer: string, color: Expression | string, minzoom = 0): LayerSpecification => ({
    id,
    type: 'fill',
    source: CITY,
    'source-layer': layer,
    minzoom,
    paint: { 'fill-color': color as string },
  })
  const ground = e(
    'match',
    kind,
    ['park', 'grass', 'wood', 'pitch', 'cemetery'],
    c.park,
    'sand',
    c.sand,
    ['industrial', 'commercial', 'school', 'hospital', 'military', 'apron', 'square'],
    c.built,
    c.park,
  )
  return [
    fill('landuse', 'landuse', ground),
    fill('park', 'park', ground),
    fill('sea', 'sea', c.sea),
    fill('water', 'water', c.sea),
    {
      id: 'waterway',
      type: 'line',
      source: CITY,
      'source-layer': 'waterway',
      paint: { 'line-color': c.sea, 'line-width': width(1, 5) },
    },
    {
      id: 'building',
      type: 'fill',
      source: CITY,
      'source-layer': 'building',
      minzoom: 14.5,
      paint: {
        'fill-color': c.building,
        'fill-outline-color': c.buildingLine,
        'fill-opacity': e('interpolate', ['linear'], ['zoom'], 14.5, 0, 15.5, 1),
      },
    },
  ]
}

/** Line width that doubles each zoom level as the streets do: px at zoom 11 and at zoom 18. */
function width(at11: number, at18: number): never {
  return e('interpolate', ['exponential', 1.6], ['zoom'], 11, at11, 18, at18)
}

interface Road {
  readonly id: string
  readonly classes: readonly string[]
  readonly color: string
  readonly at11: number
  readonly at18: number
  readonly minzoom: number
}

function streets(c: MapPalette, dark: boolean): LayerSpecification[] {
  const roads: readonly Road[] = [
    { id: 'service', classes: ['service', 'track'], color: c.street, at11: 0.2, at18: 8, minzoom: 14 },
    {
      id: 'street',
      classes: ['residential', 'living_street', 'pedestrian', 'unclassified'],
      color: c.street,
      at11: 0.5,
      at18: 16,
      minzoom: 12,
    },
    { id: 'tertiary', classes: ['tertiary'], color: c.tertiary, at11: 1, at18: 19, minzoom: 11 },
    { id: 'secondary', classes: ['secondary'], color: c.secondary, at11: 1.3, at18: 22, minzoom: 9 },
    { id: 'primary', classes: ['primary'], color: c.primary, at11: 1.6, at18: 24, minzoom: 8 },
    { id: 'motorway', classes: ['motorway', 'trunk'], color: c.motorway, at11: 1.9, at18: 26, minzoom: 7 },
  ]
  const line = (road: Road, casing: boolean): LayerSpecification => ({
    id: casing ? `${road.id}-casing` : road.id,
    type: 'line',
    source: CITY,
    'source-layer': 'road',
    minzoom: casing ? Math.max(road.minzoom, 12) : road.minzoom,
    filter: e('in', kind, ['literal', road.classes]),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: casing
      ? { 'line-color': c.casing, 'line-width': width(road.at11 + 0.6, road.at18 + 3) }
      : { 'line-color': road.color, 'line-width': width(road.at11, road.at18) },
  })
  return [
    {
      id: 'path',
      type: 'line',
      source: CITY,
      'source-layer': 'road',
      minzoom: 15,
      filter: e('in', kind, ['literal', ['path', 'footway']]),
      paint: { 'line-color': c.path, 'line-width': 1.2, 'line-dasharray': [2, 2] },
    },
    ...(dark ? [] : roads.map(road => line(road, true))),
    ...roads.map(road => line(road, false)),
    {
      id: 'pier',
      type: 'line',
      source: CITY,
      'source-layer': 'rail',
      filter: e('in', kind, ['literal', ['pier', 'runway']]),
      paint: { 'line-color': c.built, 'line-width': width(1, 12) },
    },
    {
      id: 'rail',
      type: 'line',
      source: CITY,
      'source-layer': 'rail',
      minzoom: 12,
      filter: e('==', kind, 'rail'),
      paint: { 'line-color': c.rail, 'line-width': 1.4, 'line-dasharray': [4, 2] },
    },
    {
      id: 'oneway',
      type: 'symbol',
      source: CITY,
      'source-layer': 'road',
      minzoom: 16.5,
      filter: e('in', ['to-string', ['coalesce', ['get', 'oneway'], 0]], ['literal', ['1', 'true', '-1']]),
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 160,
        'text-field': e('case', ['==', ['to-string', ['get', 'oneway']], '-1'], '←', '→'),
        'text-font': FONT,
        'text-size': 13,
        'text-keep-upright': false,
      },
      paint: { 'text-color': c.rail },
    },
  ]
}

function labels(c: MapPalette): LayerSpecification[] {
  const halo = { 'text-halo-color': c.halo, 'text-halo-width': 1.6 }
  const named = e('has', 'name')
  return [
    {
      id: 'stop',
      type: 'circle',
      source: CITY,
      'source-layer': 'stop',
      minzoom: 15.5,
      paint: {
        'circle-radius': 3,
        'circle-color': c.halo,
        'circle-stroke-color': c.waterText,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'housenumber',
      type: 'symbol',
      source: CITY,
      'source-layer': 'housenumber',
      minzoom: 17,
      layout: {
        'text-field': e('coalesce', ['get', 'number'], ['get', 'name'], ''),
        'text-font': FONT,
        'text-size': 10,
      },
      paint: { 'text-color': c.text, ...halo },
    },
    {
      id: 'street-name',
      type: 'symbol',
      source: CITY,
      'source-layer': 'road',
      minzoom: 13,
      filter: named,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'symbol-sort-key': e(
          'match',
          kind,
          'motorway',
          0,
          'trunk',
          1,
          'primary',
          2,
          'secondary',
          3,
          'tertiary',
          4,
          5,
        ),
        'text-field': e('get', 'name'),
        'text-font': FONT,
        'text-size': e('interpolate', ['linear'], ['zoom'], 13, 11, 18, 15),
        'text-padding': 8,
      },
      paint: { 'text-color': c.text, ...halo },
    },
    {
      id: 'water-name',
      type: 'symbol',
      source: CITY,
      'source-layer': 'water',
      minzoom: 13,
      filter: named,
      layout: { 'text-field': e('get', 'name'), 'text-font': FONT, 'text-size': 12 },
      paint: { 'text-color': c.waterText, ...halo },
    },
    place(c, { id: 'poi', layer: 'poi', kinds: LANDMARKS, minzoom: 14.5, size: 11 }),
    place(c, { id: 'neighbourhood', layer: 'place', kinds: ['neighbourhood'], minzoom: 13, size: 12 }),
    place(c, { id: 'suburb', layer: 'place', kinds: ['city', 'town', 'suburb'], minzoom: 8, size: 13 }),
  ]
}

const LANDMARKS = [
  'station',
  'airport',
  'park',
  'square',
  'mall',
  'hospital',
  'university',
  'museum',
  'stadium',
]

interface PlaceLabels {
  readonly id: string
  readonly layer: 'place' | 'poi'
  readonly kinds: readonly string[]
  readonly minzoom: number
  readonly size: number
}

function place(c: MapPalette, { id, layer, kinds, minzoom, size }: PlaceLabels): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: CITY,
    'source-layer': layer,
    minzoom,
    filter: e('in', kind, ['literal', kinds]),
    layout: {
      'text-field': e('get', 'name'),
      'text-font': layer === 'poi' ? FONT : FONT_BOLD,
      'text-size': e('interpolate', ['linear'], ['zoom'], minzoom, size, 18, size + 5),
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: {
      'text-color': layer === 'poi' ? c.text : c.placeText,
      'text-halo-color': c.halo,
      'text-halo-width': 1.8,
    },
  }
}
