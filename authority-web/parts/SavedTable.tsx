import { type Column, DataTable, type DataTableProps } from '@hexhail/ui/components/DataTable.tsx'
import { SaveCsv } from './SaveCsv.tsx'

/** Properties of `SavedTable`. */
export interface SavedTableProps<R> extends DataTableProps<R> {
  /** Of the file, without its ending. */
  readonly file: string
  /** What is saved where the table shows only the first of them. */
  readonly all?: readonly R[]
  /** Columns that are saved and not shown. */
  readonly more?: readonly Column<R>[]
}

/** A table with the button under it that saves it. */
export function SavedTable<R>({ file, all, more = [], ...table }: SavedTableProps<R>) {
  const rows = all ?? table.rows
  return (
    <div class="stack-tight">
      <DataTable {...table} />
      {rows.length > 0 && (
        <div class="row">
          <SaveCsv name={file} columns={[...table.columns, ...more]} rows={rows} />
        </div>
      )}
    </div>
  )
}
