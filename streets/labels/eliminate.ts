import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { StateGraph } from '../graph/state-graph.ts'
import { laterNeighbours } from './later-neighbours.ts'

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
/** Towns have four later neighbours a state, and nine where a state is the end of an arc. */
const USUAL_LATER = 5

/**
 * Eliminates states in the order of their places: the later neighbours of one that goes become neighbours of each
 * other.
 * @throws {HexhailError} code `ORDER_POOR` when an order needs far more work than any town should
 */
export function eliminate(
  graph: Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties'>,
  placeOf: Uint32Array,
): Elimination {
  const { states } = graph
  const { first: rows, items } = laterNeighbours(graph, placeOf)
  const first = new Uint32Array(states + 1)
  const parent = new Uint32Array(states)
  let later = new Uint32Array(USUAL_LATER * states)
  // Children of a place as lists: what is left of a child's neighbours passes to its parent.
  const child = new Uint32Array(states).fill(NONE)
  const sibling = new Uint32Array(states)
  const passed = new Uint32Array(states)
  /** The last place, plus one, that has met a neighbour. */
  const seen = new Uint32Array(states)
  let end = 0
  let pairs = 0
  for (let p = 0; p < states; p++) {
    const start = end
    const row = rows[p]!
    const most = end + rows[p + 1]! - row + passed[p]!
    if (later.length < most) later = grown(later, most)
    // The children's come first: each child's are sorted, so that little is left to sort.
    for (let c = child[p]!; c !== NONE; c = sibling[c]!) {
      for (let k = first[c]! + 1, stop = first[c + 1]!; k < stop; k++) {
        const q = later[k]!
        if (seen[q] === p + 1) continue
        seen[q] = p + 1
        later[end++] = q
      }
    }
    for (let k = row, stop = rows[p + 1]!; k < stop; k++) {
      const q = items[k]!
      if (seen[q] === p + 1) continue
      seen[q] = p + 1
      later[end++] = q
    }
    first[p + 1] = end
    const count = end - start
    if (count === 0) {
      parent[p] = states - 1
      continue
    }
    pairs += (count * (count - 1)) / 2
    if (pairs > PAIRS_PER_STATE * Math.max(states, SMALL)) throw poorOrder(states, pairs)
    if (count > 64) later.subarray(start, end).sort()
    else {
      for (let i = start + 1; i < end; i++) {
        const value = later[i]!
        let k = i
        for (; k > start && later[k - 1]! > value; k--) later[k] = later[k - 1]!
        later[k] = value
      }
    }
    const up = later[start]!
    parent[p] = up
    passed[up]! += count - 1
    sibling[p] = child[up]!
    child[up] = p
  }
  return { first, later: later.subarray(0, end), parent }
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
