import type { Place } from '../router.ts'
import type { LabelEngine } from './label-engine.ts'
import { arcAlong, finite, moveRound } from './same-segment.ts'

/** The quickest way between two places. */
export interface QuickestWay {
  readonly units: number
  /** Left by this arc … */
  readonly exit: number
  /** … and reached over this one by way of its `state`; the two are one, with no state, where nothing lies between. */
  readonly entry: number
  readonly state: number
  /** Begins a way from a state round to itself; else -1. */
  readonly firstMove: number
}

/** Looks at every pair of a way out and a way in; null where none is a way. `onlyArc`: the only one to leave by, or -1. */
export function quickestWay(engine: LabelEngine, from: Place, to: Place, onlyArc = -1): QuickestWay | null {
  const { graph, epoch } = engine
  const { access, kernel } = epoch
  let exit = arcAlong(epoch, from, to, onlyArc)
  let entry = exit
  let state = -1
  let firstMove = -1
  let best = exit < 0 ? Infinity : access.unitsInto(to, exit) - access.unitsInto(from, exit)
  for (let k = 0; k < 2; k++) {
    const out = from.edge ^ k
    if (!access.isOpen(out) || (onlyArc >= 0 && out !== onlyArc)) continue
    const start = graph.endState[out]!
    const left = access.unitsLeft(from, out)
    for (let j = 0; j < 2; j++) {
      const into = to.edge ^ j
      if (!access.isOpen(into)) continue
      const beyond = left + access.unitsBeyond(to, into)
      if (beyond >= best) continue
      for (let i = graph.entryFirst[into]!; i < graph.entryFirst[into + 1]!; i++) {
        const end = graph.entryStates[i]!
        const isRound = end === start && graph.model === 'turns'
        const round = isRound ? moveRound(engine, start) : null
        const units = beyond + (round?.units ?? finite(kernel.distance(start, end)))
        if (units >= best) continue
        best = units
        exit = out
        entry = into
        state = end
        firstMove = round?.move ?? -1
      }
    }
  }
  return best === Infinity ? null : { units: best, exit, entry, state, firstMove }
}
