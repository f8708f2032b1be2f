import type { LngLat } from '@hexhail/protocol/geo.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import type { Box } from './box.ts'
import { type BundleCode, bundleError, bundleHash, unpackBundle } from './bundle.ts'
import { checkInfo, checkStreets, checkTables } from './check-city.ts'
import { orderByRank } from './labels/order-by-rank.ts'
import { unpackStreets } from './pack/streets.ts'
import { unpackTables } from './pack/tables.ts'
import type { StreetTable } from './street-table.ts'

/** What a page needs to know of a city before it draws it. `bounds` is [west, south, east, north]. */
export interface CityInfo {
  readonly name: string
  /** Content hash of the bundle, hex. */
  readonly hash: string
  readonly centre: LngLat
  readonly bounds: Box
  readonly attribution: string
}

/** Drawn shapes of one sort; coordinates are interleaved millionths of a degree, on the grid (`grain.ts`). */
export interface ShapeTable {
  /** Index into the table's kinds (`AREA_KINDS`, `LINE_KINDS`, `STREET_CLASSES`). */
  readonly kind: Int32Array
  readonly name: Int32Array
  /** Rings (areas) or lines (always one) of each shape, then points of each ring. */
  readonly parts: Int32Array
  readonly points: Int32Array
  readonly xy: Int32Array
}

/** Named places: kind is an index into `PLACE_KINDS`. */
export interface PlaceTable {
  readonly kind: Int32Array
  readonly name: Int32Array
  /** Street and number as one text, where tagged. */
  readonly address: Int32Array
  readonly xy: Int32Array
}

/** Bus stops; `line` names the line, `variant` its course, `order` the place of the stop on it (0 unknown). */
export interface StopTable {
  readonly name: Int32Array
  readonly line: Int32Array
  readonly variant: Int32Array
  readonly order: Int32Array
  readonly xy: Int32Array
}

/** House numbers by street, ascending; coordinates are hundred-thousandths of a degree (one metre). */
export interface AddressTable {
  readonly street: Int32Array
  readonly count: Int32Array
  readonly number: Int32Array
  readonly xy: Int32Array
}

/** All that a bundle holds, ready for use. */
export interface CityData {
  readonly info: Omit<CityInfo, 'hash'>
  readonly names: readonly string[]
  readonly streets: StreetTable
  readonly deadStreets: ShapeTable
  readonly areas: ShapeTable
  readonly lines: ShapeTable
  readonly places: PlaceTable
  readonly stops: StopTable
  readonly addresses: AddressTable
  /** Order of elimination of the junction graph, as `rankStates` makes it. */
  readonly junctionRank: Uint8Array
}

/** An opened city. */
export interface City extends Omit<CityData, 'info'> {
  readonly info: CityInfo
}

/** All tables of a city but its streets. */
export type CityTables = Pick<CityData, 'deadStreets' | 'areas' | 'lines' | 'places' | 'stops' | 'addresses'>

/** Section of `CityData.junctionRank`, as it is. */
export const JUNCTION_RANK = 'order-junctions'

/**
 * Open a city that somebody sent: foreign, old, cut and damaged bytes are verdicts. `hash` is their content hash, where
 * the caller has worked it out already. What is opened keeps nothing of the bytes.
 */
export function readCity(bytes: Uint8Array, hash?: string): Verdict<City, BundleCode> {
  const unpacked = unpackBundle(bytes)
  if (unpacked.verdict !== 'accept') return unpacked
  const sections = unpacked.value
  const section = (name: string): Uint8Array => {
    const body = sections.get(name)
    if (!body) throw new RangeError(`No section «${name}».`)
    return body
  }
  const text = (name: string): string => new TextDecoder('utf-8', { fatal: true }).decode(section(name))
  try {
    const info = JSON.parse(text('info')) as CityInfo
    const names = text('names').split('\n')
    const streets = unpackStreets(section)
    const tables = unpackTables(section)
    checkInfo(info)
    checkStreets(streets, names.length)
    checkTables(tables, names.length)
    return accept({
      ...tables,
      info: { ...info, hash: hash ?? bundleHash(bytes) },
      names,
      streets,
      junctionRank: section(JUNCTION_RANK).slice(),
    })
  } catch {
    return reject('CITY_DAMAGED')
  }
}

/** Open a city that must be one. @throws {HexhailError} code `CITY_FOREIGN`, `CITY_VERSION`, `CITY_TRUNCATED` or `CITY_DAMAGED` */
export function openCity(bytes: Uint8Array, hash?: string): City {
  const read = readCity(bytes, hash)
  if (read.verdict === 'accept') return read.value
  throw bundleError(read.code, bytes.length)
}

/**
 * Order of elimination of a city's junction graph, which has `states` states. It is read only here: pages that draw
 * the map do without.
 * @throws {HexhailError} code `CITY_DAMAGED` where the bundle has the order of no or of another graph
 */
export function junctionOrderOf(city: Pick<City, 'junctionRank'>, states: number): Uint32Array {
  if (city.junctionRank.length === states) return orderByRank(city.junctionRank)
  throw bundleError('CITY_DAMAGED', city.junctionRank.length)
}
