import type { StateGraph } from '../graph/state-graph.ts'
import type { Place } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import type { Epoch } from './label-engine.ts'
import { fractionOn } from './place-access.ts'
import type { QuickestWay } from './quickest-way.ts'

/** A way that was found: the first arc is left from a place on it, the last is driven as far as a place on it. */
export interface Way {
  readonly from: Place
  readonly to: Place
  readonly arcs: readonly number[]
  /** How much of each arc is driven, decimetres, and the time for it with the turn before it, units. */
  readonly lengthsDm: readonly number[]
  readonly units: readonly number[]
  readonly unitDs: number
}

/** The arcs of a quickest way between two places, with the times of its epoch. */
export function wayOf(
  { lengthDm }: StreetTable,
  graph: StateGraph,
  { kernel, times, access }: Epoch,
  { exit, entry, state, firstMove, units: all }: QuickestWay,
  from: Place,
  to: Place,
): Way {
  const { unitDs, arcUnits, turnUnits } = times
  const whole = lengthDm[exit >> 1]!
  const leftDm = Math.round(whole * fractionOn(from, exit))
  if (state < 0) {
    const drivenDm = Math.round(whole * fractionOn(to, exit)) - leftDm
    return { from, to, arcs: [exit], lengthsDm: [drivenDm], units: [all], unitDs }
  }
  const arcs = [exit]
  const lengthsDm = [whole - leftDm]
  const units = [access.unitsLeft(from, exit)]
  const drive = (move: number): void => {
    const arc = graph.arc[move]!
    arcs.push(arc)
    lengthsDm.push(lengthDm[arc >> 1]!)
    units.push(turnUnits[move]! + arcUnits[arc]!)
  }
  if (firstMove >= 0) drive(firstMove)
  for (const move of kernel.moves(firstMove < 0 ? graph.endState[exit]! : graph.head[firstMove]!, state)!)
    drive(move)
  const last = arcs.length - 1
  const intoDm = Math.round(lengthDm[entry >> 1]! * fractionOn(to, entry))
  if (graph.model === 'turns') {
    lengthsDm[last] = intoDm
    units[last]! -= access.unitsLeft(to, entry)
  } else {
    arcs.push(entry)
    lengthsDm.push(intoDm)
    units.push(access.unitsInto(to, entry))
  }
  return { from, to, arcs, lengthsDm, units, unitDs }
}
