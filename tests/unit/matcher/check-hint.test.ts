import { canonicalProblem } from '@hexhail/matcher/assign/canonical.ts'
import type { AssignProblem } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { checkHint, type Hint, hintOf } from '@hexhail/matcher/epoch/check-hint.ts'
import { MOST_HINTED } from '@hexhail/protocol/epoch-messages.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'

/** A problem out of a table of costs: riders by driver, null where they do not come together. */
function problemOf(costs: readonly (readonly (number | null)[])[], epoch = 7): AssignProblem {
  const riders = costs.map((_, r) => ({ id: `r${r}`, patienceDs: 500 }))
  const drivers = (costs[0] ?? []).map((_, d) => `d${d}`)
  const pairs = costs.flatMap((row, r) => row.flatMap((ds, d) => (ds === null ? [] : [[r, d, ds] as const])))
  const made = canonicalProblem(
    { epoch, riders, drivers },
    { rider: pairs.map(([r]) => r), driver: pairs.map(([, d]) => d), costDs: pairs.map(([, , ds]) => ds) },
  )
  if (made.verdict !== 'accept') throw new Error(made.code)
  return made.value
}
const hinted = (problem: AssignProblem): Hint => hintOf(problem, solve(problem))!
const verdictOf = (problem: AssignProblem, hint: Hint) => {
  const checked = checkHint(problem, hint)
  return checked.verdict === 'accept' ? [...checked.value] : checked.code
}

// Both riders are nearest to the first driver; the second rider loses more without him.
const TOWN = problemOf([
  [100, 150],
  [120, 400],
])

it('takes the hint of whoever solved the same problem', () => {
  expect(verdictOf(TOWN, hinted(TOWN))).toEqual([...solve(TOWN).driverOf])
  expect([...solve(TOWN).driverOf]).toEqual([1, 0])
})

it('takes no wrong assignment, with the prices of the right one or with forged ones', () => {
  const right = hinted(TOWN)
  const wrong = { ...right, driverOf: [0, 1] }
  expect(verdictOf(TOWN, wrong)).toBe('gap')
  for (const prices of [[], [1], [2 ** 40], [2 ** 50]])
    expect(verdictOf(TOWN, { ...wrong, priced: prices.map(() => 0), prices })).toBe('gap')
  expect(verdictOf(TOWN, { ...right, prices: right.prices.map(price => price + 1) })).toBe('prices-not-least')
  expect(verdictOf(TOWN, { ...right, priced: [0, 0], prices: [1, 1] })).toBe('prices')
  expect(verdictOf(TOWN, { ...right, priced: [0], prices: [2 ** 52] })).toBe('price')
  expect(verdictOf(TOWN, { ...right, driverOf: [0, 0] })).toBe('driver-twice')
  expect(verdictOf(TOWN, { ...right, driverOf: [1, 9] })).toBe('no-such-driver')
})

it('takes no hint of another epoch, whatever number it bears', () => {
  const ties = [
    [100, 100, 100],
    [100, 100, 100],
    [100, 100, 100],
  ]
  const [now, before] = [problemOf(ties, 7), problemOf(ties, 6)]
  expect(verdictOf(now, hinted(before))).toBe('epoch')
  // All costs are alike, so ties decide, and they are decided anew.
  expect([...solve(now).driverOf]).not.toEqual([...solve(before).driverOf])
  expect(verdictOf(now, { ...hinted(before), epoch: 7 })).toEqual(expect.any(String))
})

it('takes no hint that withholds a rider, a driver or a bid', () => {
  expect(verdictOf(TOWN, hinted(problemOf([[100, 150]])))).toBe('lengths')
  expect(verdictOf(TOWN, hinted(problemOf([[100], [120]])))).toBe('lengths')
  const withoutBid = problemOf([
    [100, 150],
    [null, 400],
  ])
  expect(verdictOf(TOWN, hinted(withoutBid))).toBe('gap')
})

it('gives no other solution than one’s own, whatever is hinted', () => {
  const cost = fc.option(fc.nat(400), { nil: null })
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([riders, drivers]) =>
      fc.array(fc.array(cost, { minLength: drivers, maxLength: drivers }), {
        minLength: riders,
        maxLength: riders,
      }),
    )
  const lie = fc.record({
    driverOf: fc.array(fc.oneof(fc.nat(6), fc.constant(0xffff)), { maxLength: 6 }),
    priced: fc.array(fc.nat(6), { maxLength: 6 }),
    prices: fc.array(fc.nat(2 ** 31 - 1), { maxLength: 6 }),
  })
  fc.assert(
    fc.property(table, lie, fc.boolean(), (costs, lies, keepsPrices) => {
      const problem = problemOf(costs)
      const own = hinted(problem)
      expect(verdictOf(problem, own)).toEqual([...solve(problem).driverOf])
      const told = keepsPrices ? { ...own, driverOf: lies.driverOf } : { ...own, ...lies }
      const checked = checkHint(problem, told)
      if (checked.verdict === 'accept') expect([...checked.value]).toEqual([...solve(problem).driverOf])
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

it('is made of what has room in one message, and of nothing larger', () => {
  const crowd = (count: number) => problemOf(Array.from({ length: count }, () => [1]))
  expect(hintOf(crowd(MOST_HINTED), solve(crowd(MOST_HINTED)))).not.toBeNull()
  expect(hintOf(crowd(MOST_HINTED + 1), solve(crowd(MOST_HINTED + 1)))).toBeNull()
})
