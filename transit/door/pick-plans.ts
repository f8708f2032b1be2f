import type { DoorPlan } from '../search/door-plan.ts'

/** How one goes: what stands side by side on the page. */
export type Mode = 'ride' | 'transit' | 'both'

/** The mode that a plan belongs to; walking all the way stands with transit. */
export function modeOf({ kind }: Pick<DoorPlan, 'kind'>): Mode {
  if (kind === 'ride') return 'ride'
  return kind === 'transit' || kind === 'walk' ? 'transit' : 'both'
}

/** Plans of a mode that are shown. */
const MOST = 5

/**
 * A few plans of each mode out of all that none makes pointless: the earliest, the cheapest, the one with the shortest
 * walk, the one with the fewest lines, then the earliest of the rest. In the order they came.
 */
export function pickPlans(plans: readonly DoorPlan[]): DoorPlan[] {
  const picked = new Set<DoorPlan>()
  for (const mode of ['ride', 'transit', 'both'] as const) {
    const all = plans.filter(plan => modeOf(plan) === mode)
    const figures: ((plan: DoorPlan) => number)[] = [
      ...[(plan: DoorPlan) => plan.arriveS, (plan: DoorPlan) => plan.total],
      ...[(plan: DoorPlan) => plan.walkM, (plan: DoorPlan) => plan.lines],
    ]
    const best = figures.flatMap(figure =>
      all.length === 0 ? [] : [all.reduce((a, b) => (figure(b) < figure(a) ? b : a))],
    )
    const wanted = new Set([...best, ...all])
    for (const plan of [...wanted].slice(0, MOST)) picked.add(plan)
  }
  return plans.filter(plan => picked.has(plan))
}
