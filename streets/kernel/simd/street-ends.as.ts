/**
 * The ends of the arcs of streets: what a place asks of both arcs of its street. In the turn model, whose states lie
 * scattered, it is one record a street on a cache line of its own, filled from the other tables: 32 bytes an arc, the
 * facts of its end's id (`idFacts`), its units, what to add where it is closed, its only entry and the end's spot. A closed arc bears the facts of the
 * other one, so that nothing need be asked before its label is added up.
 */

import { factsOf } from './ancestors.as'
import { FAR, NONE, u32at } from './memory.as'
import { arcs, arcUnits, endId, entryFirst, entryId, isTurns, soleEntry, spotOf, streetEnds } from './tables.as'

/** In place of the only entry: there are several, or it is not the arc's end in the turn model. */
export const SEVERAL: i32 = -2

// @ts-expect-error: decorator
@inline
function recordOf(arc: u32): usize {
  return streetEnds + ((<usize>arc) << 5)
}

/** Facts of the id at the end of an arc; of the other arc's where it is closed; of any where both are. */
// @ts-expect-error: decorator
@inline
export function endFacts(arc: u32): usize {
  if (isTurns) return recordOf(arc)
  const own = u32at(endId, arc)
  const other = u32at(endId, arc ^ 1)
  const id = select<u32>(other, own, own == NONE)
  return factsOf(select<u32>(0, id, id == NONE))
}

/** Units of an arc. */
// @ts-expect-error: decorator
@inline
export function unitsOf(arc: u32): u32 {
  return isTurns ? load<u32>(recordOf(arc), 16) : u32at(arcUnits, arc)
}

/** Added to a time over an arc's end: nothing, or too much where it is closed. */
// @ts-expect-error: decorator
@inline
export function barrier(arc: u32): u32 {
  return isTurns ? load<u32>(recordOf(arc), 20) : select<u32>(FAR, 0, u32at(endId, arc) == NONE)
}

/** The only id over which places on an arc are reached; -1 where there is none; `SEVERAL`. */
// @ts-expect-error: decorator
@inline
export function entryOf(arc: u32): i32 {
  return isTurns ? load<i32>(recordOf(arc), 24) : <i32>u32at(soleEntry, arc)
}

/** Id at the end of an arc; `NONE` where it is closed. */
// @ts-expect-error: decorator
@inline
export function endOf(arc: u32): u32 {
  const entry = isTurns ? load<i32>(recordOf(arc), 24) : SEVERAL
  return entry == SEVERAL ? u32at(endId, arc) : <u32>entry
}

/** `spotOf` the id at the end of an open arc. */
// @ts-expect-error: decorator
@inline
export function spotAtEnd(arc: u32, id: u32): u32 {
  return isTurns ? load<u32>(recordOf(arc), 28) : u32at(spotOf, id)
}

/** Fill the records but for the units. */
export function layOutStreets(): void {
  for (let arc: u32 = 0; arc < arcs; arc++) {
    const own = u32at(endId, arc)
    const id = own == NONE ? u32at(endId, arc ^ 1) : own
    if (id != NONE) v128.store(recordOf(arc), v128.load(factsOf(id)))
    store<u32>(recordOf(arc), own == NONE ? FAR : 0, 20)
    const first = u32at(entryFirst, arc)
    const isSole = u32at(entryFirst, arc + 1) == first + 1 && u32at(entryId, first) == own
    store<i32>(recordOf(arc), own == NONE || isSole ? <i32>own : SEVERAL, 24)
    store<u32>(recordOf(arc), id == NONE ? 0 : u32at(spotOf, id), 28)
  }
}

/** Take over the units of the set of weights that answers. */
export function takeUnits(): void {
  for (let arc: u32 = 0; arc < arcs; arc++) store<u32>(recordOf(arc), u32at(arcUnits, arc), 16)
}
