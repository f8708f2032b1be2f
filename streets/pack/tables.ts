import type { CityTables } from '../city.ts'
import { type Packing, packColumn, unpackColumn } from '../columns.ts'
import { packLines, packPlaces, unpackLines, unpackPlaces } from './lines.ts'

/** How a column is packed: as `columns.ts` has it, or as places, lines or rings (of the table's `points`). */
type TablePacking = Packing | 'places' | 'lines' | 'rings'

const SHAPES = { kind: 'plain', name: 'plain', parts: 'plain', points: 'plain' } as const
const TABLES = {
  deadStreets: { ...SHAPES, xy: 'lines' },
  areas: { ...SHAPES, xy: 'rings' },
  lines: { ...SHAPES, xy: 'lines' },
  places: { kind: 'plain', name: 'plain', address: 'plain', xy: 'places' },
  stops: { name: 'plain', line: 'plain', variant: 'plain', order: 'plain', xy: 'places' },
  // House numbers are known to a metre only.
  addresses: { street: 'delta', count: 'plain', number: 'delta', xy: 'delta2' },
} as const satisfies Record<keyof CityTables, Record<string, TablePacking>>

/** A table by its columns; shapes have `points` before what needs them. */
type Columns = Record<string, Int32Array>

/** The tables as sections of a bundle. */
export function packTables(tables: CityTables): Map<string, Uint8Array> {
  const sections = new Map<string, Uint8Array>()
  for (const [table, packings] of Object.entries(TABLES)) {
    const columns = tables[table as keyof CityTables] as unknown as Columns
    for (const [column, packing] of Object.entries<TablePacking>(packings))
      sections.set(sectionName(table, column), packed(columns, column, packing))
  }
  return sections
}

/** The tables of a bundle; whether they add up is for `checkTables`. @throws {RangeError} where they are none */
export function unpackTables(section: (name: string) => Uint8Array): CityTables {
  const tables: Record<string, Columns> = {}
  for (const [table, packings] of Object.entries(TABLES)) {
    const columns: Columns = (tables[table] = {})
    for (const [column, packing] of Object.entries<TablePacking>(packings))
      columns[column] = unpacked(columns, section(sectionName(table, column)), packing)
  }
  return tables as unknown as CityTables
}

function packed(columns: Columns, column: string, packing: TablePacking): Uint8Array {
  const values = columns[column]!
  if (packing === 'places') return packPlaces(values)
  if (packing === 'lines' || packing === 'rings')
    return packLines(columns.points!, values, packing === 'rings')
  return packColumn(values, packing)
}

function unpacked(columns: Columns, bytes: Uint8Array, packing: TablePacking): Int32Array {
  if (packing === 'places') return unpackPlaces(bytes)
  if (packing === 'lines' || packing === 'rings')
    return unpackLines(columns.points!, bytes, packing === 'rings')
  return unpackColumn(bytes, packing)
}

function sectionName(table: string, column: string): string {
  return `${table.slice(0, 5)}.${column}`
}
