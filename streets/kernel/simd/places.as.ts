/** Times between places mid-street: see `plain-places.ts` for the rules. */

import { depthOf, factsOf, labelOf, lcaDepth, lcaOf } from './ancestors.as'
import {
  addGoalId, between, clearGoal, goalEdge, goalFraction, goalId, goalShift, needGoal, setGoalPlace,
} from './distance.as'
import { leastSum, leastSumOfTwo } from './lanes.as'
import { FAR, NONE, put, u32at } from './memory.as'
import { barrier, endFacts, entryOf, SEVERAL, unitsOf } from './street-ends.as'
import {
  arcs, endId, entryFirst, entryId, firstIn, goal as goalLanes, inMove, inTail, into as intos, inUnits, isTurns,
  out as outs,
} from './tables.as'

let lastTail: u32 = NONE
let lastMove: u32 = NONE

/** How far along an arc of its own segment a place lies, 0..1. */
// @ts-expect-error: decorator
@inline
export function partAlong(arc: u32, edge: u32, fraction: f64): f64 {
  return arc == edge ? fraction : 1 - fraction
}

/** Units from the start of an arc to a place on its segment, rounded half up. */
// @ts-expect-error: decorator
@inline
export function unitsInto(arc: u32, edge: u32, fraction: f64): u32 {
  const exact = <f64>unitsOf(arc) * partAlong(arc, edge, fraction)
  const whole = floor(exact)
  return <u32>whole + u32(exact - whole >= 0.5)
}

// @ts-expect-error: decorator
@inline
export function unitsLeft(arc: u32, edge: u32, fraction: f64): u32 {
  return unitsOf(arc) - unitsInto(arc, edge, fraction)
}

/** What to add to the time to an entry of an arc for the time to a place on it. */
// @ts-expect-error: decorator
@inline
export function unitsBeyond(arc: u32, edge: u32, fraction: f64): i32 {
  return isTurns ? -(<i32>unitsLeft(arc, edge, fraction)) : <i32>unitsInto(arc, edge, fraction)
}

// @ts-expect-error: decorator
@inline
export function labelOut(id: u32): usize {
  return outs + labelOf(factsOf(id))
}

// @ts-expect-error: decorator
@inline
export function labelInto(id: u32): usize {
  return intos + labelOf(factsOf(id))
}

export function aimPlace(edge: u32, fraction: f64): u32 {
  clearGoal()
  let shift: i32 = 0
  if (edge < arcs) {
    for (let k: u32 = 0; k < 2; k++) {
      if (isTurns && !barrier(edge ^ k)) shift = max<i32>(shift, -unitsBeyond(edge ^ k, edge, fraction))
    }
    for (let k: u32 = 0; k < 2; k++) {
      const arc = edge ^ k
      const units = <u32>(unitsBeyond(arc, edge, fraction) + shift)
      const only = entryOf(arc)
      if (only >= 0) addGoalId(only, units)
      if (only != SEVERAL) continue
      const end = u32at(entryFirst, arc + 1)
      for (let i = u32at(entryFirst, arc); i < end; i++) addGoalId(u32at(entryId, i), units)
    }
  }
  setGoalPlace(edge, fraction, <u32>shift)
  return shift
}

/**
 * Least time over the ends of a place's arcs to lanes that belong to `id`. The ends lie on one chain, so the upper one's
 * lanes go with the deeper one's as far as it has any.
 */
export function fromEnds(edge: u32, fraction: f64, lanes: usize, id: u32): u32 {
  const isDeeper = depthOf(endFacts(edge)) >= depthOf(endFacts(edge ^ 1))
  const arc = select<u32>(edge, edge ^ 1, isDeeper)
  const deeper = endFacts(arc)
  const upper = endFacts(arc ^ 1)
  return leastSumOfTwo(
    outs + labelOf(deeper), unitsLeft(arc, edge, fraction) + barrier(arc),
    outs + labelOf(upper), unitsLeft(arc ^ 1, edge, fraction) + barrier(arc ^ 1), depthOf(upper) + 1,
    lanes, lcaOf(deeper, factsOf(id)) + 1,
  )
}

export function placeToGoal(edge: u32, fraction: f64, onlyArc: u32): u32 {
  if (edge >= arcs || goalId == NONE) return FAR
  if ((edge ^ goalEdge) < 2) return wayBetween(edge, fraction, onlyArc, goalEdge, goalFraction, 0)
  needGoal()
  let units: u32
  if (onlyArc == NONE) units = fromEnds(edge, fraction, goalLanes, goalId)
  else {
    const id = u32at(endId, onlyArc)
    if (id == NONE) return FAR
    units = leastSum(labelOut(id), goalLanes, lcaDepth(id, goalId) + 1) + unitsLeft(onlyArc, edge, fraction)
  }
  return units < FAR ? units - goalShift : FAR
}

/** Units from an id round to itself; the move that is driven last goes to `lastMove` and `lastTail`. */
export function round(id: u32): u32 {
  const end = u32at(firstIn, id + 1)
  let best = FAR
  for (let m = u32at(firstIn, id); m < end; m++) {
    const tail = u32at(inTail, m)
    const units = between(id, tail) + u32at(inUnits, m)
    if (units >= best) continue
    best = units
    lastTail = tail
    lastMove = u32at(inMove, m)
  }
  return best
}

/** The way between two places by looking at every pair of an end and an entry; four words to `way` if it is not 0. */
export function wayBetween(
  edge: u32, fraction: f64, onlyArc: u32, toEdge: u32, toFraction: f64, way: usize,
): u32 {
  if (edge >= arcs || toEdge >= arcs) return FAR
  let best: i32 = FAR
  for (let k: u32 = 0; k < 2; k++) {
    const exit = edge ^ k
    const start = u32at(endId, exit)
    if (start == NONE || (onlyArc != NONE && exit != onlyArc)) continue
    const left = <i32>unitsLeft(exit, edge, fraction)
    if (exit >> 1 == toEdge >> 1 && partAlong(exit, toEdge, toFraction) >= partAlong(exit, edge, fraction)) {
      const along = <i32>(unitsInto(exit, toEdge, toFraction) - unitsInto(exit, edge, fraction))
      if (along < best) {
        best = along
        if (way) storeWay(way, exit, exit, NONE, NONE)
      }
    }
    for (let j: u32 = 0; j < 2; j++) {
      const entry = toEdge ^ j
      const beyond = left + unitsBeyond(entry, toEdge, toFraction)
      const end = u32at(entryFirst, entry + 1)
      for (let i = u32at(entryFirst, entry); i < end; i++) {
        const id = u32at(entryId, i)
        const isRound = isTurns && id == start
        const units = isRound ? round(start) : between(start, id)
        if (units >= FAR || <i32>units + beyond >= best) continue
        best = <i32>units + beyond
        if (way) storeWay(way, exit, entry, isRound ? lastTail : id, isRound ? lastMove : NONE)
      }
    }
  }
  return best
}

function storeWay(way: usize, exit: u32, entry: u32, id: u32, move: u32): void {
  put(way, 0, exit)
  put(way, 1, entry)
  put(way, 2, id)
  put(way, 3, move)
}
