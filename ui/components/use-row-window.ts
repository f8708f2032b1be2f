import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { pageRows, type RowList, type RowWindow, revealPx, windowAt } from './virtual-window.ts'

/** Heights before the table is measured, px. */
const ROW_PX = 48
const VIEW_PX = 480

/** The rows in view of a scrolling table, and how to move among them. */
export interface RowsInView extends RowWindow {
  readonly box: RefObject<HTMLDivElement | null>
  /** Header and all rows. */
  readonly wholePx: number
  readonly pageRows: number
  readonly onScroll: () => void
  /** Scrolls no further than it must. */
  readonly reveal: (row: number) => void
}

/** Follows the scroll and the size of a box that holds a table of `count` rows. */
export function useRowWindow(count: number): RowsInView {
  const box = useRef<HTMLDivElement>(null)
  const [scrollPx, setScrollPx] = useState(0)
  const [size, setSize] = useState({ rowPx: ROW_PX, viewPx: VIEW_PX, headPx: 0 })
  const list: RowList = { count, ...size }
  const view = windowAt(list, scrollPx)
  const isEmpty = count === 0

  useLayoutEffect(() => {
    const host = box.current
    if (!host) return
    const measure = (): void => {
      const row = host.querySelector('tbody tr[aria-rowindex]')?.getBoundingClientRect().height || ROW_PX
      const head = host.querySelector('thead')?.getBoundingClientRect().height ?? 0
      const viewPx = Math.max(row, host.clientHeight - head)
      setSize(was =>
        was.rowPx === row && was.viewPx === viewPx && was.headPx === head
          ? was
          : { rowPx: row, viewPx, headPx: head },
      )
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(host)
    return () => watch.disconnect()
  }, [isEmpty])

  const read = (): void => setScrollPx(box.current?.scrollTop ?? 0)
  return {
    ...view,
    wholePx: size.headPx + view.abovePx + (view.end - view.first) * size.rowPx + view.belowPx,
    box,
    pageRows: pageRows(list),
    onScroll: read,
    reveal: row => {
      if (!box.current) return
      const to = revealPx(list, box.current.scrollTop, row)
      if (to !== box.current.scrollTop) box.current.scrollTop = to
      read()
    },
  }
}
