/** Drivers at places mid-street: see `plain-driver-places.ts` for the rules. */

import { between, goalCount, goalEdge, goalFraction, goalShift } from './distance.as'
import { classesAt, driverAt, entryAt, idAt, nextAt, placeAt, remove, restAt, setRest } from './drivers.as'
import { offer, worstUnits } from './found.as'
import { FAR, NONE, u32at } from './memory.as'
import { partAlong, round, unitsInto, unitsLeft } from './places.as'
import { firstEntry } from './rows.as'
import { endOf } from './street-ends.as'
import { arcs, endId, goalEntries, stands } from './tables.as'

// @ts-expect-error: decorator
@inline
function standAt(driver: u32): usize {
  return stands + ((<usize>driver) << 4)
}

export function placeDriver(driver: u32, edge: u32, fraction: f64, onlyArc: u32, classes: u32): void {
  store<f64>(standAt(driver), fraction)
  store<u32>(standAt(driver), edge, 8)
  for (let k: u32 = 0; k < 2; k++) {
    const arc = (edge & ~1) | k
    const id = endOf(arc)
    const entry = (driver << 1) | k
    if (id == NONE || (onlyArc != NONE && arc != onlyArc)) remove(entry)
    else placeAt(entry, id, unitsLeft(arc, edge, fraction), driver, classes)
  }
}

/** Times those below `drivers` who stand on streets by the present weights: their ids stay. */
export function retime(drivers: u32): void {
  for (let driver: u32 = 0; driver < drivers; driver++) {
    const edge = load<u32>(standAt(driver), 8)
    if (edge >= arcs) continue
    const fraction = load<f64>(standAt(driver))
    for (let k: u32 = 0; k < 2; k++) {
      const entry = entryAt((driver << 1) | k)
      if (idAt(entry) != NONE) setRest(entry, unitsLeft((edge & ~1) | k, edge, fraction))
    }
  }
}

/** Whether an entry is one over `arc`, which the goal lies on. */
// @ts-expect-error: decorator
@inline
function isOn(entry: u32, driver: u32, arc: u32): bool {
  return (entry & 1) == (arc & 1) && (load<u32>(standAt(driver), 8) ^ arc) < 2
}

/** How far along `arc`, which he stands on, a driver is. */
// @ts-expect-error: decorator
@inline
function partOf(driver: u32, arc: u32): f64 {
  return partAlong(arc, load<u32>(standAt(driver), 8), load<f64>(standAt(driver)))
}

/** Whether an entry is one over `arc`, and its driver no farther along it than `part`. */
// @ts-expect-error: decorator
@inline
function isBefore(entry: u32, driver: u32, arc: u32, part: f64): bool {
  return isOn(entry, driver, arc) && partOf(driver, arc) <= part
}

/** Those who are on an arc of the goal, and before it. */
export function offerStraight(needs: u32): void {
  if (goalEdge >= arcs) return
  for (let k: u32 = 0; k < 2; k++) {
    const arc = goalEdge ^ k
    const id = u32at(endId, arc)
    if (id == NONE) continue
    const part = partAlong(arc, goalEdge, goalFraction)
    const left = unitsLeft(arc, goalEdge, goalFraction)
    for (let e = firstEntry(id); e != NONE; ) {
      const entry = entryAt(e)
      const driver = driverAt(entry)
      // Who is before the goal has no less left than it. Where he stands is not yet in any cache, so it is asked last.
      if (restAt(entry) >= left && (classesAt(entry) & needs) == needs && isBefore(e, driver, arc, part)) {
        offer(restAt(entry) - left + goalShift, driver)
      }
      e = nextAt(entry)
    }
  }
}

/** The arc of the goal that ends at an id of the turn model; `NONE`. */
// @ts-expect-error: decorator
@inline
export function goalArcAt(id: u32): u32 {
  if (goalEdge >= arcs) return NONE
  if (u32at(endId, goalEdge) == id) return goalEdge
  return u32at(endId, goalEdge ^ 1) == id ? goalEdge ^ 1 : NONE
}

/** Drivers at the end of an arc of the goal in the turn model: who is behind it has to come round. */
export function offerRound(id: u32, arc: u32, needs: u32): void {
  const part = partAlong(arc, goalEdge, goalFraction)
  const left = unitsLeft(arc, goalEdge, goalFraction)
  let around: u32 = NONE
  for (let e = firstEntry(id); e != NONE; ) {
    const entry = entryAt(e)
    const driver = driverAt(entry)
    if (restAt(entry) <= left && (classesAt(entry) & needs) == needs) {
      if (around == NONE) around = unitsRound(id)
      const units = around + restAt(entry)
      if (units <= worstUnits && isOn(e, driver, arc) && partOf(driver, arc) > part) offer(units, driver)
    }
    e = nextAt(entry)
  }
}

/** Units from an id that enters the goal to the goal, by one move at least. */
function unitsRound(id: u32): u32 {
  let best = FAR
  for (let i: u32 = 0; i < goalCount; i++) {
    const entry = load<u64>(goalEntries + ((<usize>i) << 3))
    const units = <u32>entry == id ? round(id) : between(id, <u32>entry)
    if (units < FAR) best = min<u32>(best, units + <u32>(entry >> 32))
  }
  return best
}
