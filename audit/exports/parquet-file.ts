import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { BytesFile } from './out-files.ts'

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

/** Values of a column in the rows of one group. */
export type ColumnValues = unknown[] | Float64Array | Int32Array | BigInt64Array

/** A Parquet file that grows by groups of rows, each on disk before the next. */
export interface ParquetFile {
  /** Values of each column, in the order of the columns. */
  write(values: readonly ColumnValues[]): void
  end(): void
}

/** Begins a file. `told`: pairs that stand in its footer. */
export function createParquetFile(
  file: BytesFile,
  columns: readonly ParquetColumn[],
  told: Readonly<Record<string, string>> = {},
): ParquetFile {
  const bytes = new ByteWriter(2 ** 20)
  const writer = Object.assign(bytes, {
    flush() {
      file.write(new Uint8Array(bytes.buffer, 0, bytes.index))
      bytes.index = 0
    },
  })
  const fields = columns.map(
    ({ name, kind, isEmptyable }): SchemaElement => ({
      name,
      repetition_type: isEmptyable ? 'OPTIONAL' : 'REQUIRED',
      ...KINDS[kind],
    }),
  )
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...fields],
    statistics: false,
    createdBy: 'hexhail',
    kvMetadata: Object.entries(told).map(([key, value]) => ({ key, value })),
  })
  return {
    write(values) {
      const columnData = columns.map(({ name, kind }, i) => {
        const data = values[i]!
        // A dictionary of hashes or moments saves nothing and takes most of the time.
        const isPlain = kind !== 'text'
        return isPlain ? ({ name, data, encoding: 'PLAIN', codec: 'UNCOMPRESSED' } as const) : { name, data }
      })
      parquet.write({ columnData, rowGroupSize: Number.MAX_SAFE_INTEGER })
    },
    end() {
      parquet.finish()
      writer.flush()
    },
  }
}
