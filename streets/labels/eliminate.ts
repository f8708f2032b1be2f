import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Neighbours } from './neighbours.ts'

/** What becomes of a graph when its states are eliminated one after the other; all by *place* in that order. */
export interface Elimination {
  /** Later neighbours of a place when it goes: `later[first[p]] … later[first[p + 1] - 1]`, ascending. */
  readonly first: Uint32Array
  readonly later: Uint32Array
  /** The first of them, its parent in the elimination tree. Where there is none: the last place. */
  readonly parent: Uint32Array
}

/**
 * Pairs of arcs that an order may cost for each state before it is taken for a bad one: weighing them is the work of
 * every change of traffic. Towns have 20 to 300. Small graphs may have what they like.
 */
const PAIRS_PER_STATE = 16_384
const SMALL = 4096
const NONE = 0xffffffff

/**
 * Eliminates states in order: the later neighbours of one that goes become neighbours of each other.
 * @throws {HexhailError} code `ORDER_POOR` when an order needs far more work than any town should
 */
export function eliminate({ first: rows, items }: Neighbours, order: Uint32Array): Elimination {
  const states = order.length
  const placeOf = new Uint32Array(states)
  for (let p = 0; p < states; p++) placeOf[order[p]!] = p
  const first = new Uint32Array(states + 1)
  const parent = new Uint32Array(states).fill(states - 1)
  let later = new Uint32Array(items.length + 64)
  // Children of a place as lists: what is left of a child's neighbours passes to its parent.
  const child = new Uint32Array(states).fill(NONE)
  const sibling = new Uint32Array(states).fill(NONE)
  const seen = new Uint32Array(states).fill(NONE)
  let end = 0
  let pairs = 0
  for (let p = 0; p < states; p++) {
    const start = end
    if (later.length < end + states - p) later = grown(later, end + states - p)
    seen[p] = p
    const s = order[p]!
    for (let k = rows[s]!, stop = rows[s + 1]!; k < stop; k++) {
      const q = placeOf[items[k]!]!
      if (q <= p) continue
      seen[q] = p
      later[end++] = q
    }
    for (let c = child[p]!; c !== NONE; c = sibling[c]!) {
      for (let k = first[c]!, stop = first[c + 1]!; k < stop; k++) {
        const q = later[k]!
        if (seen[q] === p) continue
        seen[q] = p
        later[end++] = q
      }
    }
    first[p + 1] = end
    pairs += ((end - start) * (end - start - 1)) / 2
    if (pairs > PAIRS_PER_STATE * Math.max(states, SMALL)) throw poorOrder(states, pairs)
    if (end === start) continue
    sortRange(later, start, end)
    const up = later[start]!
    parent[p] = up
    sibling[p] = child[up]!
    child[up] = p
  }
  return { first, later: later.slice(0, end), parent }
}

/** The fault of an order that would cost too much to be used. */
export function poorOrder(states: number, cost: number): HexhailError<'ORDER_POOR'> {
  return new HexhailError(
    'ORDER_POOR',
    `This order of ${states} states would cost more than ${cost}: order the graph anew.`,
    { states, cost },
  )
}

function grown(values: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(Math.max(least, Math.floor(values.length * 1.5)))
  bigger.set(values)
  return bigger
}

/** Sorts a range in place: most are short. */
function sortRange(values: Uint32Array, start: number, end: number): void {
  if (end - start > 24) {
    values.subarray(start, end).sort()
    return
  }
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!
    let k = i
    for (; k > start && values[k - 1]! > value; k--) values[k] = values[k - 1]!
    values[k] = value
  }
}
