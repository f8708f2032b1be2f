import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { type MoveTimes, moveTimes } from '@hexhail/streets/graph/move-times.ts'
import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { compileKernel } from '@hexhail/streets/kernel/compile-kernel.ts'
import { FAR, type LabelKernel, type Weights } from '@hexhail/streets/kernel/label-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { createWasmKernel } from '@hexhail/streets/kernel/wasm-kernel.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'
import { anyWeights, inUnits, kernelTown } from './kernel-town.ts'

/** Whether a kernel asks for a bigger unit; it gets the same weights then. */
function asksCoarser(kernel: LabelKernel, weights: Weights): boolean {
  let asked = false
  const coarser = (): Weights => {
    asked = true
    return weights
  }
  kernel.customise({ ...weights, coarser })
  return asked
}

test('a kernel that asks for no bigger unit has lost no finite time; what it tells below the limit is exact always', () => {
  let [fitting, lost] = [0, 0]
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 60 }), fc.boolean(), (seed, states, closed) => {
      const rng = seeded(seed)
      const town = kernelTown(states, rng)
      const longest = Math.floor(20_000 * rng())
      const weights = anyWeights(town.graph, rng, longest).map(w => (closed || w < longest ? w : 7))
      const times = town.times(inUnits(weights))
      const finite = times.flatMap(row => [...row]).filter(t => t < Infinity)
      const most = finite.reduce((a, b) => Math.max(a, b), 0)
      const flags = town.kernels.map(kernel => {
        const asked = asksCoarser(kernel, { moveUnits: weights })
        if (!asked) expect(most).toBeLessThan(FAR)
        times.forEach((row, s) => {
          expect(row.map((_, t) => kernel.distance(s, t))).toEqual(row.map(t => Math.min(t, FAR)))
        })
        return asked
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

test('bigger units are asked for until one is enough, at once and in slices, and what answers is in that one', () => {
  const rng = seeded(12)
  const town = kernelTown(60, rng)
  for (const [longest, enough] of [
    [4000, false],
    [10, true],
  ] as const) {
    const weights = town.graph.weights.map(w => w * longest)
    for (const kernel of town.kernels) {
      for (const isSliced of [false, true]) {
        let taken = weights
        const inUnit = (unit: number): Weights => ({
          moveUnits: (taken = weights.map(w => Math.ceil(w / unit))),
          coarser: () => inUnit(2 * unit),
        })
        if (isSliced) for (const step = kernel.beginCustomise(inUnit(1)); !step(20); );
        else kernel.customise(inUnit(1))
        expect(taken.some((w, m) => w !== weights[m])).toBe(!enough)
        const times = town.times(inUnits(taken))
        const answers = times.map((row, s) => row.map((_, t) => kernel.distance(s, t)))
        expect(answers).toEqual(times.map(row => row.map(t => Math.min(t, FAR))))
        if (!enough) expect(times.every(row => row.every(t => t < FAR || t === Infinity))).toBe(true)
      }
    }
  }
})

test.each([junctionGraph, turnGraph])('%o: what may come before and after a state counts too', make => {
  const { streets } = openCity(buildCity(gridTown(5, seeded(3)), { name: 'Town' }).bytes)
  const graph = make(streets)
  const hierarchy = buildHierarchy(graph, dissect(graph))
  const input = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells: separatorTree(hierarchy, 4) }
  const times: MoveTimes = moveTimes(graph, new Uint32Array(streets.tail.length * 2).fill(10), 1)
  const longArc = (arc: number): Weights => ({ ...times, arcUnits: times.arcUnits.with(arc, 64_900) })
  for (const kernel of [createPlainKernel(input), createWasmKernel(compileKernel()!, input)]) {
    expect(asksCoarser(kernel, times)).toBe(false)
    for (const [arc, state] of graph.endState.entries())
      expect(asksCoarser(kernel, longArc(arc))).toBe(state !== NO_STATE)
  }
})
