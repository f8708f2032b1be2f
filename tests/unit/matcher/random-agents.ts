import { canonicalProblem } from '@hexhail/matcher/assign/canonical.ts'
import type { Agents, AssignProblem, PairCosts } from '@hexhail/matcher/assign/problem.ts'

/** A drawn problem as it would arrive: agents and pairs in any order. */
export interface Drawn extends Agents {
  readonly pairs: { rider: number[]; driver: number[]; costDs: number[] }
}

/** What is drawn: how many, which share of all pairs there is, and how dear they may be. Small costs make many ties. */
export interface DrawPlan {
  readonly riders: number
  readonly drivers: number
  readonly density: number
  readonly mostDs: number
}

export function drawAgents(rng: () => number, { riders, drivers, density, mostDs }: DrawPlan): Drawn {
  const whole = (below: number): number => Math.floor(rng() * below)
  const pairs: Drawn['pairs'] = { rider: [], driver: [], costDs: [] }
  for (let rider = 0; rider < riders; rider++)
    for (let driver = 0; driver < drivers; driver++) {
      if (rng() >= density) continue
      pairs.rider.push(rider)
      pairs.driver.push(driver)
      pairs.costDs.push(whole(mostDs + 1))
    }
  return {
    epoch: whole(2 ** 32),
    riders: Array.from({ length: riders }, (_, i) => ({ id: `r${i}`, patienceDs: whole(mostDs + 2) })),
    drivers: Array.from({ length: drivers }, (_, i) => `d${i}`),
    pairs,
  }
}

/** The same problem as it would arrive elsewhere: all lists in another order. */
export function shuffled(rng: () => number, drawn: Drawn): Drawn {
  const riders = shuffle(rng, drawn.riders)
  const drivers = shuffle(rng, drawn.drivers)
  const riderNow = new Map(riders.map((rider, i) => [rider, i]))
  const driverNow = new Map(drivers.map((driver, i) => [driver, i]))
  const { rider, driver, costDs } = drawn.pairs
  const order = shuffle(
    rng,
    costDs.map((_, e) => e),
  )
  const pairs = {
    rider: order.map(e => riderNow.get(drawn.riders[rider[e]!]!)!),
    driver: order.map(e => driverNow.get(drawn.drivers[driver[e]!]!)!),
    costDs: order.map(e => costDs[e]!),
  }
  return { epoch: drawn.epoch, riders, drivers, pairs }
}

/** The canonical problem, which must be none to refuse. */
export function problemOf(drawn: Agents & { readonly pairs: PairCosts }): AssignProblem {
  const problem = canonicalProblem(drawn, drawn.pairs)
  if (problem.verdict !== 'accept') throw new Error(`The problem is refused: ${problem.code}.`)
  return problem.value
}

function shuffle<T>(rng: () => number, list: readonly T[]): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const k = Math.floor(rng() * (i + 1))
    ;[out[i], out[k]] = [out[k]!, out[i]!]
  }
  return out
}
