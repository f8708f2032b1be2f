import type { CityInfo, CityTables, ShapeTable } from './city.ts'
import { turnsFit } from './graph/turn-rules.ts'
import { AREA_KINDS, LINE_KINDS, PLACE_KINDS } from './map/map-kinds.ts'
import { STREET_CLASSES } from './osm/car-access.ts'
import { LONGEST_DM, type StreetTable } from './street-table.ts'

const MICRO = 1e6

/** What pages take for granted about the description of a city. @throws {RangeError} where it is not so */
export function checkInfo(info: Omit<CityInfo, 'hash'>): void {
  const numbers = (list: unknown, length: number): boolean =>
    Array.isArray(list) && list.length === length && list.every(v => Number.isFinite(v))
  demand(
    typeof info === 'object' &&
      info !== null &&
      typeof info.name === 'string' &&
      typeof info.attribution === 'string' &&
      numbers(info.centre, 2) &&
      numbers(info.bounds, 4),
    'The description is incomplete.',
  )
}

/** What the searches take for granted about the street columns. @throws {RangeError} where it is not so */
export function checkStreets(streets: StreetTable, names: number): void {
  const junctions = streets.junctionXy.length / 2
  const segments = streets.tail.length
  const same = ['head', 'flags', 'kind', 'speedKmh', 'lights', 'name', 'lengthDm'] as const
  demand(
    onEarth(streets.junctionXy, MICRO) &&
      onEarth(streets.geomXy, MICRO) &&
      same.every(column => streets[column].length === segments) &&
      streets.geomFirst.length === segments + 1 &&
      streets.geomFirst[0] === 0 &&
      ascends(streets.geomFirst) &&
      streets.geomFirst[segments] === streets.geomXy.length / 2 &&
      below(streets.tail, junctions) &&
      below(streets.head, junctions) &&
      below(streets.kind, STREET_CLASSES.length) &&
      below(streets.name, names) &&
      streets.speedKmh.indexOf(0) < 0 &&
      below(streets.lengthDm, LONGEST_DM + 1) &&
      streets.lengthDm.indexOf(0) < 0 &&
      turnsFit(streets),
    'The street columns do not fit together.',
  )
}

/** Counts must add up, so that whoever walks the columns ends where they end. @throws {RangeError} where they do not */
export function checkTables(
  { areas, lines, deadStreets, places, stops, addresses }: CityTables,
  names: number,
): void {
  const shapes = (t: ShapeTable, kinds: number): boolean =>
    below(t.kind, kinds) &&
    below(t.name, names) &&
    t.name.length === t.kind.length &&
    t.parts.length === t.kind.length &&
    sum(t.parts) === t.points.length &&
    sum(t.points) * 2 === t.xy.length &&
    // The sea is drawn a little past the edge of the city, and that could be the edge of the map.
    onEarth(t.xy, MICRO, 2)
  demand(
    shapes(areas, AREA_KINDS.length) &&
      shapes(lines, LINE_KINDS.length) &&
      shapes(deadStreets, STREET_CLASSES.length) &&
      below(places.kind, PLACE_KINDS.length) &&
      [places.name, places.address].every(c => c.length === places.kind.length && below(c, names)) &&
      places.xy.length === places.kind.length * 2 &&
      onEarth(places.xy, MICRO) &&
      [stops.line, stops.variant, stops.order].every(c => c.length === stops.name.length) &&
      [stops.name, stops.line].every(c => below(c, names)) &&
      stops.xy.length === stops.name.length * 2 &&
      onEarth(stops.xy, MICRO) &&
      below(addresses.street, names) &&
      addresses.count.length === addresses.street.length &&
      sum(addresses.count) === addresses.number.length &&
      addresses.xy.length === addresses.number.length * 2 &&
      onEarth(addresses.xy, MICRO / 10),
    'The tables do not add up.',
  )
}

function ascends(column: Uint32Array): boolean {
  for (let i = 1; i < column.length; i++) if (column[i]! < column[i - 1]!) return false
  return true
}

/** Sum of counts, no number where one is negative. */
function sum(column: Int32Array): number {
  return column.reduce((total, n) => total + (n < 0 ? Number.NaN : n), 0)
}

function below(column: Int32Array | Uint32Array | Uint8Array, bound: number): boolean {
  for (let i = 0; i < column.length; i++) if (column[i]! < 0 || column[i]! >= bound) return false
  return true
}

/** Whether interleaved coordinates in steps of 1/`scale` degree are places, or lie `beyond` (degrees) the edge. */
function onEarth(xy: Int32Array, scale: number, beyond = 0): boolean {
  const [east, north] = [(180 + beyond) * scale, (90 + beyond) * scale]
  for (let i = 0; i < xy.length; i += 2)
    if (Math.abs(xy[i]!) > east || Math.abs(xy[i + 1]!) > north) return false
  return xy.length % 2 === 0
}

function demand(ok: boolean, message: string): void {
  if (!ok) throw new RangeError(message)
}
