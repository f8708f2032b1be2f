import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { City, ShapeTable } from '../city.ts'
import { STREET_CLASSES } from '../osm/car-access.ts'
import { AREA_KINDS, type AreaKind, LINE_KINDS, PLACE_KINDS } from './map-kinds.ts'
import { numberTiles } from './number-tiles.ts'
import { streetLines } from './street-lines.ts'

/** Zooms at which tiles are worth asking for (`minzoom`, `maxzoom` of the map's source); above, it stretches the last. */
const TILE_ZOOMS = { min: 6, max: 17 } as const

/** Attributes that a layer's features carry. */
type Attributes = Record<string, string | number>
type Feature = GeoJSON.Feature<GeoJSON.Geometry, Attributes>
interface Layer {
  readonly minZoom: number
  readonly features: () => Feature[]
  /** Zoom from which a feature is worth its bytes. */
  readonly from?: (attributes: Attributes) => number
}

/** Vector tiles of a city. */
export interface Tiles {
  /** One tile as Mapbox vector tile; no bytes where it is empty. */
  tile(z: number, x: number, y: number): Uint8Array
}

const EXTENT = 4096
const ROAD_FROM: readonly number[] = STREET_CLASSES.map(c =>
  /motorway|trunk|primary/.test(c)
    ? 6
    : c === 'secondary'
      ? 9
      : c === 'tertiary'
        ? 11
        : c === 'residential'
          ? 12
          : 14,
)
const LANDUSE = new Set<AreaKind>([
  'sand',
  'industrial',
  'commercial',
  'school',
  'hospital',
  'military',
  'apron',
  'square',
])
const GREEN = new Set<AreaKind>(['park', 'grass', 'wood', 'pitch', 'cemetery'])
const LABELS = new Set(['city', 'town', 'suburb', 'neighbourhood'])
const LANDMARKS = new Set([
  'station',
  'airport',
  'mall',
  'hospital',
  'university',
  'stadium',
  'park',
  'square',
  'museum',
])

/**
 * Makes tiles from a city; each layer is cut the first time it is wanted.
 * Layers: `sea`, `water`, `park` (class), `landuse` (class), `building`, `waterway` (class, name), `rail` (class),
 * `road` (class, name, oneway 1, bridge 1, tunnel 1), `place` (class, name), `poi` (class, name), `stop` (name, line),
 * `housenumber` (number; from zoom 17).
 */
export function createTiles(city: City): Tiles {
  const areas =
    (wanted: (kind: AreaKind) => boolean): (() => Feature[]) =>
    () =>
      shapes(city, city.areas, AREA_KINDS, kind => wanted(kind as AreaKind), 'Polygon')
  const lines = (wanted: RegExp) => () =>
    shapes(city, city.lines, LINE_KINDS, kind => wanted.test(kind), 'LineString')
  const layers: Readonly<Record<string, Layer>> = {
    sea: { minZoom: 0, features: areas(kind => kind === 'sea') },
    landuse: { minZoom: 10, features: areas(kind => LANDUSE.has(kind)) },
    park: { minZoom: 9, features: areas(kind => GREEN.has(kind)) },
    water: { minZoom: 9, features: areas(kind => kind === 'water') },
    waterway: { minZoom: 12, features: lines(/river|stream/) },
    building: { minZoom: 14, features: areas(kind => kind === 'building') },
    rail: { minZoom: 11, features: lines(/rail|pier|runway/) },
    road: {
      minZoom: 6,
      features: () => roads(city),
      from: a => ROAD_FROM[STREET_CLASSES.indexOf(a.class as 'path')]!,
    },
    place: {
      minZoom: 6,
      features: () => places(city, true),
      from: a => (a.class === 'neighbourhood' ? 13 : a.class === 'suburb' ? 11 : 6),
    },
    poi: {
      minZoom: 14,
      features: () => places(city, false),
      from: a => (LANDMARKS.has(String(a.class)) ? 14 : 16),
    },
    stop: { minZoom: 15, features: () => stops(city) },
  }
  const cut = new Map<string, GeoJSONVT>()
  const layerTile = (name: string, layer: Layer, z: number, x: number, y: number): GeoJSONVTTile | null => {
    let index = cut.get(name)
    if (!index) {
      const options = {
        maxZoom: TILE_ZOOMS.max,
        indexMaxZoom: 0,
        tolerance: 3,
        extent: EXTENT,
        buffer: 64,
        wrap: false,
      }
      cut.set(
        name,
        (index = new GeoJSONVT({ type: 'FeatureCollection', features: layer.features() }, options)),
      )
    }
    const tile = index.getTile(z, x, y)
    const from = layer.from
    if (!tile || !from) return tile
    return { ...tile, features: tile.features.filter(f => from(f.tags as Attributes) <= z) } as GeoJSONVTTile
  }
  const numbers = numberTiles(city.addresses, TILE_ZOOMS.max, EXTENT)
  return {
    tile(z, x, y) {
      const found: Record<string, GeoJSONVTTile> = {}
      for (const [name, layer] of Object.entries(layers)) {
        const tile = z >= layer.minZoom ? layerTile(name, layer, z, x, y) : null
        if (tile && tile.features.length > 0) found[name] = tile
      }
      const near = z === TILE_ZOOMS.max ? numbers(x, y) : null
      if (near) found.housenumber = near
      return Object.keys(found).length > 0
        ? fromGeojsonVt(found, { version: 2, extent: EXTENT })
        : new Uint8Array(0)
    },
  }
}

function shapes(
  city: City,
  table: ShapeTable,
  kinds: readonly string[],
  wanted: (kind: string) => boolean,
  type: 'Polygon' | 'LineString',
): Feature[] {
  const features: Feature[] = []
  let [part, point] = [0, 0]
  for (let i = 0; i < table.kind.length; i++) {
    const kind = kinds[table.kind[i]!] ?? ''
    const rings: [number, number][][] = []
    for (let r = 0; r < table.parts[i]!; r++) {
      const count = table.points[part++]!
      const ring: [number, number][] = []
      if (wanted(kind)) {
        for (let k = 0; k < count; k++)
          ring.push([table.xy[2 * (point + k)]! / 1e6, table.xy[2 * (point + k) + 1]! / 1e6])
      }
      point += count
      rings.push(ring)
    }
    if (!wanted(kind) || !rings[0]) continue
    const geometry = type === 'Polygon' ? { type, coordinates: rings } : { type, coordinates: rings[0] }
    features.push({ type: 'Feature', properties: named(city, { class: kind }, table.name[i]!), geometry })
  }
  return features
}

function roads(city: City): Feature[] {
  const driven = streetLines(city.streets).map(({ kind, name, oneway, bridge, tunnel, line }): Feature => {
    const attributes: Attributes = { class: STREET_CLASSES[kind] ?? 'path' }
    if (oneway) attributes.oneway = 1
    if (bridge) attributes.bridge = 1
    if (tunnel) attributes.tunnel = 1
    return {
      type: 'Feature',
      properties: named(city, attributes, name),
      geometry: { type: 'LineString', coordinates: line },
    }
  })
  return driven.concat(shapes(city, city.deadStreets, STREET_CLASSES, () => true, 'LineString'))
}

function places(city: City, labels: boolean): Feature[] {
  const { kind, name, xy } = city.places
  const features: Feature[] = []
  for (let i = 0; i < kind.length; i++) {
    const placeKind = PLACE_KINDS[kind[i]!] ?? 'other'
    if (LABELS.has(placeKind) === labels)
      features.push(pointAt(xy, i, named(city, { class: placeKind }, name[i]!)))
  }
  return features
}

function stops(city: City): Feature[] {
  const { name, line, xy } = city.stops
  return Array.from(name, (id, i) => pointAt(xy, i, named(city, { line: city.names[line[i]!] ?? '' }, id)))
}

function pointAt(xy: Int32Array, i: number, properties: Attributes): Feature {
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'Point', coordinates: [xy[2 * i]! / 1e6, xy[2 * i + 1]! / 1e6] },
  }
}

function named(city: City, attributes: Attributes, name: number): Attributes {
  const text = city.names[name]
  return text ? { ...attributes, name: text } : attributes
}
