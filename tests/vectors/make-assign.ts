/** Writes assign.json: `node tests/vectors/make-assign.ts`. Seeded; a change of it is a change of what all peers compute. */
import { writeFileSync } from 'node:fs'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { drawAgents, problemOf } from '../unit/matcher/random-agents.ts'
import { seeded } from '../unit/streets/grid-town.ts'

const rng = seeded(41)
const cases = [
  { riders: 0, drivers: 3, density: 1, mostDs: 10 },
  { riders: 3, drivers: 0, density: 1, mostDs: 10 },
  { riders: 6, drivers: 6, density: 1, mostDs: 1 },
  { riders: 9, drivers: 7, density: 0.6, mostDs: 4 },
  { riders: 20, drivers: 24, density: 0.4, mostDs: 9_000 },
  { riders: 24, drivers: 20, density: 0.4, mostDs: 131_070 },
  { riders: 40, drivers: 40, density: 0.2, mostDs: 60 },
].map(plan => {
  const drawn = drawAgents(rng, plan)
  const problem = problemOf(drawn)
  const { driverOf, priceOf, dualOf, matched, costDs } = solve(problem)
  const best = { driverOf: [...driverOf], priceOf: [...priceOf], dualOf: [...dualOf], matched, costDs }
  return { ...drawn, canonical: { riders: problem.riders, drivers: problem.drivers }, best }
})
const about =
  'Agents and pairs as they arrive, and the one best assignment of the epoch, by canonical places: drivers of riders (-1: none), prices and duals (weights: cost times 2^34 and tie).'
writeFileSync(new URL('assign.json', import.meta.url), `${JSON.stringify({ about, cases })}\n`)
