import type { DrivenGraph } from '../graph/state-graph.ts'
import { FAR, WAY_WORDS } from '../kernel/label-kernel.ts'
import type { Place } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import type { Epoch } from './label-engine.ts'
import { fractionOn } from './place-access.ts'

/** A way that was found: the first arc is left from a place on it, the last is driven as far as a place on it. */
export interface Way {
  readonly from: Place
  readonly to: Place
  readonly arcs: readonly number[]
  /** Time for what is driven of each arc with the turn before it, units; all of it takes `durationUnits`. */
  readonly units: readonly number[]
  readonly unitDs: number
  readonly durationUnits: number
  readonly distanceDm: number
}

const NONE = 0xffffffff
const found = new Uint32Array(WAY_WORDS)

/** The quickest way between two places, with the times of its epoch; null where there is none. */
export function wayBetween(
  { lengthDm }: StreetTable,
  graph: DrivenGraph,
  { kernel, times, access }: Epoch,
  from: Place,
  to: Place,
): Way | null {
  const durationUnits = kernel.wayBetween(from.edge, from.fraction, to.edge, to.fraction, found)
  if (durationUnits >= FAR) return null
  const exit = found[0]!
  const entry = found[1]!
  const state = found[2]!
  const lastMove = found[3]!
  const { unitDs, moveUnits } = times
  const dmInto = (place: Place, arc: number): number =>
    Math.round(lengthDm[arc >> 1]! * fractionOn(place, arc))
  const leftDm = dmInto(from, exit)
  if (state === NONE) {
    const distanceDm = dmInto(to, exit) - leftDm
    return { from, to, arcs: [exit], units: [durationUnits], unitDs, durationUnits, distanceDm }
  }
  const moves = kernel.moves(graph.endState[exit]!, state)!
  const driven = 1 + moves.length / 2
  const isTurns = graph.model === 'turns'
  const arcs = new Array<number>(driven + (lastMove === NONE ? 0 : 1) + (isTurns ? 0 : 1))
  const units = new Array<number>(arcs.length)
  arcs[0] = exit
  units[0] = access.unitsLeft(from, exit)
  let distanceDm = lengthDm[exit >> 1]! - leftDm
  for (let i = 1; i < driven; i++) {
    const arc = graph.arc[moves[2 * i - 2]!]!
    arcs[i] = arc
    units[i] = moves[2 * i - 1]!
    distanceDm += lengthDm[arc >> 1]!
  }
  if (lastMove !== NONE) {
    arcs[driven] = graph.arc[lastMove]!
    units[driven] = moveUnits[lastMove]!
  }
  const last = arcs.length - 1
  if (isTurns) units[last]! -= access.unitsLeft(to, entry)
  else {
    arcs[last] = entry
    units[last] = access.unitsInto(to, entry)
  }
  // In the turn model the last move drives the arc of the goal, which is not whole.
  if (last < driven) distanceDm -= lengthDm[entry >> 1]!
  distanceDm += dmInto(to, entry)
  return { from, to, arcs, units, unitDs, durationUnits, distanceDm }
}

/** Decimetres that are driven of arc `i` of a way. */
export function drivenDm({ lengthDm }: StreetTable, { from, to, arcs }: Way, i: number): number {
  const arc = arcs[i]!
  const whole = lengthDm[arc >> 1]!
  const end = i === arcs.length - 1 ? Math.round(whole * fractionOn(to, arc)) : whole
  return i === 0 ? end - Math.round(whole * fractionOn(from, arc)) : end
}
