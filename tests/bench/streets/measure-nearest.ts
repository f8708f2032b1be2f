import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import type { Place } from '@hexhail/streets/router.ts'
import type { Model } from './open-model.ts'
import type { BenchDriver } from './places.ts'
import type { PlainDijkstra, PlainTimes } from './plain-dijkstra.ts'
import { type Timing, timeCalls } from './sample.ts'

const K = 10

/** Puts drivers into an index in place of those of before. */
export function standOnly(
  { router }: Model,
  before: readonly BenchDriver[],
  now: readonly BenchDriver[],
): void {
  for (const { id } of before) router.drivers.remove(id)
  for (const { id, place, stance } of now) router.drivers.place(id, place, stance)
}

/** The router's 10 nearest of the drivers that stand in it. */
export function timeNearest({ router }: Model, riders: readonly Place[]): Timing {
  return timeCalls(i => router.drivers.nearest(riders[i % riders.length]!, K), { budgetMs: 800 })
}

/** The same question to the kernel alone: goal and drivers are states already, the answer stays in its array. */
export function timeKernelNearest(model: Model, freeDs: Int32Array, riders: readonly Place[]): Timing {
  const times = model.times(freeDs)
  const goals = riders.map(rider => model.goal(times, rider))
  const kernel = model.kernel()
  const out = new Uint32Array(2 * K)
  return timeCalls(
    i => {
      const { states, adds } = goals[i % goals.length]!
      kernel.aim(states, adds)
      return kernel.nearest(K, 0, out)
    },
    { budgetMs: 800 },
  )
}

/** Plain Dijkstra around the rider until ten drivers are certain. */
export function timePlainNearest(
  { graph }: Model,
  plain: PlainDijkstra,
  times: PlainTimes,
  drivers: readonly BenchDriver[],
  riders: readonly Place[],
): Timing {
  const atState = new Map<number, number[]>()
  const rest = new Float64Array(2 * drivers.length)
  drivers.forEach(({ place, arcs }, d) => {
    arcs.forEach((arc, i) => {
      const state = graph.endState[arc]!
      if (state === NO_STATE) return
      const left = arc === place.edge ? 1 - place.fraction : place.fraction
      rest[2 * d + i] = Math.round(times.arcUnits[arc]! * left)
      atState.set(state, [...(atState.get(state) ?? []), 2 * d + i])
    })
  })
  const nearest = (rider: Place): number[] => {
    const best: { driver: number; units: number }[] = []
    plain.search(times, rider, (state, units) => {
      if (best.length === K && units >= best[K - 1]!.units) return true
      for (const entry of atState.get(state) ?? []) {
        const found = { driver: entry >> 1, units: units + rest[entry]! }
        const old = best.findIndex(b => b.driver === found.driver)
        if (old >= 0 && best[old]!.units <= found.units) continue
        if (old >= 0) best.splice(old, 1)
        best.push(found)
        best.sort((a, b) => a.units - b.units)
        if (best.length > K) best.pop()
      }
      return false
    })
    return best.map(b => b.driver)
  }
  return timeCalls(i => nearest(riders[i % riders.length]!), { samples: 300, budgetMs: 400 })
}
