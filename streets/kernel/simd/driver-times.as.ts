/**
 * Times from all drivers to the goal. A driver's own label is kept from one question to the next, until he moves or other
 * weights answer: his entries' lanes merged, with what is left to them. Labels lie `stride` bytes apart in the order of
 * the drivers, so that all times are one walk through memory. By driver there are 16 bytes of `facts` too: as `idFacts`, of
 * his deepest entry.
 */

import { depthOf, factsOf, lcaOf } from './ancestors.as'
import { batchOf, classesIn, restIn } from './batches.as'
import { goalEdge, goalFraction, goalId, goalShift, needGoal } from './distance.as'
import { forgetLabel, standAt } from './driver-places.as'
import { entryAt, idAt, placeAt, placeOf, removeEntry, setOrderOf, spotAt } from './drivers.as'
import { leastSum, raised, relax } from './lanes.as'
import { FAR, NONE, put, u32at } from './memory.as'
import { labelBytes, putSeconds } from './place-table.as'
import { labelOut, wayBetween } from './places.as'
import { goal } from './tables.as'
import { needMoves } from './waiting-moves.as'

/** Drivers at a time. */
const SOME: u32 = 32
/** Lanes that each of these shares with the goal. */
const SHARED = memory.data(32 * 4)

/** Seconds (f64) from each of so many drivers to the goal, a place. What bears another `stamp` than this is made anew. */
export function driversToGoal(
  drivers: u32, stamp: u32, facts: usize, labels: usize, stride: usize, unitDs: f64, result: usize,
): void {
  needMoves()
  if (goalId == NONE) {
    for (let driver: u32 = 0; driver < drivers; driver++) putSeconds(result, driver, FAR, unitDs)
    return
  }
  needGoal()
  const goalFacts = factsOf(goalId)
  for (let from: u32 = 0; from < drivers; from += SOME) {
    const end = min<u32>(from + SOME, drivers)
    for (let driver = from; driver < end; driver++) {
      const own = facts + ((<usize>driver) << 4)
      if (load<u32>(standAt(driver), 12) != stamp) {
        store<u32>(standAt(driver), stamp, 12)
        keepLabel(driver, own, labels + <usize>driver * stride)
      }
      put(SHARED, driver - from, lcaOf(own, goalFacts) + 1)
    }
    for (let driver = from; driver < end; driver++) {
      const units = timeOf(driver, labels + <usize>driver * stride, u32at(SHARED, driver - from))
      putSeconds(result, driver, units, unitDs)
    }
  }
}

/** Merge the entries of a driver, of which one is an ancestor of the other. */
function keepLabel(driver: u32, facts: usize, label: usize): void {
  const p = entryAt(driver << 1)
  const q = entryAt((driver << 1) | 1)
  const isOne = idAt(p) == NONE || (idAt(q) != NONE && idAt(q) > idAt(p))
  const deeper = isOne ? q : p
  const upper = isOne ? p : q
  const id = idAt(deeper)
  if (id == NONE) {
    // The lanes of any id will do, for none leads anywhere.
    v128.store(facts, v128.load(factsOf(0)))
    memory.fill(label, 0xff, labelBytes(0))
    return
  }
  v128.store(facts, v128.load(factsOf(id)))
  raised(label, labelOut(id), restOf(deeper), depthOf(factsOf(id)) + 1)
  if (idAt(upper) != NONE) relax(label, labelOut(idAt(upper)), restOf(upper), depthOf(factsOf(idAt(upper))) + 1)
}

/** The driver of one number bears another from now on, that nobody has. */
export function renumber(from: u32, to: u32): void {
  needMoves()
  v128.store(standAt(to), v128.load(standAt(from)))
  forgetLabel(to)
  for (let k: u32 = 0; k < 2; k++) {
    const entry = (from << 1) | k
    const p = entryAt(entry)
    const id = idAt(p)
    setOrderOf((to << 1) | k, load<u32>(p, 12))
    if (id == NONE) continue
    const classes = classesIn(batchOf(placeOf(p)), placeOf(p) & 3)
    placeAt((to << 1) | k, id, spotAt(p), restOf(p), to, classes)
    removeEntry(entry)
  }
}

/** What is left to an entry. */
// @ts-expect-error: decorator
@inline
function restOf(p: usize): u32 {
  return restIn(batchOf(placeOf(p)), placeOf(p) & 3)
}

// @ts-expect-error: decorator
@inline
function timeOf(driver: u32, label: usize, shared: u32): u32 {
  if ((load<u32>(standAt(driver), 8) ^ goalEdge) < 2) return onStreet(driver)
  const units = leastSum(label, goal, shared)
  return units < FAR ? units - goalShift : FAR
}

/** Units of a driver who stands on the goal's street, or stood there before he went. */
function onStreet(driver: u32): u32 {
  const edge = load<u32>(standAt(driver), 8)
  const first = idAt(entryAt(driver << 1)) != NONE
  const second = idAt(entryAt((driver << 1) | 1)) != NONE
  if (!first && !second) return FAR
  const onlyArc = first && second ? NONE : (edge & ~1) | u32(second)
  return wayBetween(edge, load<f64>(standAt(driver)), onlyArc, goalEdge, goalFraction, 0)
}
