import type { LabelEngine } from './label-engine.ts'
import type { Place } from './router.ts'

/**
 * Makes a place the goal of the kernel's next queries. Their answers are too long by what this gives: in the turn model
 * a goal's adds would be less than nothing, so all are raised by as much.
 */
export function aimAt({ graph, epoch: { kernel, access } }: LabelEngine, goal: Place): number {
  const [a, b] = [goal.edge, goal.edge ^ 1]
  const [beyondA, beyondB] = [a, b].map(arc => (access.isOpen(arc) ? access.unitsBeyond(goal, arc) : 0))
  const shift = -Math.min(0, beyondA!, beyondB!)
  const states: number[] = []
  const adds: number[] = []
  for (const [arc, beyond] of [
    [a, beyondA!],
    [b, beyondB!],
  ] as const) {
    if (!access.isOpen(arc)) continue
    for (const state of graph.entryStates(arc)) {
      states.push(state)
      adds.push(beyond + shift)
    }
  }
  kernel.aim(states, adds)
  return shift
}
