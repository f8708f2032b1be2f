import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { expect, test } from 'vitest'
import { runTrial } from '../../bench/streets/exact-trial.ts'
import { seeded } from './grid-town.ts'
import { oddTowns, tangledTown } from './odd-towns.ts'

const SEED = 3
const tangle = (seed: number, i: number) =>
  [`tangle ${seed}.${i}`, tangledTown(2 + (i % 12), seeded(seed * 65_537 + i * 7_919))] as const
const TOWNS: readonly (readonly [string, readonly Feature[]])[] = [
  ...oddTowns(),
  ...Array.from({ length: 16 }, (_, i) => tangle(SEED, i)),
  // An arc is reached within a turn rule and outside of it.
  ...[71, 91, 107].map(i => tangle(7, i)),
]

test.each(['turns', 'junctions'] as const)(
  'model of %s: in towns that no planner would draw both kernels are right by the street table alone',
  model => {
    const sum = { distances: 0, nearest: 0, routes: 0, wrong: 0 }
    for (const [name, features] of TOWNS) {
      const city = openCity(buildCity(features, { name }).bytes)
      for (const kernel of ['wasm', 'plain'] as const) {
        const size = { goals: 6, distances: 6, drivers: 16 }
        const plan = { name, model, kernel, shut: true, byStreets: true, seed: SEED, ...size }
        const compared = runTrial(city, plan)
        for (const key of ['distances', 'nearest', 'routes', 'wrong'] as const)
          sum[key] += compared?.[key] ?? 0
      }
    }
    expect(sum.wrong).toBe(0)
    expect(Math.min(sum.nearest, sum.routes)).toBeGreaterThan(200)
    console.log(`odd towns, ${model}: 0 wrong of ${sum.distances} times, ${sum.routes} routes`)
  },
)
