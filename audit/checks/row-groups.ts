import { hashBytes, isSameAt } from './key-index.ts'
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
    /** Groups of fewer rows are passed over. */
    readonly least?: number
  },
): Generator<readonly number[]> {
  const { isIn, orderOf, part, parts, least = 1 } = options
  const { first, last, next, groups } = chained(t, key, isIn, part, parts)
  for (let g = 0; g < groups; g++) {
    if (least > 1 && first[g] === last[g]) continue
    const group: number[] = []
    let isSorted = true
    for (let row = first[g]!; ; row = next[row]!) {
      if (group.length > 0 && orderOf(row) < orderOf(group.at(-1)!)) isSorted = false
      group.push(row)
      if (row === last[g]) break
    }
    if (group.length >= least) yield isSorted ? group : group.sort((a, b) => orderOf(a) - orderOf(b) || a - b)
  }
}

/** The rows of each group as a chain from its first to its last. Room that no group needs is never touched. */
function chained(
  t: TripColumns,
  key: Key,
  isIn: (row: number) => boolean,
  part: number,
  parts: number,
): { first: Uint32Array; last: Uint32Array; next: Uint32Array; groups: number } {
  const column = t[key]
  const width = column.length / t.rows
  let room = 2 ** 10
  while (room < (t.rows / parts) * 1.1) room *= 2
  /** By hash: number of a group and one, 0 = none. */
  let slots = new Uint32Array(room * 2)
  let first = new Uint32Array(room)
  let last = new Uint32Array(room)
  const next = new Uint32Array(t.rows)
  let groups = 0
  const slotOf = (row: number, hash: number): number => {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const group = slots[slot]!
      if (group === 0 || isSameAt(column, first[group - 1]! * width, column, row * width, width)) return slot
    }
  }
  for (let row = 0; row < t.rows; row++) {
    if (!isIn(row)) continue
    const hash = hashBytes(column, row * width, width)
    if ((hash >>> 24) % parts !== part) continue
    const slot = slotOf(row, hash)
    const group = slots[slot]!
    if (group > 0) {
      next[last[group - 1]!] = row
      last[group - 1] = row
      continue
    }
    first[groups] = row
    last[groups] = row
    slots[slot] = ++groups
    if (groups < first.length) continue
    const grown = (array: Uint32Array<ArrayBuffer>) => {
      const more = new Uint32Array(array.length * 2)
      more.set(array)
      return more
    }
    first = grown(first)
    last = grown(last)
    slots = new Uint32Array(slots.length * 2)
    for (let g = 0; g < groups; g++)
      slots[slotOf(first[g]!, hashBytes(column, first[g]! * width, width))] = g + 1
  }
  return { first, last, next, groups }
}
