import type { LngLat } from '@hexhail/protocol/geo.ts'
import { classifyRings, VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { Feature, Tags } from './feature.ts'

const NOT_TAGS = /^(@|mvdgis:(padron|cod_nombre|source)|source|created_by|note:|todo|fixme)/

/**
 * Features of one OSM QA tile: raw OpenStreetMap elements with all tags on a grid of 2^20 a tile (9 mm),
 * cut at the tile border so that both sides keep equal coordinates.
 */
export function* readQaTile(bytes: Uint8Array, z: number, x: number, y: number): Generator<Feature> {
  const layer = new VectorTile(new PbfReader(bytes)).layers.osm
  if (!layer) return
  const world = layer.extent * 2 ** z
  const place = (p: { x: number; y: number }): LngLat => [
    ((x * layer.extent + p.x) / world) * 360 - 180,
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y * layer.extent + p.y)) / world))) * 180) / Math.PI,
  ]
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i)
    const id = Number(feature.properties['@id'])
    const tags = tagsOf(feature.properties)
    const parts = feature.loadGeometry()
    if (feature.type === 1) {
      for (const part of parts) for (const p of part) yield { kind: 'point', id, tags, at: place(p) }
    } else if (feature.type === 2) {
      for (const part of parts) yield { kind: 'way', id, tags, line: part.map(place) }
    } else if (feature.type === 3) {
      for (const rings of classifyRings(parts))
        yield { kind: 'area', id, tags, rings: rings.map(r => r.map(place)) }
    }
  }
}

function tagsOf(properties: Readonly<Record<string, unknown>>): Tags {
  const tags: Record<string, string> = {}
  for (const key in properties) if (!NOT_TAGS.test(key)) tags[key] = String(properties[key])
  return tags
}
