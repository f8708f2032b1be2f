import type { LabelEngine } from './label-engine.ts'
import type { Exit, Goal } from './place-access.ts'
import type { Place } from './router.ts'
import { alongSegment, unitsTo } from './same-segment.ts'

/** The quickest way between two places: along one arc, or from an exit to one of the goal's ways in. */
export type QuickestWay =
  | { readonly units: number; readonly arc: number }
  | {
      readonly units: number
      readonly arc: -1
      readonly exit: Exit
      readonly i: number
      readonly firstMove: number
    }

/** Looks at every pair of a way out and a way in; null where none is a way. `arcs`: the only arcs to leave by. */
export function quickestWay(
  { graph, epoch: { kernel, times, access } }: LabelEngine,
  from: Place,
  to: Place,
  goal: Goal,
  arcs: readonly number[] = access.arcsAt(from),
): QuickestWay | null {
  const along = alongSegment(access, from, to, arcs)
  let best: QuickestWay | null = along.arc < 0 ? null : along
  for (const exit of access.exits(from, arcs)) {
    for (let i = 0; i < goal.states.length; i++) {
      const { units, firstMove } = unitsTo(graph, kernel, times, exit, goal, i)
      if (units < (best?.units ?? Infinity)) best = { units, arc: -1, exit, i, firstMove }
    }
  }
  return best
}
