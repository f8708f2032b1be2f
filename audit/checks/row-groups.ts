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
  const room = spare.pop() ?? { slots: NONE, first: NONE, last: NONE, next: NONE }
  const groups = chain(room, t, key, isIn, part, parts)
  const { first, last, next } = room
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
  spare.push(room)
}

/** Groups on their way: the rows of each as a chain from its first to its last. */
interface Room {
  /** By hash: number of a group and one, 0 = none. */
  slots: Uint32Array
  first: Uint32Array
  last: Uint32Array
  next: Uint32Array
}

/** Rooms that are free: one is some twenty bytes a row, and used again by the next check. */
const spare: Room[] = []
const NONE = new Uint32Array(0)

/** Chains rows by their key; gives the number of groups. */
function chain(
  room: Room,
  t: TripColumns,
  key: Key,
  isIn: (row: number) => boolean,
  part: number,
  parts: number,
): number {
  const column = t[key]
  const width = column.length / t.rows
  let size = 2 ** 10
  while (size < (t.rows / parts) * 2) size *= 2
  if (room.slots.length < size) room.slots = new Uint32Array(size)
  else room.slots.fill(0)
  if (room.first.length < size / 2) {
    room.first = new Uint32Array(size / 2)
    room.last = new Uint32Array(size / 2)
  }
  if (room.next.length < t.rows) room.next = new Uint32Array(t.rows)
  let { slots, first, last } = room
  const { next } = room
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
    first = grown(first)
    last = grown(last)
    slots = new Uint32Array(slots.length * 2)
    for (let g = 0; g < groups; g++)
      slots[slotOf(first[g]!, hashBytes(column, first[g]! * width, width))] = g + 1
  }
  Object.assign(room, { slots, first, last })
  return groups
}

function grown(array: Uint32Array): Uint32Array {
  const more = new Uint32Array(array.length * 2)
  more.set(array)
  return more
}
