import { type Claim, checkCertificate } from '@hexhail/matcher/assign/certificate.ts'
import { TIE_UNIT } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { describe, expect, it } from 'vitest'
import { seeded } from '../streets/grid-town.ts'
import { bruteBest } from './brute-assign.ts'
import { drawAgents, problemOf } from './random-agents.ts'

const rng = seeded(21)
const problem = problemOf(drawAgents(rng, { riders: 30, drivers: 24, density: 0.5, mostDs: 900 }))
const best = solve(problem)

/** The best claim with something changed. */
function tampered(change: (claim: { driverOf: Int32Array; priceOf: Float64Array }) => void): Claim {
  const claim = { driverOf: best.driverOf.slice(), priceOf: best.priceOf.slice() }
  change(claim)
  return claim
}
const codeOf = (claim: Claim): string => {
  const verdict = checkCertificate(problem, claim)
  return verdict.verdict === 'accept' ? 'accepted' : verdict.code
}
const matched = best.driverOf.findIndex(d => d !== -1)
const unmatched = best.driverOf.indexOf(-1)

describe('checkCertificate', () => {
  it('refuses any other price of any driver', () => {
    for (let d = 0; d < problem.drivers.length; d++)
      for (const step of [1, -1, TIE_UNIT, -TIE_UNIT]) {
        const code = codeOf(tampered(({ priceOf }) => (priceOf[d]! += step)))
        expect(['price', 'gap', 'prices-not-least']).toContain(code)
      }
    for (const price of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 52])
      expect(codeOf(tampered(({ priceOf }) => (priceOf[3] = price)))).toBe('price')
  })

  it('refuses all prices raised together where nothing but a free driver holds them down', () => {
    const one = problemOf({
      epoch: 1,
      riders: [{ id: 'r', patienceDs: 90 }],
      drivers: ['near', 'far'],
      pairs: { rider: [0, 0], driver: [0, 1], costDs: [10, 40] },
    })
    const { driverOf, priceOf } = solve(one)
    expect(priceOf.every(price => price === 0)).toBe(true)
    const dearer = Float64Array.from(one.drivers, id => (id === 'near' ? 5 * TIE_UNIT : 0))
    expect(checkCertificate(one, { driverOf, priceOf: dearer })).toEqual({
      verdict: 'reject',
      code: 'prices-not-least',
    })
  })

  it('refuses any rider given another driver, or none, or one of somebody else', () => {
    for (let r = 0; r < problem.riders.length; r++)
      for (let d = -1; d < problem.drivers.length; d++) {
        if (best.driverOf[r] === d) continue
        const code = codeOf(tampered(({ driverOf }) => (driverOf[r] = d)))
        expect(['gap', 'driver-twice', 'no-such-pair']).toContain(code)
      }
  })

  it.each([
    ['lengths', tampered(() => {}), (claim: Claim) => ({ ...claim, driverOf: claim.driverOf.slice(1) })],
    ['lengths', tampered(() => {}), (claim: Claim) => ({ ...claim, priceOf: claim.priceOf.slice(1) })],
    ['no-such-driver', tampered(c => (c.driverOf[matched] = 24)), (claim: Claim) => claim],
    ['no-such-driver', tampered(c => (c.driverOf[matched] = -2)), (claim: Claim) => claim],
    ['driver-twice', tampered(c => (c.driverOf[unmatched] = c.driverOf[matched]!)), (claim: Claim) => claim],
    ['gap', tampered(c => (c.driverOf[matched] = -1)), (claim: Claim) => claim],
    ['gap', tampered(c => c.driverOf.fill(-1)), (claim: Claim) => claim],
  ])('says «%s» of what is wrong', (code, claim, change) => {
    expect(codeOf(change(claim))).toBe(code)
  })

  it('says «no-such-pair» of a driver who is none of the rider’s', () => {
    const r = best.driverOf.findIndex((_, rider) => {
      const row = problem.driver.subarray(problem.from[rider], problem.from[rider + 1])
      return problem.drivers.some((_, d) => !row.includes(d))
    })
    const row = problem.driver.subarray(problem.from[r], problem.from[r + 1])
    const stranger = problem.drivers.findIndex((_, d) => !row.includes(d))
    const claim = tampered(({ driverOf }) => {
      driverOf.fill(-1)
      driverOf[r] = stranger
    })
    expect(codeOf(claim)).toBe('no-such-pair')
  })

  it('proves of any assignment how far it may be from the best, never too little', () => {
    for (let trial = 0; trial < 500; trial++) {
      const small = problemOf(drawAgents(rng, { riders: 6, drivers: 5, density: 0.7, mostDs: 60 }))
      const { priceOf, costDs } = solve(small)
      const driverOf = new Int32Array(6).fill(-1)
      let cost = 0
      for (let r = 0; r < 6; r++) {
        const free = [...small.driver.keys()].filter(
          e => e >= small.from[r]! && e < small.from[r + 1]! && !driverOf.includes(small.driver[e]!),
        )
        const e = free[Math.floor(rng() * (free.length + 1))]
        if (e !== undefined) driverOf[r] = small.driver[e]!
        cost += Math.floor((e === undefined ? small.patience[r]! : small.weight[e]!) / TIE_UNIT)
      }
      const verdict = checkCertificate(small, { driverOf, priceOf }, 1_000_000)
      if (verdict.verdict !== 'accept') throw new Error(verdict.code)
      const { gapDs, exact } = verdict.value
      expect(Math.floor(bruteBest(small).weight / TIE_UNIT)).toBe(costDs)
      expect(gapDs).toBeGreaterThanOrEqual(cost - costDs)
      // With the best prices it is the true one, but for ties.
      expect(gapDs).toBeLessThanOrEqual(cost - costDs + 1)
      expect(exact).toBe(gapDs === 0)
      expect(checkCertificate(small, { driverOf, priceOf }, gapDs - 1).verdict).toBe('reject')
    }
  })

  it('proves a bound with rounded or no prices too', () => {
    const rounded = best.priceOf.map(price => Math.round(price / TIE_UNIT) * TIE_UNIT)
    const verdict = checkCertificate(problem, { driverOf: best.driverOf, priceOf: rounded }, 30)
    expect(verdict.verdict).toBe('accept')
    const none = checkCertificate(problem, { driverOf: best.driverOf, priceOf: new Float64Array(24) }, 30_000)
    expect(none).toMatchObject({ verdict: 'accept', value: { exact: false } })
  })
})
