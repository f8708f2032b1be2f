import type { LabelKernel } from './kernel/label-kernel.ts'
import type { MoveTimes } from './move-times.ts'
import { type Exit, fractionOn, type Goal, type PlaceAccess } from './place-access.ts'
import type { Place } from './router.ts'
import type { StateGraph } from './state-graph.ts'

/** The quickest way along a segment from one place of it to another without leaving it; no arc: there is none. */
export function alongSegment(
  access: PlaceAccess,
  from: Place,
  to: Place,
  arcs: readonly number[],
): { arc: number; units: number } {
  let best = { arc: -1, units: Infinity }
  if (from.edge >> 1 !== to.edge >> 1) return best
  for (const arc of arcs) {
    if (fractionOn(to, arc) < fractionOn(from, arc)) continue
    const units = access.unitsInto(to, arc) - access.unitsInto(from, arc)
    if (units < best.units) best = { arc, units }
  }
  return best
}

/**
 * Units from an exit to way `i` of a goal. In the turn model a car that stands behind the goal's own place at the end of
 * the goal's arc is not there yet, although its label says so: it has to go round. `firstMove` begins that round, or -1.
 */
export function unitsTo(
  graph: StateGraph,
  kernel: Pick<LabelKernel, 'distance'>,
  times: MoveTimes,
  exit: Exit,
  goal: Goal,
  i: number,
): { units: number; firstMove: number } {
  const rest = exit.units + goal.adds[i]! - goal.shift
  const state = goal.states[i]!
  if (graph.model === 'junctions' || exit.state !== state)
    return { units: rest + finite(kernel.distance(exit.state, state)), firstMove: -1 }
  let best = { units: Infinity, firstMove: -1 }
  for (let m = graph.firstOut[state]!; m < graph.firstOut[state + 1]!; m++) {
    const units = rest + times.weightsDs[m]! / times.unitDs + finite(kernel.distance(graph.head[m]!, state))
    if (units < best.units) best = { units, firstMove: m }
  }
  return best
}

/** Units of a kernel as a number that can be added to: `FAR` is no way. */
export function finite(units: number): number {
  return units >= 0xffff ? Infinity : units
}
