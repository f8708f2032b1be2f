/** Rows of one height in a window that scrolls; the window is what is left below the header. */
export interface RowList {
  readonly count: number
  readonly rowPx: number
  readonly viewPx: number
}

/** The rows to draw, `end` not among them, and the room that is kept above and below them. */
export interface RowWindow {
  readonly first: number
  readonly end: number
  readonly abovePx: number
  readonly belowPx: number
}

/** Browsers draw nothing beyond 17 (Firefox) to 33 (Chromium) million pixels: a longer list scrolls faster instead. */
export const MOST_PX = 12_000_000
/** Rows that are drawn beyond each edge, so that a small scroll shows no gap. */
const OVER = 6

const heightOf = ({ count, rowPx }: RowList): number => Math.min(count * rowPx, MOST_PX)
const isScaled = ({ count, rowPx }: RowList): boolean => count * rowPx > MOST_PX
/** Whole rows that the window holds, at least one. */
export const pageRows = ({ rowPx, viewPx }: RowList): number => Math.max(1, Math.floor(viewPx / rowPx))

/** Rows of scroll by one pixel of scroll: at the end the last row is seen whole. */
const rowsAPx = (list: RowList): number =>
  isScaled(list) ? (list.count - pageRows(list)) / Math.max(1, heightOf(list) - list.viewPx) : 1 / list.rowPx

/** What to draw at a scroll position. A list that is too long for the browser scrolls by whole rows. */
export function windowAt(list: RowList, scrollPx: number): RowWindow {
  const { count, rowPx, viewPx } = list
  const height = heightOf(list)
  const at = Math.max(0, Math.min(scrollPx, height - viewPx))
  const top = Math.floor(at * rowsAPx(list) + 1e-6)
  const over = Math.min(OVER, top, Math.floor(at / rowPx))
  const first = top - over
  const end = Math.min(count, top + Math.ceil(viewPx / rowPx) + 1 + OVER)
  const abovePx = isScaled(list) ? at - over * rowPx : first * rowPx
  return { first, end, abovePx, belowPx: Math.max(0, height - abovePx - (end - first) * rowPx) }
}

/** Where to scroll so that a row is seen whole: nowhere if it is, else the shortest way. */
export function revealPx(list: RowList, scrollPx: number, row: number): number {
  const place = scrollPx * rowsAPx(list)
  const firstWhole = isScaled(list) ? Math.floor(place + 1e-6) : Math.ceil(place - 0.01)
  const page = pageRows(list)
  if (row >= firstWhole && row < firstWhole + page) return scrollPx
  const first = Math.max(0, row < firstWhole ? row : row - page + 1)
  const reach = Math.max(0, heightOf(list) - list.viewPx)
  // Half a row further where rows are less than a row's pixels apart, so that rounding lands on the row itself.
  return Math.min(reach, isScaled(list) && first > 0 ? (first + 0.5) / rowsAPx(list) : first * list.rowPx)
}
