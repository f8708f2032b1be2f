import type { StateGraph } from '../graph/state-graph.ts'
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
  /** How much of each arc is driven, decimetres, and the time for it with the turn before it, units. */
  readonly lengthsDm: readonly number[]
  readonly units: readonly number[]
  readonly unitDs: number
}

const NONE = 0xffffffff
const found = new Uint32Array(WAY_WORDS)

/** The quickest way between two places, with the times of its epoch; null where there is none. */
export function wayBetween(
  { lengthDm }: StreetTable,
  graph: StateGraph,
  { kernel, times, access }: Epoch,
  from: Place,
  to: Place,
): Way | null {
  const all = kernel.wayBetween(from.edge, from.fraction, to.edge, to.fraction, found)
  if (all >= FAR) return null
  const [exit, entry, state, lastMove] = found as unknown as [number, number, number, number]
  const { unitDs, arcUnits, turnUnits } = times
  const whole = lengthDm[exit >> 1]!
  const leftDm = Math.round(whole * fractionOn(from, exit))
  if (state === NONE) {
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
  for (const move of kernel.moves(graph.endState[exit]!, state)!) drive(move)
  if (lastMove !== NONE) drive(lastMove)
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
