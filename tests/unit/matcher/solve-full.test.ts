import { checkCertificate } from '@hexhail/matcher/assign/certificate.ts'
import { TIE_UNIT } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { type NearDriversOf, solveFull } from '@hexhail/matcher/assign/solve-full.ts'
import { describe, expect, it } from 'vitest'
import { seeded } from '../streets/grid-town.ts'
import { nearest } from './assign-vectors.ts'
import { type Drawn, drawAgents, problemOf, shuffled } from './random-agents.ts'

/** As `nearest`, counting the pairs that were told. */
function counted(drawn: Drawn): { of: NearDriversOf; pairs: () => number } {
  const near = nearest(drawn)
  const most = new Map<string, number>()
  const of: NearDriversOf = (rider, count) => {
    const answer = near(rider, count)
    most.set(rider, answer.drivers.length)
    return answer
  }
  return { of, pairs: () => [...most.values()].reduce((sum, n) => sum + n, 0) }
}

describe('solveFull', () => {
  it('finds the best over all pairs, byte for byte, beginning with any few', () => {
    const rng = seeded(31)
    for (let trial = 0; trial < 200; trial++) {
      const size = { riders: 5 + Math.floor(rng() * 30), drivers: 5 + Math.floor(rng() * 30) }
      const drawn = drawAgents(rng, { ...size, density: 0.9, mostDs: trial % 2 === 0 ? 8 : 900 })
      const all = solve(problemOf(drawn))
      for (const first of [1, 3, 16]) {
        const full = solveFull(shuffled(rng, drawn), nearest(drawn), first)
        if (full.verdict !== 'accept') throw new Error(full.code)
        const { problem, assignment, othersDs } = full.value
        expect(assignment).toEqual(all)
        expect(checkCertificate(problem, assignment).verdict).toBe('accept')
        // No pair that was not looked at is below the rider's dual: so the proof holds for all pairs.
        expect(assignment.dualOf.every((dual, r) => dual <= othersDs[r]! * TIE_UNIT)).toBe(true)
      }
    }
  })

  it('asks for few of all pairs', () => {
    const rng = seeded(32)
    const drawn = drawAgents(rng, { riders: 150, drivers: 200, density: 1, mostDs: 9_000 })
    const router = counted(drawn)
    expect(solveFull(drawn, router.of).verdict).toBe('accept')
    expect(router.pairs()).toBeLessThan(0.2 * 150 * 200)
  })

  it('says what is wrong with the agents, and throws where the router breaks its word', () => {
    const agents = { epoch: 1, riders: [{ id: 'r', patienceDs: 900 }], drivers: ['x', 'y'] }
    const solveWith = (of: NearDriversOf) => () => solveFull(agents, of, 1)
    const router = nearest({ ...agents, pairs: { rider: [0], driver: [0], costDs: [4] } })
    expect(solveFull({ ...agents, drivers: ['x', 'x'] }, router)).toEqual({
      verdict: 'reject',
      code: 'driver-twice',
    })
    const far = { id: 'x', costDs: 800 }
    expect(solveWith(() => ({ drivers: [{ id: 'z', costDs: 1 }], othersDs: 5 }))).toThrow('no driver')
    expect(solveWith(() => ({ drivers: [{ id: 'x', costDs: 1.5 }], othersDs: 5 }))).toThrow('no cost')
    expect(solveWith(() => ({ drivers: [far], othersDs: 5 }))).toThrow('others are said to be left')
    let others = 9
    expect(solveWith(() => ({ drivers: [far], othersDs: others-- }))).toThrow('cost more before')
    expect(solveWith(() => ({ drivers: [far, far], othersDs: 900 }))).toThrow('twice')
  })
})
