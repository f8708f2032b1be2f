import { FAR, type LabelKernel } from '@hexhail/streets/kernel/label-kernel.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { anyWeights, inUnits, type KernelTown, kernelTown } from './kernel-town.ts'

interface Entry {
  readonly state: number
  readonly rest: number
  readonly driver: number
  readonly classes: number
}

/** Every entry looked at: what `nearest` must equal. Those who share the time of the k-th are all there. */
function plainly(
  entries: ReadonlyMap<number, Entry>,
  timeOf: (state: number) => number,
  k: number,
  needs: number,
): number[][] {
  const best = new Map<number, number>()
  for (const { state, rest, driver, classes } of entries.values()) {
    const units = timeOf(state) + rest
    if ((classes & needs) !== needs || units >= FAR) continue
    best.set(driver, Math.min(units, best.get(driver) ?? FAR))
  }
  const all = [...best].map(([driver, units]) => [units, driver]).sort(byUnits)
  return all.filter(([units]) => units! <= (all[k - 1]?.[0] ?? FAR))
}

const byUnits = (a: number[], b: number[]): number => a[0]! - b[0]! || a[1]! - b[1]!

/** What a kernel finds, those of one time by number. */
function nearest(kernel: LabelKernel, k: number, needs: number): number[][] {
  const few = new Uint32Array(2)
  const n = kernel.nearest(k, needs, few)
  const out = new Uint32Array(2 * n)
  expect(kernel.nearest(k, needs, out)).toBe(n)
  expect(few.subarray(0, 2 * Math.min(n, 1))).toEqual(out.subarray(0, 2 * Math.min(n, 1)))
  const found = Array.from({ length: n }, (_, i) => [out[2 * i]!, out[2 * i + 1]!])
  expect(found.map(([units]) => units)).toEqual(found.map(([units]) => units).sort((a, b) => a! - b!))
  return found.sort(byUnits)
}

/** Moves drivers about, some with two entries, and asks for the nearest ones again and again. */
function rush(town: KernelTown, rng: () => number, drivers: number, rounds: number, longest: number): void {
  const any = (below: number): number => Math.floor(rng() * below)
  const { states } = town.graph
  const entries = new Map<number, Entry>()
  const place = (entry: number): void => {
    const rest = rng() < 0.02 ? 65_000 + any(2000) : any(longest)
    const classes = rng() < 0.5 ? 1 : any(256)
    const state = rng() < 0.6 ? any(1 + (states >> 3)) : any(states)
    const driver = rng() < 0.1 ? 0xffffffff - entry : entry >> 1
    entries.set(entry, { state, rest, driver, classes })
    for (const kernel of town.kernels) kernel.place(entry, state, rest, driver, classes)
  }
  const remove = (entry: number): void => {
    entries.delete(entry)
    for (const kernel of town.kernels) kernel.remove(entry)
  }
  let times: Float64Array[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 4 === 0) {
      const weights = anyWeights(town.graph, rng, longest)
      for (const kernel of town.kernels) kernel.customise({ moveUnits: weights })
      times = town.times(inUnits(weights))
    }
    for (let i = 0; i < drivers; i++) (rng() < 0.8 ? place : remove)(any(drivers * 2))
    const goal = town.chain(rng)
    const adds = goal.map(() => any(longest))
    const timeOf = (state: number): number =>
      goal.reduce((t, g, i) => Math.min(t, times[state]![g]! + adds[i]!), Infinity)
    for (const kernel of town.kernels) kernel.aim(goal, adds)
    const k = 1 + any(rng() < 0.2 ? drivers * 2 : 6)
    const needs = rng() < 0.4 ? 0 : rng() < 0.5 ? 1 : any(16)
    const wanted = plainly(entries, timeOf, k, needs)
    for (const kernel of town.kernels) expect(nearest(kernel, k, needs)).toEqual(wanted)
  }
}

test('both kernels find the nearest drivers that a look at all of them finds', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      (seed, states, drivers) => {
        const rng = seeded(seed)
        rush(kernelTown(states, rng, rng() < 0.5 ? 4 : 32), rng, drivers, 8, rng() < 0.3 ? 3 : 40)
      },
    ),
    { numRuns: 40, seed: 43 },
  )
})

test('where all is equally far all are found, few drivers or many', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 40 }), (seed, drivers) => {
      const rng = seeded(seed)
      rush(kernelTown(400, rng, 4), rng, drivers, 3, 2)
    }),
    { numRuns: 25, seed: 45 },
  )
})

test('they do so in a bigger town, with few drivers and with many', () => {
  const rng = seeded(8)
  for (const drivers of [3, 40, 700]) rush(kernelTown(900, rng, 16), rng, drivers, 8, 60)
})

test('they do so where moves and ways are too long for the rows and the queue of a walk', () => {
  const rng = seeded(9)
  for (const longest of [5000, 30_000]) rush(kernelTown(300, rng, 16), rng, 400, 6, longest)
})

test('of drivers at one place each may leave, and the others stay', () => {
  const town = kernelTown(40, seeded(9))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    kernel.aim([11], [0])
    for (const entry of [4, 7, 5000]) kernel.place(entry, 11, 5, entry, 1)
    const at11 = (needs: number): number[] =>
      nearest(kernel, 9, needs)
        .filter(([units]) => units === 5)
        .map(([, driver]) => driver!)
    expect(at11(1)).toEqual([4, 7, 5000])
    kernel.place(7, 12, 90, 7, 1)
    expect(at11(0)).toEqual([4, 5000])
    kernel.remove(5000)
    kernel.remove(5000)
    kernel.remove(123_456)
    expect(at11(0)).toEqual([4])
    kernel.place(7, 11, 5, 7, 0)
    expect(at11(0)).toEqual([4, 7])
    expect(at11(1)).toEqual([4])
    kernel.remove(4)
    expect(at11(1)).toEqual([])
    expect(at11(0)).toEqual([7])
    kernel.place(4, 11, 5, 4, 3)
    expect(at11(1)).toEqual([4])
  }
})

test('they find them where a cell has more cells in it than a word has bits', () => {
  const rng = seeded(15)
  let widest = 0
  for (let round = 0; round < 12; round++) {
    const town = kernelTown(300, rng, 1)
    widest = Math.max(widest, ...town.input.cells.size)
    rush(town, rng, 4 + 20 * round, 6, 30)
  }
  expect(widest).toBeGreaterThan(36)
})

test('a state that is none is refused, and leaves all as it was', () => {
  const town = kernelTown(40, seeded(11))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    kernel.aim([3], [0])
    for (const state of [40, 0xffffffff, Number.NaN]) {
      expect(() => kernel.place(0, state, 0, 1, 0)).toThrow(RangeError)
      expect(() => kernel.aim([state], [0])).toThrow(RangeError)
    }
    kernel.aim([3], [0])
    expect(nearest(kernel, 3, 0)).toEqual([])
    kernel.place(0, 3, 9, 1, 0x101)
    expect(nearest(kernel, 3, 1)).toEqual([[9, 1]])
  }
})

test('a class that 65,536 entries have is still a class that somebody has', () => {
  const town = kernelTown(30, seeded(14))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    kernel.aim([7], [0])
    for (let entry = 0; entry < 65_536; entry++) kernel.place(entry, 7, entry >> 3, entry, 0b100)
    expect(nearest(kernel, 2, 0b100)).toEqual(Array.from({ length: 8 }, (_, driver) => [0, driver]))
    for (let entry = 0; entry < 65_535; entry++) kernel.remove(entry)
    expect(nearest(kernel, 2, 0b100)).toEqual([[8191, 65_535]])
    expect(nearest(kernel, 2, 0b1)).toEqual([])
  }
})

test('nobody is near where there is no goal, no driver, or nobody of the class', () => {
  const town = kernelTown(40, seeded(10))
  for (const kernel of town.kernels) {
    kernel.customise({ moveUnits: town.graph.weights })
    expect(nearest(kernel, 3, 0)).toEqual([])
    kernel.aim([3], [2])
    expect(nearest(kernel, 3, 0)).toEqual([])
    kernel.place(0, 3, 5, 77, 0b10)
    expect(nearest(kernel, 3, 0b10)).toEqual([[7, 77]])
    expect(nearest(kernel, 3, 0b11)).toEqual([])
    expect(nearest(kernel, 0, 0)).toEqual([])
  }
})
