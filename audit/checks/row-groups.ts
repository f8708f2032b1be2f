import { createKeyIndex, hashBytes } from './key-index.ts'
import type { TripColumns } from './trip-columns.ts'

/** A column of bytes that rows are grouped by. */
type Key = 'terms' | 'driver' | 'shift' | 'pass' | 'car'

/**
 * Rows with the same key together, in the order of `orderOf`; only those for which `isIn` holds and whose key falls to
 * `part` of `parts`, so that threads share the work without a word. Rows of equal order stay in the order of the table.
 */
export function* rowGroups(
  t: TripColumns,
  key: Key,
  options: {
    readonly isIn: (row: number) => boolean
    readonly orderOf: (row: number) => number
    readonly part: number
    readonly parts: number
  },
): Generator<readonly number[]> {
  const { isIn, orderOf, part, parts } = options
  const column = t[key]
  const width = column.length / t.rows
  const index = createKeyIndex(width, 1_024)
  const groupOf = new Int32Array(t.rows).fill(-1)
  for (let row = 0; row < t.rows; row++) {
    if (parts > 1 && (hashBytes(column, row * width, width) >>> 8) % parts !== part) continue
    if (isIn(row)) groupOf[row] = index.add(column, row * width)
  }
  const ends = new Uint32Array(index.size + 1)
  for (let row = 0; row < t.rows; row++) if (groupOf[row]! >= 0) ends[groupOf[row]! + 1]!++
  for (let g = 0; g < index.size; g++) ends[g + 1]! += ends[g]!
  const places = ends.slice(0, index.size)
  const rows = new Uint32Array(ends[index.size]!)
  for (let row = 0; row < t.rows; row++) {
    const group = groupOf[row]!
    if (group >= 0) rows[places[group]!++] = row
  }
  for (let g = 0; g < index.size; g++) {
    const group = Array.from(rows.subarray(ends[g]!, ends[g + 1]!))
    yield group.sort((a, b) => orderOf(a) - orderOf(b) || a - b)
  }
}
