import { canonicalProblem } from '@hexhail/matcher/assign/canonical.ts'
import {
  type Agents,
  MAX_AGENTS,
  MAX_COST_DS,
  type PairCosts,
  TIE_UNIT,
} from '@hexhail/matcher/assign/problem.ts'
import { tieBits } from '@hexhail/matcher/assign/tie.ts'
import { describe, expect, it } from 'vitest'
import { seeded } from '../streets/grid-town.ts'
import { problemOf } from './random-agents.ts'

const AGENTS: Agents = {
  epoch: 7,
  riders: [
    { id: 'b', patienceDs: 600 },
    { id: 'a', patienceDs: 300 },
  ],
  drivers: ['y', 'x', 'z'],
}
const PAIRS: PairCosts = { rider: [0, 0, 1, 1], driver: [0, 1, 2, 1], costDs: [500, 20, 299, 300] }

describe('canonicalProblem', () => {
  it('puts riders and drivers by id, rows by weight, and leaves out what costs the patience', () => {
    const problem = problemOf({ ...AGENTS, pairs: PAIRS })
    expect(problem.riders).toEqual(['a', 'b'])
    expect(problem.drivers).toEqual(['x', 'y', 'z'])
    expect([...problem.from]).toEqual([0, 1, 3])
    expect([...problem.driver]).toEqual([2, 0, 1])
    expect([...problem.weight].map(weight => Math.floor(weight / TIE_UNIT))).toEqual([299, 20, 500])
    expect([...problem.patience]).toEqual([300 * TIE_UNIT, 600 * TIE_UNIT])
  })

  it('sorts a rider’s row of thousands too', () => {
    const rng = seeded(3)
    const drivers = Array.from({ length: 3_000 }, (_, i) => `d${i}`)
    const costDs = drivers.map(() => Math.floor(rng() * 50))
    const pairs = { rider: drivers.map(() => 0), driver: drivers.map((_, i) => i), costDs }
    const { weight } = problemOf({ epoch: 1, riders: [{ id: 'r', patienceDs: 50 }], drivers, pairs })
    expect(weight.length).toBe(3_000)
    expect(weight.every((w, e) => e === 0 || weight[e - 1]! <= w)).toBe(true)
  })

  it('lets all ties of the most pairs stay below one unit of cost', () => {
    for (const pairs of [0, 1, 2, 3, 4, 1_500, 32_767, 32_768, MAX_AGENTS])
      expect(pairs * 2 ** tieBits(pairs)).toBeLessThan(TIE_UNIT)
  })

  const change = (agents: Partial<Agents>, pairs: Partial<PairCosts> = {}) =>
    canonicalProblem({ ...AGENTS, ...agents }, { ...PAIRS, ...pairs })
  const rider = (patienceDs: number, id = 'r') => ({ id, patienceDs })
  const many = Array.from({ length: MAX_AGENTS + 1 }, (_, i) => `${i}`)

  it.each([
    ['epoch', change({ epoch: -1 })],
    ['epoch', change({ epoch: 1.5 })],
    ['epoch', change({ epoch: 2 ** 53 })],
    ['too-many-agents', change({ drivers: many })],
    ['too-many-agents', change({ riders: many.map(id => rider(1, id)) })],
    ['rider-twice', change({ riders: [rider(1), rider(2)] })],
    ['driver-twice', change({ drivers: ['x', 'y', 'x'] })],
    ['patience', change({ riders: [rider(1), rider(MAX_COST_DS + 1, 's')] })],
    ['patience', change({ riders: [rider(Number.NaN), rider(1, 's')] })],
    ['lengths', change({}, { rider: [0, 0, 1] })],
    ['no-such-agent', change({}, { rider: [0, 0, 1, 2] })],
    ['no-such-agent', change({}, { driver: [0, 1, 3, 1] })],
    ['no-such-agent', change({}, { driver: [0, 1, -1, 1] })],
    ['cost', change({}, { costDs: [1, 2, 3, MAX_COST_DS + 1] })],
    ['cost', change({}, { costDs: [1, 2, 3, -1] })],
    ['cost', change({}, { costDs: [1, 2, 3, 0.5] })],
    ['pair-twice', change({}, { driver: [0, 0, 2, 1] })],
    [
      'too-many-pairs',
      change({}, { rider: { length: 2 ** 25 }, driver: { length: 2 ** 25 }, costDs: { length: 2 ** 25 } }),
    ],
  ])('refuses with «%s» what is no problem', (code, verdict) => {
    expect(verdict).toEqual({ verdict: 'reject', code })
  })
})
