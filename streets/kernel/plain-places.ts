import type { KernelTables } from './kernel-tables.ts'
import { NONE } from './kernel-tables.ts'
import { FAR, type PlaceList, type PreparedList } from './label-kernel.ts'
import type { PlainDistance } from './plain-distance.ts'
import type { WeightSet } from './weight-set.ts'

/**
 * Times between places mid-street. A place is left to the end of each arc of its segment that is open, and reached over
 * the entries of such an arc: in the junction model they lie before it, in the turn model they are the arc's end, behind
 * it. On one segment the places may also lie one before the other; and in the turn model a car that stands behind its
 * goal on the goal's own arc is not there yet, although its label says so: it goes round.
 */
export class PlainPlaces {
  readonly #t: KernelTables
  readonly #distance: PlainDistance
  #set: WeightSet

  constructor(tables: KernelTables, distance: PlainDistance, set: WeightSet) {
    this.#t = tables
    this.#distance = distance
    this.#set = set
  }

  answerBy(set: WeightSet): void {
    this.#set = set
  }

  /** Units from the start of an arc to a place on its segment, rounded half up. */
  into(arc: number, edge: number, fraction: number): number {
    return Math.round(this.#set.arcUnits[arc]! * partAlong(arc, edge, fraction))
  }

  /** What to add to the time to an entry of an arc for the time to a place on it; may be less than nothing. */
  #beyond(arc: number, edge: number, fraction: number): number {
    const into = this.into(arc, edge, fraction)
    return this.#t.isTurns ? into - this.#set.arcUnits[arc]! : into
  }

  aimPlace(edge: number, fraction: number): number {
    const { endId, entryFirst, entryId } = this.#t
    this.#distance.clearGoal()
    if (edge >>> 0 >= endId.length) return 0
    this.#distance.goalEdge = edge
    this.#distance.goalFraction = fraction
    this.#distance.goalShift = 0
    for (const arc of [edge, edge ^ 1])
      if (endId[arc] !== NONE)
        this.#distance.goalShift = Math.max(this.#distance.goalShift, -this.#beyond(arc, edge, fraction))
    for (const arc of [edge, edge ^ 1]) {
      const add = this.#beyond(arc, edge, fraction) + this.#distance.goalShift
      for (let i = entryFirst[arc]!; i < entryFirst[arc + 1]!; i++) this.#distance.addGoalId(entryId[i]!, add)
    }
    this.#distance.mergeGoal()
    return this.#distance.goalShift
  }

  placeToGoal(edge: number, fraction: number, onlyArc: number): number {
    const { endId } = this.#t
    if (edge >>> 0 >= endId.length || this.#distance.deepest < 0) return FAR
    if ((edge ^ this.#distance.goalEdge) >>> 1 === 0)
      return this.wayBetween(
        edge,
        fraction,
        onlyArc,
        this.#distance.goalEdge,
        this.#distance.goalFraction,
        null,
      )
    let best = FAR
    for (const arc of [edge, edge ^ 1]) {
      if (endId[arc] === NONE || (onlyArc >= 0 && arc !== onlyArc)) continue
      const left = this.#set.arcUnits[arc]! - this.into(arc, edge, fraction)
      best = Math.min(best, this.#distance.toGoal(endId[arc]!, 0) + left)
    }
    return best < FAR ? best - this.#distance.goalShift : FAR
  }

  manyPlaces({ edges, fractions }: PlaceList, out: Uint32Array): void {
    for (let i = 0; i < edges.length; i++) out[i] = this.placeToGoal(edges[i]!, fractions[i]!, -1)
  }

  tablePlaces(from: PlaceList, to: PlaceList, unitDs: number, out: Float64Array): void {
    for (let i = 0, at = 0; i < from.edges.length; i++) {
      for (let j = 0; j < to.edges.length; j++, at++) {
        const [edge, fraction] = [from.edges[i]!, from.fractions[i]!]
        const units = this.wayBetween(edge, fraction, -1, to.edges[j]!, to.fractions[j]!, null)
        out[at] = units >= FAR ? Infinity : (units * unitDs) / 10
      }
    }
  }

  /** Places to ask for again and again: nothing is made of them beforehand here. */
  prepare({ edges, fractions }: PlaceList): PreparedList {
    return {
      between: (i, j) => this.wayBetween(edges[i]!, fractions[i]!, -1, edges[j]!, fractions[j]!, null),
      toGoal: (unitDs, out) => {
        for (let i = 0; i < edges.length; i++) {
          const units = this.placeToGoal(edges[i]!, fractions[i]!, -1)
          out[i] = units >= FAR ? Infinity : (units * unitDs) / 10
        }
      },
      release() {},
    }
  }

  /** Units of the way between two places, by looking at every pair of an end and an entry; `way`: see `WAY_WORDS`. */
  wayBetween(
    edge: number,
    fraction: number,
    onlyArc: number,
    toEdge: number,
    toFraction: number,
    way: Uint32Array | null,
  ): number {
    const { endId, entryFirst, entryId, isTurns } = this.#t
    let best = FAR
    if (edge >>> 0 >= endId.length || toEdge >>> 0 >= endId.length) return best
    for (const exit of [edge, edge ^ 1]) {
      if (endId[exit] === NONE || (onlyArc >= 0 && exit !== onlyArc)) continue
      const start = endId[exit]!
      const into = this.into(exit, edge, fraction)
      const isAhead = partAlong(exit, toEdge, toFraction) >= partAlong(exit, edge, fraction)
      const along = exit >> 1 === toEdge >> 1 && isAhead ? this.into(exit, toEdge, toFraction) - into : FAR
      if (along < best) {
        best = along
        way?.set([exit, exit, NONE, NONE])
      }
      for (const entry of [toEdge, toEdge ^ 1]) {
        const beyond = this.#set.arcUnits[exit]! - into + this.#beyond(entry, toEdge, toFraction)
        for (let i = entryFirst[entry]!; i < entryFirst[entry + 1]!; i++) {
          const isRound = isTurns && entryId[i] === start
          const units = isRound ? this.round(start) : this.#distance.between(start, entryId[i]!)
          if (units >= FAR || units + beyond >= best) continue
          best = units + beyond
          way?.set([exit, entry, isRound ? this.#lastTail : entryId[i]!, isRound ? this.#lastMove : NONE])
        }
      }
    }
    return best
  }

  /** Units from an id round to itself, by the move that `#lastMove` and the id where it starts `#lastTail` tell. */
  round(id: number): number {
    const { firstIn, inTail, inMove } = this.#t
    let best = FAR
    for (let m = firstIn[id]!; m < firstIn[id + 1]!; m++) {
      const units = this.#distance.between(id, inTail[m]!) + this.#set.inUnits[m]!
      if (units >= best) continue
      best = units
      this.#lastTail = inTail[m]!
      this.#lastMove = inMove[m]!
    }
    return best
  }
  #lastTail = NONE
  #lastMove = NONE
}

/** How far along an arc of its own segment a place lies, 0..1. */
export function partAlong(arc: number, edge: number, fraction: number): number {
  return arc === edge ? fraction : 1 - fraction
}
