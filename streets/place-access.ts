import type { Place } from './router.ts'
import type { StateGraph } from './state-graph.ts'
import { NO_STATE } from './strong-graph.ts'

/** A way to leave a place: along `arc` to its end, where one stands in `state` after `units`. */
export interface Exit {
  readonly arc: number
  readonly state: number
  readonly units: number
}

/**
 * The ways onto a place: it is reached over `arcs[i]` by way of `states[i]`, `adds[i] - shift` units after that. In
 * the turn model a state is the end of the arc, which lies behind the place: hence the shift, that no add is negative.
 */
export interface Goal {
  readonly segment: number
  readonly arcs: readonly number[]
  readonly states: readonly number[]
  readonly adds: readonly number[]
  readonly shift: number
}

/** How places hang on the graph under one set of times. */
export interface PlaceAccess {
  /** Whether the place is one of this city. */
  isKnown(place: Place): boolean
  /** The arcs by which cars may leave and reach a place: both where the street has two ways. An arc that nobody comes back from is none. */
  arcsAt(place: Place): number[]
  /** Units from the start of an arc to a place on its segment. */
  unitsInto(place: Place, arc: number): number
  /** Ways to leave a place, of all arcs there or of the given ones. */
  exits(place: Place, arcs?: readonly number[]): Exit[]
  goal(place: Place): Goal
}

/** Places over one graph; `arcUnits` are the times of all arcs. */
export function placeAccess(graph: StateGraph, arcUnits: Uint32Array): PlaceAccess {
  const arcCount = arcUnits.length
  const arcsAt = ({ edge }: Place): number[] =>
    [edge, edge ^ 1].filter(arc => graph.endState[arc] !== NO_STATE)
  const unitsInto = (place: Place, arc: number): number => Math.round(arcUnits[arc]! * fractionOn(place, arc))
  return {
    isKnown: ({ edge, fraction }) =>
      Number.isInteger(edge) && edge >= 0 && edge < arcCount && fraction >= 0 && fraction <= 1,
    arcsAt,
    unitsInto,
    exits: (place, arcs = arcsAt(place)) =>
      arcs.map(arc => ({
        arc,
        state: graph.endState[arc]!,
        units: arcUnits[arc]! - unitsInto(place, arc),
      })),
    goal(place) {
      const [arcs, states, adds]: [number[], number[], number[]] = [[], [], []]
      const open = arcsAt(place)
      const left = (arc: number): number => arcUnits[arc]! - unitsInto(place, arc)
      const shift = graph.model === 'turns' ? Math.max(0, ...open.map(left)) : 0
      for (const arc of open) {
        const add = graph.model === 'turns' ? shift - left(arc) : unitsInto(place, arc)
        for (const state of graph.entryStates(arc)) {
          // A street that ends where it begins can be entered both ways from one state: the shorter one counts.
          const twin = states.indexOf(state)
          if (twin >= 0 && adds[twin]! <= add) continue
          const at = twin >= 0 ? twin : states.length
          arcs[at] = arc
          states[at] = state
          adds[at] = add
        }
      }
      return { segment: place.edge >> 1, arcs, states, adds, shift }
    },
  }
}

/** How far along an arc of its own segment a place lies, 0..1. */
export function fractionOn(place: Place, arc: number): number {
  return arc === place.edge ? place.fraction : 1 - place.fraction
}
