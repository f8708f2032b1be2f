import { FAR, type LabelKernel } from '@hexhail/streets/kernel/label-kernel.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { anyWeights, inUnits, type KernelTown, kernelTown } from './kernel-town.ts'

const far = (units: number): number => Math.min(units, FAR)

function expectDistances({ graph, kernels, times }: KernelTown, units: Float64Array): void {
  const states = Uint32Array.from({ length: graph.states }, (_, s) => s)
  const wanted = times(units).map(row => Uint32Array.from(row, far))
  for (const kernel of kernels) {
    wanted.forEach((row, s) => {
      expect(states.map(t => kernel.distance(s, t))).toEqual(row)
    })
  }
}

function expectGoal(
  { graph, kernels }: KernelTown,
  times: Float64Array[],
  goal: number[],
  adds: number[],
): void {
  const states = Uint32Array.from({ length: graph.states }, (_, s) => s)
  const wanted = states.map(s =>
    far(goal.reduce((t, g, i) => Math.min(t, times[s]![g]! + adds[i]!), Infinity)),
  )
  for (const kernel of kernels) {
    kernel.aim(goal, adds)
    expect(states.map(s => kernel.timeToGoal(s))).toEqual(wanted)
  }
}

test('both kernels give the times of Dijkstra under any weights, one after the other', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, states) => {
      const rng = seeded(seed)
      const town = kernelTown(states, rng, 4)
      for (let round = 0; round < 2; round++) {
        const weights = anyWeights(town.graph, rng)
        for (const kernel of town.kernels) kernel.customise({ moveUnits: weights })
        expectDistances(town, inUnits(weights))
      }
    }),
    { numRuns: 60, seed: 41 },
  )
})

test('a goal of several entry states on one chain is reached by the best of them', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 70 }), (seed, states) => {
      const rng = seeded(seed)
      const town = kernelTown(states, rng)
      for (const kernel of town.kernels) kernel.customise({ moveUnits: town.graph.weights })
      const times = town.times(town.graph.weights)
      for (let i = 0; i < 4; i++) {
        const goal = town.chain(rng)
        expectGoal(
          town,
          times,
          goal,
          goal.map(() => Math.floor(rng() * (rng() < 0.1 ? 70_000 : 30))),
        )
      }
      expectGoal(town, times, [], [])
    }),
    { numRuns: 60, seed: 42 },
  )
})

test('a goal outlives new weights; one that is not on a chain is refused', () => {
  const rng = seeded(5)
  const town = kernelTown(60, rng)
  const weights = anyWeights(town.graph, rng)
  const { depth, stateOf: stateAt } = town.input.hierarchy
  const goal = [stateAt[depth.indexOf(depth.reduce((a, b) => Math.max(a, b)))]!]
  const times = town.times(inUnits(weights))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    kernel.aim(
      goal,
      goal.map(() => 3),
    )
    kernel.customise({ moveUnits: weights })
    const to = Uint32Array.from({ length: 60 }, (_, s) => kernel.timeToGoal(s))
    const wanted = to.map((_, s) => far(Math.min(...goal.map(g => times[s]![g]! + 3))))
    expect(to).toEqual(wanted)

    const { parent, stateOf } = town.input.hierarchy
    const fork = parent.findIndex((p, id) => p >= 0 && parent.indexOf(p) !== id)
    const other = parent.indexOf(parent[fork]!)
    expect(() => kernel.aim([stateOf[fork]!, stateOf[other]!], [0, 0])).toThrow('one chain')
    expect(kernel.timeToGoal(stateOf[fork]!)).toBe(FAR)
  }
})

test('new weights in slices answer by the old ones until the last slice, then as if made at once', () => {
  const rng = seeded(6)
  const town = kernelTown(120, rng)
  const [old, next] = [anyWeights(town.graph, rng), anyWeights(town.graph, rng)]
  const [before, after] = [old, next].map(weights => town.times(inUnits(weights)))
  const pairs = Array.from({ length: 40 }, () => [Math.floor(rng() * 120), Math.floor(rng() * 120)] as const)
  const answers = (kernel: LabelKernel): number[] => pairs.map(([a, b]) => kernel.distance(a, b))
  const wanted = (times: Float64Array[]): number[] => pairs.map(([a, b]) => far(times[a]![b]!))
  expect(wanted(before!)).not.toEqual(wanted(after!))
  const slices = town.kernels.map(kernel => {
    expect(answers(kernel).every(units => units === FAR)).toBe(true)
    kernel.customise({ moveUnits: old })
    const step = kernel.beginCustomise({ moveUnits: next })
    let slices = 1
    for (; !step(50); slices++) {
      expect(answers(kernel)).toEqual(wanted(before!))
    }
    expect(answers(kernel)).toEqual(wanted(after!))
    expect(step(1)).toBe(true)
    return slices
  })
  expect(slices[0]).toBeGreaterThan(10)
  expect(slices[1]).toBe(slices[0])
})

test('a later customisation ends one that is under way', () => {
  const rng = seeded(7)
  const town = kernelTown(80, rng)
  const [dropped, at, last] = [0, 1, 2].map(() => anyWeights(town.graph, rng))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    const step = kernel.beginCustomise({ moveUnits: dropped! })
    expect(step(100)).toBe(false)
    kernel.customise({ moveUnits: at! })
    expect(step(100)).toBe(true)
  }
  expectDistances(town, inUnits(at!))
  for (const kernel of town.kernels) {
    const first = kernel.beginCustomise({ moveUnits: dropped! })
    first(30)
    const second = kernel.beginCustomise({ moveUnits: last! })
    expect(first(30)).toBe(true)
    while (!second(1000));
  }
  expectDistances(town, inUnits(last!))
})
