import type { DrivenGraph } from '../graph/state-graph.ts'
import { NO_STATE } from '../graph/strong-graph.ts'
import type { Place } from '../router.ts'

/**
 * How places hang on the graph under one set of times. A place can be left and reached by each arc of its segment that
 * can be driven and come back from.
 */
export interface PlaceAccess {
  /** Whether the place is one of this city. */
  isKnown(place: Place): boolean
  /** Whether cars may drive an arc. */
  isOpen(arc: number): boolean
  /** Units from the start of an arc to a place on its segment, and from there to the end of the arc. */
  unitsInto(place: Place, arc: number): number
  unitsLeft(place: Place, arc: number): number
}

/** Places over one graph; `arcUnits` are the times of all arcs. */
export function placeAccess({ endState }: DrivenGraph, arcUnits: Uint32Array): PlaceAccess {
  const isOpen = (arc: number): boolean => endState[arc] !== NO_STATE
  const unitsInto = (place: Place, arc: number): number => Math.round(arcUnits[arc]! * fractionOn(place, arc))
  const unitsLeft = (place: Place, arc: number): number => arcUnits[arc]! - unitsInto(place, arc)
  return {
    isKnown: ({ edge, fraction }) =>
      edge >>> 0 === edge && edge < arcUnits.length && fraction >= 0 && fraction <= 1,
    isOpen,
    unitsInto,
    unitsLeft,
  }
}

/** How far along an arc of its own segment a place lies, 0..1. */
export function fractionOn(place: Place, arc: number): number {
  return arc === place.edge ? place.fraction : 1 - place.fraction
}
