/** Times between two states, and to the goal: see `plain-distance.ts`. */

import { depthOf, factsOf, labelOf, lcaDepth, lcaOf } from './ancestors.as'
import { leastSum, relax } from './lanes.as'
import { FAR, NONE, padded, u32at } from './memory.as'
import { goal, goalEntries, idOf, into, out } from './tables.as'

/** Deepest entry state of the goal, as id. */
export let goalId: u32 = NONE
export let goalCount: u32 = 0
/** The goal where it is a place, and what its queries are too long by. */
export let goalEdge: u32 = NONE
export let goalFraction: f64 = 0
export let goalShift: u32 = 0
/** Whether `goal` has the lanes of the entry states: they are merged when first asked for. */
let isMerged: bool = false

// @ts-expect-error: decorator
@inline
export function between(a: u32, b: u32): u32 {
  const p = factsOf(a)
  const q = factsOf(b)
  return leastSum(out + labelOf(p), into + labelOf(q), lcaOf(p, q) + 1)
}

/** Time from an id to the goal over its first `lanes` ancestors. */
// @ts-expect-error: decorator
@inline
export function toGoal(id: u32, lanes: u32): u32 {
  return leastSum(out + labelOf(factsOf(id)), goal, lanes)
}

export function distance(from: u32, to: u32): u32 {
  return between(u32at(idOf, from), u32at(idOf, to))
}

export function clearGoal(): void {
  goalId = NONE
  goalCount = 0
  goalEdge = NONE
  isMerged = false
}

/** The goal is a place from now on. */
export function setGoalPlace(edge: u32, fraction: f64, shift: u32): void {
  goalEdge = edge
  goalFraction = fraction
  goalShift = shift
}

/** One more entry state; false when it does not lie on one chain with the others. */
export function addGoal(state: u32, units: u32): bool {
  const id = u32at(idOf, state)
  if (goalId != NONE && lcaDepth(id, goalId) != min<u32>(depthOf(factsOf(id)), depthOf(factsOf(goalId)))) return false
  addGoalId(id, units)
  return true
}

/** One more entry, which is known to lie on one chain with the others: the deepest has the greatest id. */
export function addGoalId(id: u32, units: u32): void {
  if (goalId == NONE || id > goalId) goalId = id
  store<u64>(goalEntries + ((<usize>goalCount) << 3), ((<u64>min<u32>(units, FAR)) << 32) | (<u64>id))
  goalCount++
}

/** Have the goal's lanes made anew from its entry states. */
export function mergeGoal(): void {
  isMerged = false
}

/** See that the goal's lanes are there; it has an entry. */
// @ts-expect-error: decorator
@inline
export function needGoal(): void {
  if (!isMerged) merge()
}

function merge(): void {
  isMerged = true
  memory.fill(goal, 0xff, (<usize>padded(depthOf(factsOf(goalId)) + 1)) << 1)
  for (let i: u32 = 0; i < goalCount; i++) {
    const entry = load<u64>(goalEntries + ((<usize>i) << 3))
    const id = <u32>entry
    const facts = factsOf(id)
    relax(goal, into + labelOf(facts), <u32>(entry >> 32), depthOf(facts) + 1)
  }
}

export function timeToGoal(from: u32): u32 {
  if (goalId == NONE) return FAR
  needGoal()
  const id = u32at(idOf, from)
  return toGoal(id, lcaDepth(id, goalId) + 1)
}
