/** Time between two places: see `plain-places.ts` for the rules. */

import { depthOf, factsOf, labelOf, lcaOf } from './ancestors.as'
import { leastSumOfPairs } from './lanes.as'
import { FAR, NONE, u32at } from './memory.as'
import { fromEnds, labelInto, unitsBeyond, unitsLeft, wayBetween } from './places.as'
import { barrier, endFacts, entryOf, SEVERAL } from './street-ends.as'
import { arcs, entryFirst, entryId, into as intos, isTurns, out as outs } from './tables.as'

export function betweenPlaces(edge: u32, fraction: f64, toEdge: u32, toFraction: f64): u32 {
  if (edge >= arcs || toEdge >= arcs || (edge ^ toEdge) < 2) {
    return wayBetween(edge, fraction, NONE, toEdge, toFraction, 0)
  }
  let goal: usize
  let goal2: usize
  let isShut: bool
  let isShut2: bool
  const entry = entryOf(toEdge)
  const entry2 = entryOf(toEdge ^ 1)
  if (min<i32>(entry, entry2) == SEVERAL) return overSeveral(edge, fraction, toEdge, toFraction)
  if (isTurns) {
    goal = endFacts(toEdge)
    goal2 = endFacts(toEdge ^ 1)
    isShut = barrier(toEdge) != 0
    isShut2 = barrier(toEdge ^ 1) != 0
  } else {
    // Reached at where the arcs begin.
    const any = max<i32>(max<i32>(entry, entry2), 0)
    isShut = entry < 0
    isShut2 = entry2 < 0
    goal = factsOf(select<u32>(any, entry, isShut))
    goal2 = factsOf(select<u32>(any, entry2, isShut2))
  }
  // All is fetched before any of it decides anything. Of two ends, as of two entries, one is an ancestor of the other.
  const start = endFacts(edge)
  const start2 = endFacts(edge ^ 1)
  const isFirst = depthOf(start) >= depthOf(start2)
  const isFirstGoal = depthOf(goal) >= depthOf(goal2)
  const left = unitsLeft(edge, edge, fraction) + barrier(edge)
  const left2 = unitsLeft(edge ^ 1, edge, fraction) + barrier(edge ^ 1)
  const beyond = unitsBeyond(toEdge, toEdge, toFraction)
  const beyond2 = unitsBeyond(toEdge ^ 1, toEdge, toFraction)
  const shift = isTurns
    ? max<i32>(select<i32>(0, -beyond, isShut), select<i32>(0, -beyond2, isShut2))
    : 0
  const add = select<u32>(FAR, <u32>(beyond + shift), isShut)
  const add2 = select<u32>(FAR, <u32>(beyond2 + shift), isShut2)
  const p = select<usize>(start, start2, isFirst)
  const p2 = select<usize>(start2, start, isFirst)
  const q = select<usize>(goal, goal2, isFirstGoal)
  const q2 = select<usize>(goal2, goal, isFirstGoal)
  const units = leastSumOfPairs(
    outs + labelOf(p), select<u32>(left, left2, isFirst), outs + labelOf(p2), select<u32>(left2, left, isFirst),
    depthOf(p2) + 1,
    intos + labelOf(q), select<u32>(add, add2, isFirstGoal), intos + labelOf(q2), select<u32>(add2, add, isFirstGoal),
    depthOf(q2) + 1,
    lcaOf(p, q) + 1,
  )
  return units < FAR ? units - shift : FAR
}

/** The same where a street has an arc of several entries. */
function overSeveral(edge: u32, fraction: f64, toEdge: u32, toFraction: f64): u32 {
  let best: i32 = FAR
  for (let k: u32 = 0; k < 2; k++) {
    const arc = toEdge ^ k
    const beyond = unitsBeyond(arc, toEdge, toFraction)
    const end = u32at(entryFirst, arc + 1)
    for (let i = u32at(entryFirst, arc); i < end; i++) {
      const id = u32at(entryId, i)
      const units = fromEnds(edge, fraction, labelInto(id), id)
      if (units < FAR) best = min<i32>(best, <i32>units + beyond)
    }
  }
  return best
}
