import {
  fairCostDs,
  fairPatienceDs,
  idleCreditDs,
  NO_IDLE_CREDIT,
} from '@hexhail/matcher/assign/idle-credit.ts'
import { MAX_COST_DS } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { describe, expect, it } from 'vitest'
import { problemOf } from './random-agents.ts'

const CREDIT = { perMille: 100, mostDs: 1_200 }

describe('the idle credit', () => {
  it('is a tenth of a second a second, up to its most, in whole tenths', () => {
    expect([0, 9, 10, 1_199, 1_200, 100_000].map(idleS => idleCreditDs(CREDIT, idleS))).toEqual([
      0, 9, 10, 1_199, 1_200, 1_200,
    ])
    expect([1, 2, 3].map(idleS => idleCreditDs({ perMille: 50, mostDs: 600 }, idleS))).toEqual([0, 1, 1])
  })

  it('makes no cost negative, and a pair of none that comes too late', () => {
    expect(fairCostDs(CREDIT, { etaDs: 0, idleS: 9_999, patienceDs: 900 })).toBe(0)
    expect(fairCostDs(CREDIT, { etaDs: 899, idleS: 9_999, patienceDs: 900 })).toBe(899)
    expect(fairCostDs(CREDIT, { etaDs: 900, idleS: 9_999, patienceDs: 900 })).toBeNull()
    expect(fairCostDs(CREDIT, { etaDs: MAX_COST_DS, idleS: 0, patienceDs: MAX_COST_DS + 9 })).toBeNull()
    expect(fairCostDs(NO_IDLE_CREDIT, { etaDs: 77, idleS: 500, patienceDs: 900 })).toBe(77)
  })

  it('lets him come who has waited longer, where the way is as long but for the credit', () => {
    const chosen = (credit: typeof CREDIT): string => {
      const costs = [
        { etaDs: 300, idleS: 0 },
        { etaDs: 380, idleS: 1_000 },
      ].map(pair => fairCostDs(credit, { ...pair, patienceDs: 900 })!)
      const riders = [{ id: 'r', patienceDs: fairPatienceDs(credit, 900) }]
      const pairs = { rider: [0, 0], driver: [0, 1], costDs: costs }
      const problem = problemOf({ epoch: 1, riders, drivers: ['fresh', 'idle'], pairs })
      return problem.drivers[solve(problem).driverOf[0]!]!
    }
    expect(chosen(NO_IDLE_CREDIT)).toBe('fresh')
    expect(chosen(CREDIT)).toBe('idle')
  })
})
