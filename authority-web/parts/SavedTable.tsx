import { type Column, DataTable, type DataTableProps } from '@hexhail/ui/components/DataTable.tsx'
import { VirtualTable } from '@hexhail/ui/components/VirtualTable.tsx'
import { SaveCsv } from './SaveCsv.tsx'

/** Properties of `SavedTable`. */
export interface SavedTableProps<R> extends DataTableProps<R> {
  /** Of the file, without its ending. */
  readonly file: string
  /** What is saved where the table shows only the first of them. */
  readonly all?: readonly R[]
  /** Columns that are saved and not shown. */
  readonly more?: readonly Column<R>[]
  /** Rows are one line high and may be any number: many are drawn only where they are in view. */
  readonly mayBeLong?: boolean
}

/** Rows from which on a table that may be long is drawn in view only. */
const MANY = 100

/** A table with the button under it that saves it. */
export function SavedTable<R>({ file, all, more = [], mayBeLong = false, ...table }: SavedTableProps<R>) {
  const rows = all ?? table.rows
  return (
    <div class="stack-tight">
      {mayBeLong && table.rows.length > MANY ? <VirtualTable {...table} /> : <DataTable {...table} />}
      {rows.length > 0 && (
        <div class="row">
          <SaveCsv name={file} columns={[...table.columns, ...more]} rows={rows} />
        </div>
      )}
    </div>
  )
}
