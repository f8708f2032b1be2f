import { FAR } from '@hexhail/streets/kernel/label-kernel.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { anyWeights, inUnits, kernelTown } from './kernel-town.ts'

test('a kernel that is not saturated has lost no finite time; what it tells below the limit is exact always', () => {
  let [fitting, lost] = [0, 0]
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 60 }), fc.boolean(), (seed, states, closed) => {
      const rng = seeded(seed)
      const town = kernelTown(states, rng)
      const longest = Math.floor(20_000 * rng())
      const weights = anyWeights(town.graph, rng, longest).map(w => (closed || w < longest ? w : 7))
      const times = town.times(inUnits(weights, 1))
      const finite = times.flatMap(row => [...row]).filter(t => t < Infinity)
      const most = finite.reduce((a, b) => Math.max(a, b), 0)
      const flags = town.kernels.map(kernel => {
        kernel.customise(weights)
        if (!kernel.saturated) expect(most).toBeLessThan(FAR)
        times.forEach((row, s) => {
          expect(row.map((_, t) => kernel.distance(s, t))).toEqual(row.map(t => Math.min(t, FAR)))
        })
        return kernel.saturated
      })
      expect(flags[1]).toBe(flags[0])
      if (most < FAR && !flags[0]) fitting++
      if (most >= FAR) lost++
    }),
    { numRuns: 80, seed: 44 },
  )
  expect(fitting).toBeGreaterThan(20)
  expect(lost).toBeGreaterThan(5)
})

test('a bigger unit ends saturation; what is added at the ends counts too', () => {
  const weigh = (unitDs: number, longest: number) => {
    const rng = seeded(12)
    const town = kernelTown(60, rng, 8, unitDs)
    for (const kernel of town.kernels) kernel.customise(town.graph.weights.map(w => w * longest))
    return town.kernels
  }
  for (const kernel of weigh(1, 4000)) expect(kernel.saturated).toBe(true)
  for (const kernel of weigh(16, 4000)) expect(kernel.saturated).toBe(false)
  for (const kernel of weigh(1, 100)) {
    expect(kernel.saturated).toBe(false)
    kernel.place(0, 1, 64_000, 1, 0)
    expect(kernel.saturated).toBe(true)
  }
  for (const kernel of weigh(1, 100)) {
    kernel.aim([5], [64_000])
    expect(kernel.saturated).toBe(true)
  }
})
