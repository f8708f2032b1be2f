/**
 * Times from many places to the goal, some at a time in three passes: where their labels lie and how much of them
 * counts, without a branch on what memory has yet to bring; a look at each end of these labels, so that all are on their
 * way at once; the sums.
 */

import { depthOf, factsOf, labelOf, lcaOf } from './ancestors.as'
import { goalEdge, goalFraction, goalId, goalShift, needGoal } from './distance.as'
import { leastSumOfTwo } from './lanes.as'
import { FAR, NONE, put, u32at } from './memory.as'
import { unitsLeft, wayBetween } from './places.as'
import { barrier, endFacts } from './street-ends.as'
import { arcs, goal, out } from './tables.as'

/** Places at a time. */
const SOME: u32 = 32
/** By place, six words: labels of the deeper and the upper end, what to add to each, lanes of the upper, lanes shared. */
const WAITING = memory.data(32 * 24)
const SEEN = memory.data(16, 16)

export function manyPlaces(edges: usize, fractions: usize, places: u32, result: usize): void {
  if (goalId != NONE) needGoal()
  for (let from: u32 = 0; from < places; from += SOME) {
    const end = min<u32>(from + SOME, places)
    if (goalId == NONE) {
      for (let i = from; i < end; i++) put(result, i, FAR)
      continue
    }
    let at: usize = WAITING
    for (let i = from; i < end; i++, at += 24) {
      findLabels(at, u32at(edges, i), load<f64>(fractions + ((<usize>i) << 3)))
    }
    let seen: u32 = 0
    for (let w: usize = WAITING; w < at; w += 24) {
      const last = (<usize>load<u32>(w, 20) - 1) << 1
      const deeper = <usize>load<u32>(w)
      const upper = <usize>load<u32>(w, 4)
      seen |= <u32>load<u16>(deeper) | <u32>load<u16>(deeper + last) | <u32>load<u16>(upper)
    }
    store<u32>(SEEN, seen)
    at = WAITING
    for (let i = from; i < end; i++, at += 24) put(result, i, timeOf(at, u32at(edges, i), fractions, i))
  }
}

// @ts-expect-error: decorator
@inline
function findLabels(at: usize, edge: u32, fraction: f64): void {
  const none = select<u32>(FAR, 0, edge >= arcs)
  const arc = select<u32>(0, edge, edge >= arcs)
  const own = endFacts(arc)
  const other = endFacts(arc ^ 1)
  const isDeeper = depthOf(own) >= depthOf(other)
  const deeper = select<usize>(own, other, isDeeper)
  const upper = select<usize>(other, own, isDeeper)
  const left = unitsLeft(arc, arc, fraction) + barrier(arc) + none
  const otherLeft = unitsLeft(arc ^ 1, arc, fraction) + barrier(arc ^ 1) + none
  store<u32>(at, <u32>(out + labelOf(deeper)))
  store<u32>(at, <u32>(out + labelOf(upper)), 4)
  store<u32>(at, select<u32>(left, otherLeft, isDeeper), 8)
  store<u32>(at, select<u32>(otherLeft, left, isDeeper), 12)
  store<u32>(at, depthOf(upper) + 1, 16)
  store<u32>(at, lcaOf(deeper, factsOf(goalId)) + 1, 20)
}

// @ts-expect-error: decorator
@inline
function timeOf(at: usize, edge: u32, fractions: usize, i: u32): u32 {
  if ((edge ^ goalEdge) < 2) {
    return wayBetween(edge, load<f64>(fractions + ((<usize>i) << 3)), NONE, goalEdge, goalFraction, 0)
  }
  const units = leastSumOfTwo(
    load<u32>(at), load<u32>(at, 8), load<u32>(at, 4), load<u32>(at, 12), load<u32>(at, 16), goal, load<u32>(at, 20),
  )
  return units < FAR ? units - goalShift : FAR
}
