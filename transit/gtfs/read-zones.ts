import type { Complaints } from './complaint.ts'

/** A place in degrees. */
type Position = readonly [lng: number, lat: number]

/** An area that riding on demand serves: polygons, each its outline and then its holes, all closed. */
export interface Zone {
  readonly id: string
  readonly name: string
  readonly polygons: readonly (readonly (readonly Position[])[])[]
}

const FILE = 'locations.geojson'
/** Deepest and widest of a zone that is looked at. */
const MOST_POSITIONS = 100_000

/** Zones of locations.geojson (RFC 7946); a feature's number stands for the row. */
export function readZones(text: string, complaints: Complaints): Zone[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    complaints.add('error', 'GEOMETRY_BAD', { file: FILE })
    return []
  }
  const features = isObject(parsed) && Array.isArray(parsed.features) ? (parsed.features as unknown[]) : null
  if (features === null) {
    complaints.add('error', 'GEOMETRY_BAD', { file: FILE, column: 'features' })
    return []
  }
  const seen = new Set<string>()
  return features.flatMap((feature, i): Zone[] => {
    const { id, geometry, properties } = isObject(feature) ? feature : {}
    const at = { file: FILE, row: i + 1, column: 'id', value: String(id ?? '') }
    if (typeof id !== 'string' || id === '') complaints.add('error', 'VALUE_MISSING', at)
    else if (seen.has(id)) complaints.add('error', 'ID_TWICE', at)
    else {
      seen.add(id)
      const polygons = polygonsOf(geometry)
      if (polygons !== null) {
        const name =
          isObject(properties) && typeof properties.stop_name === 'string' ? properties.stop_name : ''
        return [{ id, name, polygons }]
      }
      complaints.add('error', 'GEOMETRY_BAD', { ...at, column: 'geometry' })
    }
    return []
  })
}

function polygonsOf(geometry: unknown): Zone['polygons'] | null {
  if (!isObject(geometry)) return null
  const { type, coordinates } = geometry
  const polygons: unknown = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null
  if (!isFilled(polygons)) return null
  let positions = 0
  const isWhole = polygons.every(
    polygon =>
      isFilled(polygon) &&
      polygon.every(ring => {
        if (!isFilled(ring) || ring.length < 4 || (positions += ring.length) > MOST_POSITIONS) return false
        const [first, last] = [ring[0], ring[ring.length - 1]]
        return ring.every(isPosition) && isPosition(first) && isPosition(last) && `${first}` === `${last}`
      }),
  )
  return isWhole ? (polygons as unknown as Zone['polygons']) : null
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length < 2) return false
  const [lng, lat] = value as unknown[]
  return typeof lng === 'number' && typeof lat === 'number' && Math.abs(lng) <= 180 && Math.abs(lat) <= 90
}

function isFilled(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
