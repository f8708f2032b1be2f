import type { Place } from '../router.ts'
import type { Epoch, LabelEngine } from './label-engine.ts'
import { fractionOn } from './place-access.ts'

/** The arc by which one place is reached from another on the same segment without leaving it; -1: there is none. */
export function arcAlong({ access }: Epoch, from: Place, to: Place, onlyArc: number): number {
  if (from.edge >> 1 !== to.edge >> 1) return -1
  for (let arc = from.edge & ~1; arc <= (from.edge | 1); arc++) {
    if (!access.isOpen(arc) || (onlyArc >= 0 && arc !== onlyArc)) continue
    if (fractionOn(to, arc) >= fractionOn(from, arc)) return arc
  }
  return -1
}

/**
 * The move that begins the quickest way from a state round to itself; -1 where there is none. In the turn model a car
 * that stands behind its goal on the goal's own arc is not there yet, although its label says so: it goes round.
 */
export function moveRound({ graph, epoch }: LabelEngine, state: number): { move: number; units: number } {
  let best = { move: -1, units: Infinity }
  for (let move = graph.firstOut[state]!; move < graph.firstOut[state + 1]!; move++) {
    const units =
      epoch.times.weightsDs[move]! / epoch.times.unitDs +
      finite(epoch.kernel.distance(graph.head[move]!, state))
    if (units < best.units) best = { move, units }
  }
  return best
}

/** Units of a kernel as a number that can be added to: `FAR` is no way. */
export function finite(units: number): number {
  return units >= 0xffff ? Infinity : units
}
