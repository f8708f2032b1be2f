import type { Place } from '../router.ts'
import type { LabelEngine } from './label-engine.ts'

const states: number[] = []
const adds: number[] = []

/**
 * Makes a place the goal of the kernel's next queries. Their answers are too long by what this gives: in the turn model
 * a goal's adds would be less than nothing, so all are raised by as much.
 */
export function aimAt({ graph, epoch: { kernel, access } }: LabelEngine, goal: Place): number {
  states.length = adds.length = 0
  let least = 0
  for (let k = 0; k < 2; k++) {
    const arc = goal.edge ^ k
    if (!access.isOpen(arc)) continue
    const beyond = access.unitsBeyond(goal, arc)
    least = Math.min(least, beyond)
    for (let i = graph.entryFirst[arc]!; i < graph.entryFirst[arc + 1]!; i++) {
      states.push(graph.entryStates[i]!)
      adds.push(beyond)
    }
  }
  for (let i = 0; i < adds.length; i++) adds[i]! -= least
  kernel.aim(states, adds)
  return -least
}
