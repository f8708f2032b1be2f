/** A group of rows of a Parquet file as bytes, so that threads make groups and one file takes them all. */
import type { ColumnChunk, SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeColumn } from 'hyparquet-writer/src/column.js'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'

/** Kinds of columns and how Parquet has them. */
const KINDS = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int: { type: 'INT32' },
  long: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  /** Microseconds. */
  moment: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
  bytes16: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 },
  bytes20: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 20 },
  bytes32: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 32 },
} as const satisfies Readonly<Record<string, Omit<SchemaElement, 'name'>>>

/** Name and kind of a column; `isEmptyable`: rows may have nothing in it. */
export interface ParquetColumn {
  readonly name: string
  readonly kind: keyof typeof KINDS
  readonly isEmptyable: boolean
}

/**
 * Values of a column in the rows of a group: any, one by one, with null for nothing; or bytes as Parquet has them, behind
 * each other, with a 1 for each row that has something.
 */
export type ColumnValues = readonly unknown[] | Packed

/** Little-endian bytes of the rows that have something. */
export interface Packed {
  readonly bytes: Uint8Array
  /** Null: all rows have. */
  readonly isThere: Uint8Array | null
}

/** A group; `chunks` are as if the file began with it. */
export interface RowGroup {
  readonly rows: number
  readonly bytes: Uint8Array
  readonly chunks: readonly ColumnChunk[]
}

/** Rows of a group of trips. */
export const GROUP_ROWS = 16_384
/** A page is not larger, as long as a group's columns are not. */
const PAGE = 2 ** 20

/** A column in a file's schema. */
export const schemaElement = ({ name, kind, isEmptyable }: ParquetColumn): SchemaElement => ({
  name,
  repetition_type: isEmptyable ? 'OPTIONAL' : 'REQUIRED',
  ...KINDS[kind],
})

/** Encodes so many rows, values of each column in the order of the columns. Good until the next group of `writer`. */
export function encodeRowGroup(
  columns: readonly ParquetColumn[],
  values: readonly ColumnValues[],
  rows: number,
  writer = new ByteWriter(PAGE),
): RowGroup {
  writer.offset = 0
  writer.index = 0
  const chunks = columns.map((column, c) => {
    const own = values[c]!
    return 'bytes' in own ? packedChunk(writer, column, own, rows) : anyChunk(writer, column, own)
  })
  return { rows, bytes: writer.getBytes(), chunks }
}

/** One page of plain bytes. */
function packedChunk(
  writer: ByteWriter,
  column: ParquetColumn,
  { bytes, isThere }: Packed,
  rows: number,
): ColumnChunk {
  const { type } = KINDS[column.kind]
  const begin = writer.offset
  const levels = new ByteWriter()
  if (column.isEmptyable) {
    const there = isThere ?? new Uint8Array(rows).fill(1)
    writeRleBitPackedHybrid(levels, there as unknown as number[], 1)
  }
  const size = levels.offset + bytes.length
  const missing = isThere === null ? 0 : isThere.reduce((sum, is) => sum + 1 - is, 0)
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: size,
    compressed_page_size: size,
    data_page_header_v2: {
      ...{ num_values: rows, num_nulls: missing, num_rows: rows, encoding: 'PLAIN', is_compressed: true },
      definition_levels_byte_length: levels.offset,
      repetition_levels_byte_length: 0,
    },
  })
  writer.appendBytes(levels.getBytes())
  writer.appendBytes(bytes)
  const written = BigInt(writer.offset - begin)
  return {
    meta_data: {
      ...{ type, encodings: ['PLAIN'], path_in_schema: [column.name], codec: 'UNCOMPRESSED' },
      num_values: BigInt(rows),
      ...{
        total_compressed_size: written,
        total_uncompressed_size: written,
        data_page_offset: BigInt(begin),
      },
    },
    file_offset: BigInt(begin),
  }
}

function anyChunk(writer: ByteWriter, column: ParquetColumn, values: readonly unknown[]): ColumnChunk {
  const element = schemaElement(column)
  const isText = column.kind === 'text'
  const { chunk } = writeColumn({
    writer,
    column: {
      columnName: column.name,
      element,
      schemaPath: [{ name: 'root', num_children: 1 }, element],
      compressors: { SNAPPY: snappyCompress },
      // A dictionary of hashes or moments saves nothing and takes most of the time.
      ...(isText ? { codec: 'SNAPPY' } : { codec: 'UNCOMPRESSED', encoding: 'PLAIN' }),
      ...{ stats: false, columnIndex: false, offsetIndex: false, pageSize: PAGE },
    },
    pageData: {
      values: values as unknown[],
      definitionLevels: column.isEmptyable ? values.map(value => (value === null ? 0 : 1)) : [],
      ...{ repetitionLevels: [], maxDefinitionLevel: column.isEmptyable ? 1 : 0 },
    },
  })
  return chunk
}
