/** Drivers at places mid-street: see `plain-driver-places.ts` for the rules. */

import { batchOf, classesIn, driverIn, entryIn, nextBatch, orderIn, restIn } from './batches.as'
import { between, goalCount, goalEdge, goalFraction, goalShift } from './distance.as'
import { entryAt, idAt, placeAt, removeEntry, setOrderOf, setRest } from './drivers.as'
import { counts, offer } from './found.as'
import { FAR, NONE, u32at } from './memory.as'
import { partAlong, round, unitsInto, unitsLeft } from './places.as'
import { lastEntry } from './rows.as'
import { endOf, spotAtEnd } from './street-ends.as'
import { arcs, endId, goalEntries, stands } from './tables.as'

// @ts-expect-error: decorator
@inline
export function standAt(driver: u32): usize {
  return stands + ((<usize>driver) << 4)
}

/** A driver's kept label is none any more: see `driver-times.as.ts`. */
// @ts-expect-error: decorator
@inline
export function forgetLabel(driver: u32): void {
  store<u32>(standAt(driver), 0, 12)
}

/** Who comes first of drivers who need the same time: for one who stands nowhere. */
export function setOrder(driver: u32, order: u32): void {
  setOrderOf(driver << 1, order)
  setOrderOf((driver << 1) | 1, order)
}

export function moveDriver(driver: u32, edge: u32, fraction: f64, onlyArc: u32, classes: u32): void {
  store<f64>(standAt(driver), fraction)
  store<u32>(standAt(driver), edge, 8)
  forgetLabel(driver)
  for (let k: u32 = 0; k < 2; k++) {
    const arc = (edge & ~1) | k
    const id = endOf(arc)
    const entry = (driver << 1) | k
    if (id == NONE || (onlyArc != NONE && arc != onlyArc)) removeEntry(entry)
    else placeAt(entry, id, spotAtEnd(arc, id), unitsLeft(arc, edge, fraction), driver, classes)
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
    for (let last = lastEntry(id); last != NONE; ) {
      const p = batchOf(last)
      const end = last & 3
      last = nextBatch(p)
      for (let i: u32 = 0; i <= end; i++) {
        // Who is before the goal has no less left than it. Where he stands is not yet in any cache, so it is asked last.
        if (restIn(p, i) < left || (classesIn(p, i) & needs) != needs) continue
        const units = restIn(p, i) - left + goalShift
        if (!counts(units, orderIn(p, i)) || !isBefore(entryIn(p, i), driverIn(p, i), arc, part)) continue
        offer(units, driverIn(p, i), orderIn(p, i))
      }
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
  for (let last = lastEntry(id); last != NONE; ) {
    const p = batchOf(last)
    const end = last & 3
    last = nextBatch(p)
    for (let i: u32 = 0; i <= end; i++) {
      if (restIn(p, i) > left || (classesIn(p, i) & needs) != needs) continue
      if (around == NONE) around = unitsRound(id)
      const units = around + restIn(p, i)
      const driver = driverIn(p, i)
      if (!counts(units, orderIn(p, i)) || !isOn(entryIn(p, i), driver, arc) || partOf(driver, arc) <= part) continue
      offer(units, driver, orderIn(p, i))
    }
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
