import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { BytesFile } from './out-files.ts'
import { type ParquetColumn, type RowGroup, schemaElement } from './row-group.ts'

/** A Parquet file that grows by groups of rows, each on disk before the next. */
export interface ParquetFile {
  write(group: RowGroup): void
  end(): void
}

/** Begins a file. `told`: pairs that stand in its footer. */
export function createParquetFile(
  file: BytesFile,
  columns: readonly ParquetColumn[],
  told: Readonly<Record<string, string>> = {},
): ParquetFile {
  const writer = new ByteWriter()
  const flush = () => {
    file.write(writer.getBytes())
    writer.index = 0
  }
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaElement)],
    statistics: false,
    createdBy: 'hexhail',
    kvMetadata: Object.entries(told).map(([key, value]) => ({ key, value })),
  })
  return {
    write({ rows, bytes, chunks }) {
      flush()
      const begin = BigInt(writer.offset)
      const moved = chunks.map(({ file_offset, meta_data, ...rest }) => {
        const { data_page_offset, dictionary_page_offset: dictionary, ...meta } = meta_data!
        return {
          ...rest,
          file_offset: begin + file_offset,
          meta_data: {
            ...meta,
            data_page_offset: begin + data_page_offset,
            ...(dictionary !== undefined && { dictionary_page_offset: begin + dictionary }),
          },
        }
      })
      file.write(bytes)
      writer.offset += bytes.length
      const sizes = chunks.map(({ meta_data }) => meta_data!.total_uncompressed_size)
      parquet.num_rows += BigInt(rows)
      parquet.row_groups.push({
        columns: moved,
        total_byte_size: sizes.reduce((sum, size) => sum + size, 0n),
        num_rows: BigInt(rows),
        total_compressed_size: BigInt(bytes.length),
      })
    },
    end() {
      parquet.finish()
      flush()
    },
  }
}
