import type { ComponentChildren } from 'preact'

/** One column of a `DataTable`. */
export interface Column<R> {
  readonly key: string
  readonly title: string
  readonly align?: 'start' | 'end'
  readonly cell: (row: R) => ComponentChildren
  /** What stands in the column of a saved table: exact, without the reader's notation. Absent = not saved. */
  readonly plain?: (row: R) => string | number | bigint | null
}

/** Properties of `DataTable`. */
export interface DataTableProps<R> {
  readonly caption: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  readonly empty?: ComponentChildren
}

/** Rows and columns; scrolls sideways inside itself on a phone, reachable by keyboard. */
export function DataTable<R>({ caption, columns, rows, rowKey, empty }: DataTableProps<R>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe rule)
    <section class="table-wrap" tabIndex={0} aria-label={caption}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" data-align={column.align}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map(column => (
                <td key={column.key} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
