/**
 * Places that are asked for again and again. Each has the lanes of its ends merged, and those of its entries, all packed
 * one after the other in the order of the ids, which is preorder of the elimination tree: times to one goal are one walk
 * through near memory, and what a place shares with the goal follows from what neighbours share (see `place-table.as.ts`).
 *
 * A record a place, 64 bytes: its lanes out and the facts of the deepest end in place of `idFacts`; the same of the
 * deepest entry (16); edge (32), by what times to it are too long (36), fraction (40). A row a place that can be left, five
 * words, by that end: its id, lanes out, lanes shared with the next, number of its record, edge.
 */

import { factsOf, lcaDepth, lcaOf } from './ancestors.as'
import { goalEdge, goalFraction, goalId, goalShift, needGoal } from './distance.as'
import { leastSum } from './lanes.as'
import { FAR, NONE } from './memory.as'
import { deepestEnd, deepestEntry, labelBytes, mergeEnds, mergeEntries, putSeconds } from './place-table.as'
import { wayBetween } from './places.as'
import { arcs, goal } from './tables.as'

const ROW: usize = 20

// @ts-expect-error: decorator
@inline
function recordAt(records: usize, place: u32): usize {
  return records + ((<usize>place) << 6)
}

/**
 * Merge under the weights that answer: records have edge and fraction already, and rows the numbers of their records,
 * sorted by `deepestEnd`. Number of rows whose places can be left.
 */
export function fillPrepared(records: usize, rows: usize, places: u32, lanes: usize): u32 {
  let known: u32 = 0
  for (let row = rows; known < places; known++, row += ROW) {
    const record = recordAt(records, load<u32>(row, 12))
    const edge = load<u32>(record, 32)
    const id = deepestEnd(edge)
    if (id == NONE) break
    mergeEnds(edge, load<f64>(record, 40), lanes)
    keep(record, id, lanes)
    store<u32>(row, id)
    store<u32>(row, <u32>lanes, 4)
    store<u32>(row, edge, 16)
    if (known) store<u32>(row - ROW, lcaDepth(load<u32>(row - ROW), id) + 1, 8)
    lanes += labelBytes(id)
  }
  for (let k: u32 = 0; k < known; k++) {
    const row = rows + <usize>k * ROW
    const record = recordAt(records, load<u32>(row, 12))
    const edge = load<u32>(record, 32)
    const entry = deepestEntry(edge)
    const id = entry == NONE ? load<u32>(row) : entry
    if (entry == NONE) memory.fill(lanes, 0xff, labelBytes(id))
    else store<u32>(record, mergeEntries(edge, load<f64>(record, 40), id, lanes), 36)
    keep(record + 16, id, lanes)
    lanes += labelBytes(id)
  }
  for (let k = known; k < places; k++) store<u32>(recordAt(records, load<u32>(rows + <usize>k * ROW, 12)), NONE, 32)
  return known
}

// @ts-expect-error: decorator
@inline
function keep(half: usize, id: u32, lanes: usize): void {
  v128.store(half, v128.load(factsOf(id)))
  store<u32>(half, <u32>lanes)
}

/** Units from the place of one record to that of another. */
export function betweenPrepared(from: usize, to: usize): u32 {
  const edge = load<u32>(from, 32)
  const toEdge = load<u32>(to, 32)
  if (edge >= arcs || toEdge >= arcs || (edge ^ toEdge) < 2) {
    return wayBetween(edge, load<f64>(from, 40), NONE, toEdge, load<f64>(to, 40), 0)
  }
  const units = leastSum(<usize>load<u32>(from), <usize>load<u32>(to, 16), lcaOf(from, to + 16) + 1)
  return units < FAR ? units - load<u32>(to, 36) : FAR
}

/** Seconds (f64) from all places to the goal, a place, the first `known` rows being those that can be left. */
export function preparedToGoal(
  records: usize, rows: usize, places: u32, known: u32, unitDs: f64, result: usize,
): void {
  if (goalId == NONE) known = 0
  const knownEnd = rows + <usize>known * ROW
  for (let row = knownEnd; row < rows + <usize>places * ROW; row += ROW) {
    putSeconds(result, load<u32>(row, 12), FAR, unitDs)
  }
  if (!known) return
  needGoal()
  // Where the goal would stand among the rows.
  let low: u32 = 0
  let high = known
  while (low < high) {
    const middle = (low + high) >> 1
    if (load<u32>(rows + <usize>middle * ROW) < goalId) low = middle + 1
    else high = middle
  }
  const middle = rows + <usize>low * ROW
  let shared: u32 = 0
  for (let row = middle; row < knownEnd; row += ROW) {
    shared = row == middle ? lcaDepth(load<u32>(row), goalId) + 1 : min<u32>(shared, load<u32>(row - ROW, 8))
    putSeconds(result, load<u32>(row, 12), timeOf(records, row, shared), unitDs)
  }
  for (let row = middle; row > rows; ) {
    row -= ROW
    shared = row + ROW == middle ? lcaDepth(load<u32>(row), goalId) + 1 : min<u32>(shared, load<u32>(row, 8))
    putSeconds(result, load<u32>(row, 12), timeOf(records, row, shared), unitDs)
  }
}

// @ts-expect-error: decorator
@inline
function timeOf(records: usize, row: usize, shared: u32): u32 {
  const edge = load<u32>(row, 16)
  if ((edge ^ goalEdge) < 2) {
    const fraction = load<f64>(recordAt(records, load<u32>(row, 12)), 40)
    return wayBetween(edge, fraction, NONE, goalEdge, goalFraction, 0)
  }
  const units = leastSum(<usize>load<u32>(row, 4), goal, shared)
  return units < FAR ? units - goalShift : FAR
}
