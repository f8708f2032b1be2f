import { FAR, type LabelKernel } from '@hexhail/streets/kernel/label-kernel.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { inUnits, type KernelTown, kernelTown, townOver } from './kernel-town.ts'

/** Weights of a unit at least, some of them closed and some far beyond what a label can say. */
function someWeights({ graph }: KernelTown, rng: () => number): Uint32Array {
  return Uint32Array.from(graph.head, () => {
    const kind = rng()
    if (kind < 0.05) return 0xffffffff
    return 1 + Math.floor(rng() * (kind < 0.1 ? 50_000 : 6))
  })
}

/** The ways of a kernel between all states, and how many of them are none or take another time than it says. */
function waysOf({ graph }: KernelTown, kernel: LabelKernel, units: Float64Array) {
  const { states, firstOut, head } = graph
  let wrong = 0
  const ways = Array.from({ length: states ** 2 }, (_, i) => {
    const [from, to] = [Math.floor(i / states), i % states]
    const moves = kernel.moves(from, to)?.slice() ?? null
    let state = from
    let sum = 0
    for (let i = 0; moves && i < moves.length; i += 2) {
      const move = moves[i]!
      if (move < firstOut[state]! || move >= firstOut[state + 1]!) wrong++
      if (units[move] !== moves[i + 1]) wrong++
      state = head[move]!
      sum += units[move]!
    }
    const time = kernel.distance(from, to)
    if (moves ? state !== to || sum !== time : time !== FAR) wrong++
    return moves
  })
  return { ways, wrong }
}

test('the moves between two states follow each other, take the least time, and are the same in both kernels', () => {
  let found = 0
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), (seed, states) => {
      const rng = seeded(seed)
      const town = kernelTown(states, rng, 4)
      for (let round = 0; round < 2; round++) {
        const weights = someWeights(town, rng)
        const [plain, wasm] = town.kernels.map(kernel => {
          kernel.customise({ moveUnits: weights })
          return waysOf(town, kernel, inUnits(weights))
        })
        expect(plain!.wrong).toBe(0)
        expect(wasm).toEqual(plain)
        found += plain!.ways.filter(moves => moves && moves.length > 6).length
      }
    }),
    { numRuns: 60, seed: 43 },
  )
  expect(found).toBeGreaterThan(10_000)
})

test('while new weights are worked in, and memory grows, the moves are those of the old ones', () => {
  const rng = seeded(9)
  const town = kernelTown(60, rng)
  const [old, next] = [someWeights(town, rng), someWeights(town, rng)]
  for (const kernel of town.kernels) {
    expect(kernel.moves(3, 4)).toBeNull()
    kernel.customise({ moveUnits: old })
    const before = waysOf(town, kernel, inUnits(old))
    expect(before.wrong).toBe(0)
    const step = kernel.beginCustomise({ moveUnits: next })
    kernel.place(1 << 16, 0, 0, 0, 0)
    while (!step(200)) expect(waysOf(town, kernel, inUnits(old))).toEqual(before)
    const after = waysOf(town, kernel, inUnits(next))
    expect(after.wrong).toBe(0)
    expect(after.ways).not.toEqual(before.ways)
  }
})

test('a way of thousands of moves is whole', () => {
  const states = 3000
  // One road: move 2s goes from s to s + 1, move 2s + 1 back.
  const town = townOver({
    ...kernelTown(1, seeded(1)).graph,
    states,
    firstOut: Uint32Array.from({ length: states + 1 }, (_, s) =>
      Math.min(2 * (states - 1), Math.max(0, 2 * s - 1)),
    ),
    head: Uint32Array.from({ length: 2 * (states - 1) }, (_, m) => (m % 2 === 0 ? m / 2 + 1 : (m - 1) / 2)),
    xy: Int32Array.from({ length: 2 * states }, (_, i) => (i % 2 === 0 ? i : 0)),
  })
  const weights = new Uint32Array(2 * (states - 1)).fill(3)
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: weights })
    const there = Array.from({ length: states - 1 }, (_, s) => [2 * s, 3]).flat()
    const back = Array.from({ length: states - 1 }, (_, s) => [2 * (states - 2 - s) + 1, 3]).flat()
    expect([...kernel.moves(0, states - 1)!]).toEqual(there)
    expect([...kernel.moves(states - 1, 0)!]).toEqual(back)
  }
})
