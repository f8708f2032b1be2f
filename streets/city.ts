import type { LngLat } from '@hexhail/protocol/geo.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import type { Box } from './box.ts'
import { type BundleCode, bundleError, bundleHash, packBundle, unpackBundle } from './bundle.ts'
import { checkInfo, checkStreets, checkTables } from './check-city.ts'
import { type Packing, packColumn, unpackColumn } from './columns.ts'
import { readOrder } from './labels/order-codec.ts'
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

/** Drawn shapes of one sort; coordinates are interleaved millionths of a degree. */
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
  /** Order of elimination of the junction graph, as `packOrder` makes it. */
  readonly junctionOrder: Uint8Array
}

/** An opened city. */
export interface City extends Omit<CityData, 'info'> {
  readonly info: CityInfo
}

type Tables = Omit<CityData, 'info' | 'names' | 'streets' | 'junctionOrder'>

const SHAPES = { kind: 'plain', name: 'plain', parts: 'plain', points: 'plain', xy: 'delta2' } as const
const TABLES = {
  deadStreets: SHAPES,
  areas: SHAPES,
  lines: SHAPES,
  places: { kind: 'plain', name: 'plain', address: 'plain', xy: 'delta2' },
  stops: { name: 'plain', line: 'plain', variant: 'plain', order: 'plain', xy: 'delta2' },
  addresses: { street: 'delta', count: 'plain', number: 'delta', xy: 'delta2' },
} as const satisfies Record<string, Record<string, Packing>>
const STREETS = {
  junctionXy: 'delta2',
  tail: 'delta',
  head: 'delta',
  flags: 'plain',
  kind: 'plain',
  speedKmh: 'plain',
  lights: 'plain',
  name: 'plain',
  lengthDm: 'plain',
  geomFirst: 'delta',
  geomXy: 'delta2',
  turns: 'plain',
} as const satisfies Record<keyof StreetTable, Packing>
const JUNCTION_ORDER = 'order-junctions'

/** Bytes of a city. */
export function packCity(city: CityData): Uint8Array {
  const sections = new Map<string, Uint8Array>()
  sections.set('info', new TextEncoder().encode(JSON.stringify(city.info)))
  sections.set('names', new TextEncoder().encode(city.names.join('\n')))
  for (const [column, packing] of Object.entries(STREETS)) {
    sections.set(`st.${column}`, packColumn(city.streets[column as keyof StreetTable], packing))
  }
  for (const [table, columns] of Object.entries(TABLES)) {
    const data = city[table as keyof typeof TABLES] as unknown as Record<string, Int32Array>
    for (const [column, packing] of Object.entries(columns)) {
      sections.set(sectionName(table, column), packColumn(data[column]!, packing))
    }
  }
  sections.set(JUNCTION_ORDER, city.junctionOrder)
  return packBundle(sections)
}

/** Open a city that somebody sent: foreign, old, cut and damaged bytes are verdicts. */
export function readCity(bytes: Uint8Array): Verdict<City, BundleCode> {
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
    const col = (name: keyof StreetTable): Int32Array => unpackColumn(section(`st.${name}`), STREETS[name])
    const streets: StreetTable = {
      junctionXy: col('junctionXy'),
      tail: Uint32Array.from(col('tail')),
      head: Uint32Array.from(col('head')),
      flags: Uint8Array.from(col('flags')),
      kind: Uint8Array.from(col('kind')),
      speedKmh: Uint8Array.from(col('speedKmh')),
      lights: Uint8Array.from(col('lights')),
      name: Uint32Array.from(col('name')),
      lengthDm: Uint32Array.from(col('lengthDm')),
      geomFirst: Uint32Array.from(col('geomFirst')),
      geomXy: col('geomXy'),
      turns: Uint32Array.from(col('turns')),
    }
    const names = text('names').split('\n')
    checkInfo(info)
    checkStreets(streets, names.length)
    const tables: Record<string, Record<string, Int32Array>> = {}
    for (const [table, columns] of Object.entries(TABLES)) {
      const data: Record<string, Int32Array> = {}
      for (const [column, packing] of Object.entries(columns)) {
        data[column] = unpackColumn(section(sectionName(table, column)), packing)
      }
      tables[table] = data
    }
    const rest = tables as unknown as Tables
    checkTables(rest, names.length)
    return accept({
      ...rest,
      info: { ...info, hash: bundleHash(bytes) },
      names,
      streets,
      junctionOrder: section(JUNCTION_ORDER),
    })
  } catch {
    return reject('CITY_DAMAGED')
  }
}

/** Open a city that must be one. @throws {HexhailError} code `CITY_FOREIGN`, `CITY_VERSION`, `CITY_TRUNCATED` or `CITY_DAMAGED` */
export function openCity(bytes: Uint8Array): City {
  const read = readCity(bytes)
  if (read.verdict === 'accept') return read.value
  throw bundleError(read.code, bytes.length)
}

/**
 * Order of elimination of a city's junction graph, which has `states` states. It is read only here: pages that draw
 * the map do without.
 * @throws {HexhailError} code `CITY_DAMAGED` where the bundle has the order of no or of another graph
 */
export function junctionOrderOf(city: Pick<City, 'junctionOrder'>, states: number): Uint32Array {
  const read = readOrder(city.junctionOrder, states)
  if (read.verdict === 'accept') return read.value
  throw bundleError('CITY_DAMAGED', city.junctionOrder.length)
}

function sectionName(table: string, column: string): string {
  return `${table.slice(0, 5)}.${column}`
}
