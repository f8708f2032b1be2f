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

/** Columns from which on a phone has no room for them side by side. */
const WIDE = 4

/** Rows and columns, in a box that scrolls by itself; with many columns each row is a card on a phone, labels beside values. */
export function DataTable<R>({ caption, columns, rows, rowKey, empty }: DataTableProps<R>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box that scrolls is no set of form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard (axe rule)
    <div class="table-wrap" role="group" tabIndex={0} aria-label={caption}>
      <table class="table" data-cards={columns.length < WIDE ? undefined : ''}>
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
                <td key={column.key} data-align={column.align} data-label={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
