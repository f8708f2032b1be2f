import type { ComponentChildren } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import type { Column } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import { orderOf, type SortKey } from './row-order.ts'
import { useRowWindow } from './use-row-window.ts'

/** One column of a `VirtualTable`. */
export interface VirtualColumn<R> extends Column<R> {
  /** The share of the width that it takes. */
  readonly width?: 'narrow' | 'wide'
  /** What rows are sorted by when the title is pressed. */
  readonly sortBy?: (row: R) => SortKey
}

/** Properties of `VirtualTable`. */
export interface VirtualTableProps<R> {
  readonly caption: string
  readonly columns: readonly VirtualColumn<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  readonly empty?: ComponentChildren
}

interface Sorting {
  readonly key: string
  readonly down: boolean
}

/**
 * A table of any length: rows have one height, and only those in view are in the page. Arrows, page, home and end move
 * the current row, enter opens its first link; a press on a column's title sorts by it.
 */
export function VirtualTable<R>({ caption, columns, rows, rowKey, empty }: VirtualTableProps<R>) {
  const id = useId()
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const [current, setCurrent] = useState(0)
  const sortBy = columns.find(each => each.key === sorting?.key)?.sortBy
  const order = useMemo(
    () => (sorting && sortBy ? orderOf(rows, sortBy, sorting.down) : null),
    [rows, sorting], // a new drawing brings a new function for the same key
  )
  const { box, first, end, abovePx, wholePx, pageRows, onScroll, reveal } = useRowWindow(rows.length)
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>

  const go = (row: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, row))
    setCurrent(next)
    reveal(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = Math.min(current, rows.length - 1)
    const to: Readonly<Record<string, number>> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + pageRows,
      PageUp: from - pageRows,
      Home: 0,
      End: rows.length - 1,
    }
    const next = to[event.key]
    if (next !== undefined) {
      event.preventDefault()
      go(next)
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      document.getElementById(`${id}-${from}`)?.querySelector<HTMLElement>('a, button')?.click()
    }
  }
  const scrolled = (): void => {
    keepFocus(box.current)
    onScroll()
  }
  const sort = (key: string): void => {
    setSorting(was => (was?.key !== key ? { key, down: true } : was.down ? { key, down: false } : null))
    go(0)
  }
  const drawn = Array.from({ length: Math.max(0, end - first) }, (_, n) => {
    const at = first + n
    return { at, row: rows[order?.[at] ?? at] as R }
  })
  return (
    <div class="table-wrap vtable" ref={box} onScroll={scrolled}>
      <div class="vtable-whole" style={{ height: `${wholePx}px` }} />
      <table
        class="table"
        data-size={columns.length > 5 ? undefined : 'small'}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys walk through the rows, as in a grid
        role="grid"
        tabIndex={0}
        aria-label={caption}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={current >= first && current < end ? `${id}-${current}` : undefined}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {columns.map(each => (
            <col key={each.key} data-width={each.width} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(each => (
              <Title key={each.key} column={each} sorting={sorting} onSort={() => sort(each.key)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a bare row takes no focus */}
          <tr aria-hidden="true" class="vtable-gap" style={{ height: `${abovePx}px` }} />
          {drawn.map(({ at, row }) => (
            <tr
              key={rowKey(row)}
              id={`${id}-${at}`}
              aria-rowindex={at + 2}
              data-current={at === current ? '' : undefined}
              onClick={() => setCurrent(at)}
            >
              {columns.map(each => (
                <td key={each.key} data-align={each.align}>
                  {each.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Title<R>({
  column,
  sorting,
  onSort,
}: {
  readonly column: VirtualColumn<R>
  readonly sorting: Sorting | null
  readonly onSort: () => void
}) {
  const down = sorting?.key === column.key ? sorting.down : null
  if (!column.sortBy)
    return (
      <th scope="col" data-align={column.align}>
        {column.title}
      </th>
    )
  const state = down === null ? 'none' : down ? 'descending' : 'ascending'
  return (
    <th scope="col" data-align={column.align} aria-sort={state}>
      <button type="button" class="table-sort" onClick={onSort}>
        {column.title}
        <Icon name={down === false ? 'chevron-up' : 'chevron-down'} size={16} />
      </button>
    </th>
  )
}

/** A link that scrolls out of sight leaves the page: the table takes the focus, so that the keys still work. */
function keepFocus(box: HTMLElement | null): void {
  const link = document.activeElement
  if (!box || !link?.closest('tbody') || !box.contains(link)) return
  const [inner, outer] = [link.getBoundingClientRect(), box.getBoundingClientRect()]
  if (inner.bottom < outer.top || inner.top > outer.bottom)
    box.querySelector<HTMLElement>('table')?.focus({ preventScroll: true })
}
