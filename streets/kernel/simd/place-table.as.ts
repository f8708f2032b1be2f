/**
 * Times between all pairs of places. The lanes of a goal are merged once and those of a start once, so that a pair is
 * one scan. Goals come sorted by id, which is preorder of the elimination tree: what a start shares with one of them is
 * the least of what neighbours share on the way to it, from where the start itself would stand.
 */

import { depthOf, factsOf, lcaDepth } from './ancestors.as'
import { leastSum, relax } from './lanes.as'
import { FAR, NONE, padded, u32at } from './memory.as'
import { labelInto, labelOut, unitsBeyond, unitsLeft, wayBetween } from './places.as'
import { arcs, endId, entryFirst, entryId } from './tables.as'

/** Deepest id over which places on an edge's segment are reached. */
export function deepestEntry(edge: u32): u32 {
  if (edge >= arcs) return NONE
  let deepest: i32 = -1
  const end = u32at(entryFirst, (edge | 1) + 1)
  for (let i = u32at(entryFirst, edge & ~1); i < end; i++) deepest = max<i32>(deepest, <i32>u32at(entryId, i))
  return <u32>deepest
}

/** Deepest id at an end of an edge's arcs. */
export function deepestEnd(edge: u32): u32 {
  if (edge >= arcs) return NONE
  return <u32>max<i32>(<i32>u32at(endId, edge), <i32>u32at(endId, edge ^ 1))
}

/** Bytes of the lanes of an id. */
// @ts-expect-error: decorator
@inline
export function labelBytes(id: u32): usize {
  return (<usize>padded(depthOf(factsOf(id)) + 1)) << 1
}

/** Merge the lanes of the entries of a place, the deepest being `id`; by what its times are too long then. */
export function mergeEntries(edge: u32, fraction: f64, id: u32, lanes: usize): u32 {
  memory.fill(lanes, 0xff, labelBytes(id))
  let shift: i32 = 0
  for (let k: u32 = 0; k < 2; k++) {
    if (u32at(endId, edge ^ k) != NONE) shift = max<i32>(shift, -unitsBeyond(edge ^ k, edge, fraction))
  }
  for (let k: u32 = 0; k < 2; k++) {
    const add = min<u32>(<u32>(unitsBeyond(edge ^ k, edge, fraction) + shift), FAR)
    const end = u32at(entryFirst, (edge ^ k) + 1)
    for (let i = u32at(entryFirst, edge ^ k); i < end; i++) {
      const entry = u32at(entryId, i)
      relax(lanes, labelInto(entry), add, depthOf(factsOf(entry)) + 1)
    }
  }
  return shift
}

// @ts-expect-error: decorator
@inline
function goalAt(goals: usize, i: u32): usize {
  return goals + ((<usize>i) << 4)
}

/**
 * Merge the lanes of goals, sorted by `deepestEntry`, into `lanes`; four words a goal to `goals`: id, where its lanes
 * are, how many it shares with the next one, by what its times are too long. Number of goals that can be reached.
 */
export function placeGoals(edges: usize, fractions: usize, places: u32, goals: usize, lanes: usize): u32 {
  let known: u32 = 0
  for (; known < places; known++) {
    const edge = u32at(edges, known)
    const fraction = load<f64>(fractions + ((<usize>known) << 3))
    const id = deepestEntry(edge)
    if (id == NONE) break
    const shift = mergeEntries(edge, fraction, id, lanes)
    const goal = goalAt(goals, known)
    store<u32>(goal, id)
    store<u32>(goal, <u32>lanes, 4)
    store<u32>(goal, <u32>shift, 12)
    if (known) store<u32>(goal - 16, lcaDepth(load<u32>(goal - 16), id) + 1, 8)
    lanes += labelBytes(id)
  }
  return known
}

/**
 * Seconds (f64) from places to the first `known` of `tos` goals, whose places are `toEdges` and `toFractions`, row by
 * row: those of a goal into its column of `columns`. A unit is so many tenths of a second.
 */
export function placeRows(
  edges: usize, fractions: usize, places: u32,
  toEdges: usize, toFractions: usize, columns: usize, goals: usize, known: u32, tos: u32, unitDs: f64, lanes: usize,
  result: usize,
): void {
  for (let i: u32 = 0; i < places; i++, result += (<usize>tos) << 3) {
    const edge = u32at(edges, i)
    const fraction = load<f64>(fractions + ((<usize>i) << 3))
    const id = edge < arcs ? mergeEnds(edge, fraction, lanes) : NONE
    if (id == NONE) {
      for (let j: u32 = 0; j < tos; j++) putSeconds(result, j, FAR, unitDs)
      continue
    }
    // Where the start would stand among the goals.
    let low: u32 = 0
    let high = known
    while (low < high) {
      const middle = (low + high) >> 1
      if (load<u32>(goalAt(goals, middle)) < id) low = middle + 1
      else high = middle
    }
    if (low < known) {
      let shared = lcaDepth(id, load<u32>(goalAt(goals, low))) + 1
      for (let j = low; j < known; j++) {
        const goal = goalAt(goals, j)
        putSeconds(result, u32at(columns, j), timeTo(goal, lanes, shared), unitDs)
        shared = min<u32>(shared, load<u32>(goal, 8))
      }
    }
    if (low) {
      let shared = lcaDepth(id, load<u32>(goalAt(goals, low - 1))) + 1
      for (let j = low; j > 0; ) {
        j--
        putSeconds(result, u32at(columns, j), timeTo(goalAt(goals, j), lanes, shared), unitDs)
        if (j) shared = min<u32>(shared, load<u32>(goalAt(goals, j - 1), 8))
      }
    }
    for (let j: u32 = 0; j < known; j++) {
      const toEdge = u32at(toEdges, j)
      if ((toEdge ^ edge) > 1) continue
      const toFraction = load<f64>(toFractions + ((<usize>j) << 3))
      putSeconds(result, u32at(columns, j), wayBetween(edge, fraction, NONE, toEdge, toFraction, 0), unitDs)
    }
    for (let j = known; j < tos; j++) putSeconds(result, u32at(columns, j), FAR, unitDs)
  }
}

// @ts-expect-error: decorator
@inline
export function putSeconds(result: usize, column: u32, units: u32, unitDs: f64): void {
  store<f64>(result + ((<usize>column) << 3), select<f64>(Infinity, (<f64>units * unitDs) / 10, units >= FAR))
}

// @ts-expect-error: decorator
@inline
function timeTo(goal: usize, lanes: usize, shared: u32): u32 {
  const units = leastSum(lanes, <usize>load<u32>(goal, 4), shared)
  return units < FAR ? units - load<u32>(goal, 12) : FAR
}

/** Merge the lanes of the ends of a place's arcs; the deeper one's id, or none. */
export function mergeEnds(edge: u32, fraction: f64, lanes: usize): u32 {
  const deepest = deepestEnd(edge)
  if (deepest == NONE) return NONE
  memory.fill(lanes, 0xff, labelBytes(deepest))
  for (let k: u32 = 0; k < 2; k++) {
    const id = u32at(endId, edge ^ k)
    if (id == NONE) continue
    const left = min<u32>(unitsLeft(edge ^ k, edge, fraction), FAR)
    relax(lanes, labelOut(id), left, depthOf(factsOf(id)) + 1)
  }
  return deepest
}
