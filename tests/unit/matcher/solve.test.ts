import { checkCertificate } from '@hexhail/matcher/assign/certificate.ts'
import { type Assignment, type AssignProblem, MAX_COST_DS } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { describe, expect, it } from 'vitest'
import { seeded } from '../streets/grid-town.ts'
import { bruteBest } from './brute-assign.ts'
import { denseBest } from './dense-hungarian.ts'
import { drawAgents, problemOf, shuffled } from './random-agents.ts'

/** What an assignment weighs, by its own pairs. */
function weightOf(problem: AssignProblem, { driverOf }: Assignment): bigint {
  let sum = 0n
  for (let r = 0; r < driverOf.length; r++) {
    if (driverOf[r] === -1) sum += BigInt(problem.patience[r]!)
    for (let e = problem.from[r]!; e < problem.from[r + 1]!; e++)
      if (problem.driver[e] === driverOf[r]) sum += BigInt(problem.weight[e]!)
  }
  return sum
}

const sumOf = (weights: Float64Array): bigint => weights.reduce((sum, w) => sum + BigInt(w), 0n)
const EXACT = { verdict: 'accept', value: { gapDs: 0, exact: true } }

describe('solve', () => {
  it('is the best of all assignments, with the least prices, in 3,000 small problems', () => {
    const rng = seeded(11)
    let ties = 0
    for (let trial = 0; trial < 3_000; trial++) {
      const plan = {
        riders: Math.floor(rng() * 8),
        drivers: Math.floor(rng() * 8),
        density: 0.3 + 0.7 * rng(),
      }
      const problem = problemOf(drawAgents(rng, { ...plan, mostDs: trial % 2 === 0 ? 4 : 2_000 }))
      const assignment = solve(problem)
      const best = bruteBest(problem)
      expect(weightOf(problem, assignment)).toBe(BigInt(best.weight))
      expect(sumOf(assignment.dualOf) - sumOf(assignment.priceOf)).toBe(BigInt(best.weight))
      expect(assignment.matched).toBe(assignment.driverOf.filter(d => d !== -1).length)
      expect(checkCertificate(problem, assignment)).toEqual(EXACT)
      if (best.count > 1) ties++
      if (trial % 6 === 0)
        problem.drivers.forEach((_, d) => {
          expect(assignment.priceOf[d]).toBe(best.weight - bruteBest(problem, d).weight)
        })
    }
    // Hashes of 30 bits decide between equal costs.
    expect(ties).toBe(0)
  })

  it('is what the Hungarian method finds in full matrices', () => {
    const rng = seeded(12)
    for (const [riders, drivers, density, mostDs] of [
      [40, 40, 1, 50],
      [60, 45, 0.4, 9_000],
      [45, 60, 0.3, 9_000],
      [70, 70, 0.1, MAX_COST_DS - 1],
    ] as const) {
      const problem = problemOf(drawAgents(rng, { riders, drivers, density, mostDs }))
      const assignment = solve(problem)
      expect(weightOf(problem, assignment)).toBe(denseBest(problem))
      expect(checkCertificate(problem, assignment)).toEqual(EXACT)
    }
  })

  it('gives the same bytes in whatever order riders, drivers and pairs arrived', () => {
    const rng = seeded(13)
    for (let trial = 0; trial < 200; trial++) {
      const drawn = drawAgents(rng, {
        riders: 25,
        drivers: 20,
        density: 0.4,
        mostDs: trial % 2 === 0 ? 3 : 900,
      })
      const here = problemOf(drawn)
      const there = problemOf(shuffled(rng, drawn))
      expect(there).toEqual(here)
      expect(solve(there)).toEqual(solve(here))
    }
  })

  it('decides ties anew in each epoch, for nobody always', () => {
    const riders = [
      { id: 'ann', patienceDs: 900 },
      { id: 'bob', patienceDs: 900 },
    ]
    const pairs = { rider: [0, 1], driver: [0, 0], costDs: [300, 300] }
    const won = Array.from({ length: 1_000 }, (_, epoch) =>
      solve(problemOf({ epoch, riders, drivers: ['car'], pairs })).driverOf.indexOf(0),
    )
    const ann = won.filter(rider => rider === 0).length
    expect(won).not.toContain(-1)
    expect(ann).toBeGreaterThan(440)
    expect(ann).toBeLessThan(560)
  })

  it('costs no more with another driver, and no less with another rider', () => {
    const rng = seeded(14)
    for (let trial = 0; trial < 300; trial++) {
      const drawn = drawAgents(rng, { riders: 12, drivers: 12, density: 0.5, mostDs: 60 })
      const { costDs } = solve(problemOf(drawn))
      const without = (key: 'rider' | 'driver') => {
        const kept = drawn.pairs[key].flatMap((place, e) => (place === 11 ? [] : [e]))
        const of = (list: number[]): number[] => kept.map(e => list[e]!)
        return {
          rider: of(drawn.pairs.rider),
          driver: of(drawn.pairs.driver),
          costDs: of(drawn.pairs.costDs),
        }
      }
      const fewerCars = { ...drawn, drivers: drawn.drivers.slice(0, 11), pairs: without('driver') }
      expect(solve(problemOf(fewerCars)).costDs).toBeGreaterThanOrEqual(costDs)
      const fewerRiders = { ...drawn, riders: drawn.riders.slice(0, 11), pairs: without('rider') }
      expect(solve(problemOf(fewerRiders)).costDs).toBeLessThanOrEqual(costDs)
    }
  })

  it('takes the greatest costs there are without losing a unit', () => {
    const riders = ['a', 'b', 'c'].map(id => ({ id, patienceDs: MAX_COST_DS }))
    const most = MAX_COST_DS - 1
    const pairs = {
      rider: [0, 0, 1, 1, 2],
      driver: [0, 1, 0, 1, 0],
      costDs: [most, most, most - 1, most, most],
    }
    const problem = problemOf({ epoch: 2 ** 53 - 1, riders, drivers: ['x', 'y'], pairs })
    const assignment = solve(problem)
    expect(BigInt(bruteBest(problem).weight)).toBe(weightOf(problem, assignment))
    expect(assignment.costDs).toBe(most - 1 + most + MAX_COST_DS)
  })
})
