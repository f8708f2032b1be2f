import { orderOf } from '@hexhail/ui/components/row-order.ts'
import { MOST_PX, pageRows, type RowList, revealPx, windowAt } from '@hexhail/ui/components/virtual-window.ts'
import { expect, test } from 'vitest'

const MILLION: RowList = { count: 1_000_000, rowPx: 48, viewPx: 500 }
const SHORT: RowList = { count: 240, rowPx: 48, viewPx: 500 }
const heightOf = (list: RowList, at: number): number => {
  const { first, end, abovePx, belowPx } = windowAt(list, at)
  return abovePx + (end - first) * list.rowPx + belowPx
}
/** Rows that a person sees whole at a scroll position. */
const seen = (list: RowList, at: number): readonly [number, number] => {
  const { first, end, abovePx } = windowAt(list, at)
  const top = first + Math.ceil((at - abovePx) / list.rowPx - 1e-6)
  return [top, Math.min(end, first + Math.floor((at + list.viewPx - abovePx) / list.rowPx + 1e-6)) - 1]
}

test('a million rows draw a few, wherever the scroll stands, and no element is too high', () => {
  for (const list of [MILLION, SHORT])
    for (let n = 0; n <= 1_000; n++) {
      const at = (heightOf(list, 0) - list.viewPx) * (n / 1_000)
      const { first, end, abovePx, belowPx } = windowAt(list, at)
      expect(end - first).toBeLessThanOrEqual(Math.ceil(list.viewPx / list.rowPx) + 13)
      expect(Math.min(abovePx, belowPx)).toBeGreaterThanOrEqual(0)
      expect(heightOf(list, at)).toBeLessThanOrEqual(MOST_PX + list.rowPx)
      expect(abovePx).toBeLessThanOrEqual(at)
      expect(abovePx + (end - first) * list.rowPx).toBeGreaterThanOrEqual(Math.min(at + list.viewPx, 11_520))
    }
})

test('the first row stands at the top, and the last can be scrolled to', () => {
  for (const list of [MILLION, SHORT]) {
    expect(windowAt(list, 0)).toMatchObject({ first: 0, abovePx: 0 })
    const end = heightOf(list, 1e9) - list.viewPx
    expect(windowAt(list, end).end).toBe(list.count)
    expect(seen(list, heightOf(list, end) - list.viewPx)[1]).toBe(list.count - 1)
  }
})

test('every row can be walked to, one by one and by pages, and is seen whole', () => {
  for (const list of [MILLION, SHORT]) {
    let at = 0
    const walk = (row: number): void => {
      at = revealPx(list, at, row)
      const [top, last] = seen(list, at)
      expect(top).toBeLessThanOrEqual(row)
      expect(last).toBeGreaterThanOrEqual(row)
    }
    for (let row = 0; row < 200; row++) walk(row)
    for (let row = 199; row >= 0; row--) walk(row)
    for (let row = 0; row < list.count; row += pageRows(list) * 997) walk(row)
    walk(list.count - 1)
    for (let row = list.count - 1; row > list.count - 60; row--) walk(row)
    expect(revealPx(list, at, list.count - 58)).toBe(at) // in sight already
  }
})

test('an empty and a one-row list keep no room', () => {
  expect(windowAt({ count: 0, rowPx: 48, viewPx: 500 }, 0)).toEqual({
    first: 0,
    end: 0,
    abovePx: 0,
    belowPx: 0,
  })
  expect(windowAt({ count: 1, rowPx: 48, viewPx: 500 }, 90)).toMatchObject({ first: 0, end: 1, abovePx: 0 })
})

test('rows are sorted by a key that is asked for once each; equal ones keep their order', () => {
  let asked = 0
  const rows = [3n, 1n, 2n, 1n, 10n].map((key, at) => ({ key, at }))
  const keyOf = (row: { key: bigint }): bigint => {
    asked++
    return row.key
  }
  expect([...orderOf(rows, keyOf, false)]).toEqual([1, 3, 2, 0, 4])
  expect(asked).toBe(rows.length)
  expect([...orderOf(rows, keyOf, true)]).toEqual([4, 0, 2, 1, 3])
})
