import type { Complaints } from './complaint.ts'
import { decodeText, type OnRecord, readCsv } from './csv.ts'
import type { FeedFiles } from './feed-files.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { Field } from './field.ts'

/** What the readers of single files work with. */
export interface FeedSource {
  readonly files: FeedFiles
  readonly limits: FeedLimits
  readonly complaints: Complaints
}

/** Columns of a file: `stopId` is its column `stop_id`. */
export type Schema = Readonly<Record<string, Field<unknown>>>

/** A row as its schema reads it, and where it stands. */
export type Row<S extends Schema> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never
} & { readonly row: number }

/** What may be said of a file beside its columns. */
export interface RowsOptions<S extends Schema> {
  /** The feed is none without it. */
  readonly isNeeded?: boolean
  /** Columns that no two rows may share. */
  readonly key?: readonly (keyof S & string)[]
}

/**
 * Rows of one CSV file. What cannot stand in a column is taken as blank, with a warning; where the column must not be
 * blank, or is an id that leads nowhere, it is an error, and the row is not taken. A file that is not there has no rows.
 */
export function readRows<S extends Schema>(
  source: FeedSource,
  file: string,
  schema: S,
  options: RowsOptions<S> = {},
): Row<S>[] {
  const rows: Row<S>[] = []
  const seen = new Set<string>()
  const names = Object.keys(schema)
  const columns = names.map(columnOf)
  const { complaints } = source
  const needed = columns.filter((_, i) => schema[names[i]!]!.blank === undefined)
  eachRecord(source, file, columns, { needed, isNeeded: options.isNeeded === true }, (cells, row) => {
    const read: Record<string, unknown> = { row }
    for (let i = 0; i < names.length; i++) {
      const { blank, code, read: take } = schema[names[i]!]!
      const cell = cells[i]!
      const value = cell === '' ? undefined : take(cell)
      const at = { file, row, column: columns[i]!, value: cell }
      if (value === undefined && (blank === undefined || (cell !== '' && code === 'ID_UNKNOWN')))
        return complaints.add('error', cell === '' ? 'VALUE_MISSING' : code, at)
      if (value === undefined && cell !== '') complaints.add('warning', code, at)
      read[names[i]!] = value ?? blank
    }
    if (options.key) {
      const key = JSON.stringify(options.key.map(name => read[name]))
      if (seen.has(key)) {
        const value = options.key.map(name => String(read[name])).join(' ')
        return complaints.add('error', 'ID_TWICE', { file, row, column: columnOf(options.key[0]!), value })
      }
      seen.add(key)
    }
    rows.push(read as Row<S>)
  })
  return rows
}

/** The records of a file by the columns asked for, of which `needed` must be there. */
export function eachRecord(
  { files, limits, complaints }: FeedSource,
  file: string,
  columns: readonly string[],
  { needed, isNeeded = false }: { readonly needed: readonly string[]; readonly isNeeded?: boolean },
  onRecord: OnRecord,
): void {
  const bytes = files.get(file)
  if (bytes === undefined) {
    if (isNeeded) complaints.add('error', 'FILE_MISSING', { file })
    return
  }
  const isWhole = (header: readonly string[]): boolean => {
    const missing = needed.filter(column => !header.includes(column))
    for (const column of missing) complaints.add('error', 'COLUMN_MISSING', { file, row: 1, column })
    return missing.length === 0
  }
  readCsv(decodeText(bytes, file, complaints), file, columns, limits.rows, complaints, isWhole, onRecord)
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
