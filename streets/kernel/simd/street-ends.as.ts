/**
 * The ends of the arcs of streets: what a place asks of both arcs of its street. In the turn model, whose states lie
 * scattered, it is one record a street on a cache line of its own, filled from the other tables: 32 bytes an arc, the
 * facts of its end's id (`idFacts`), its units, and what to add where it is closed. A closed arc bears the facts of the
 * other one, so that nothing need be asked before its label is added up.
 */

import { factsOf } from './ancestors.as'
import { FAR, NONE, u32at } from './memory.as'
import { arcs, arcUnits, endId, isTurns, streetEnds } from './tables.as'

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

/** Fill the records but for the units. */
export function layOutStreets(): void {
  for (let arc: u32 = 0; arc < arcs; arc++) {
    const own = u32at(endId, arc)
    const id = own == NONE ? u32at(endId, arc ^ 1) : own
    if (id != NONE) v128.store(recordOf(arc), v128.load(factsOf(id)))
    store<u32>(recordOf(arc), own == NONE ? FAR : 0, 20)
  }
}

/** Take over the units of the set of weights that answers. */
export function takeUnits(): void {
  for (let arc: u32 = 0; arc < arcs; arc++) store<u32>(recordOf(arc), u32at(arcUnits, arc), 16)
}
