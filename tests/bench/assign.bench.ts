/**
 * How fast the exact assignment is, and whether it is right: `npm run bench -- assign [--seed N] [--rounds N] [--rivals
 * DIR]`. README.md says what is measured.
 */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkCertificate } from '@hexhail/matcher/assign/certificate.ts'
import type { AssignProblem } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { solveFull } from '@hexhail/matcher/assign/solve-full.ts'
import { ROOT } from '../runner/live.ts'
import { drawAgents, problemOf } from '../unit/matcher/random-agents.ts'
import { seeded } from '../unit/streets/grid-town.ts'
import { cpuMs } from './assign/cpu-ms.ts'
import { nearestPairs, type PlanarCity, planarCity } from './assign/planar.ts'
import { greedyCost, matrixOf, rivalsIn } from './assign/rivals.ts'

const SIZES = [
  [1_000, 700],
  [1_000, 1_000],
  [10_000, 2_000],
  [10_000, 7_000],
  [10_000, 10_000],
] as const
const NEAREST = 20
const RANDOM = 1_000
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '15' },
    rivals: { type: 'string', default: join(ROOT, 'node_modules/.cache/hexhail-rivals-assign') },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const seed = Number(values.seed)
const rounds = Number(values.rounds)
const rivals = await rivalsIn(values.rivals)

let wrong = 0
const judge = (what: string, ours: number, theirs: number): void => {
  if (ours === theirs) return
  wrong++
  console.log(`WRONG: ${what}: ${ours}, not ${theirs}.`)
}

const line = (...cells: readonly (string | number)[]): void =>
  console.log(cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(16) : `${cell}`.padStart(15))).join(' '))
const ms = ({ least, median }: { least: number; median: number }): string =>
  `${least.toFixed(2)} (${median.toFixed(2)})`
const percent = (over: number, best: number): string => `${((100 * (over - best)) / best).toFixed(2)} %`
console.log(`CPU ms, least of ${rounds} rounds (median); seed ${seed}, load ${loadavg()[0]!.toFixed(1)}`)
line(
  'drivers × riders',
  'canonical',
  'solve',
  'certificate',
  'share',
  'greedy gap',
  `k=${NEAREST} loses`,
  'full asks',
)
const found = new Map(SIZES.map(([drivers, riders]) => [`${drivers}x${riders}`, measure(drivers, riders)]))

/** One row of the table. */
function measure(drivers: number, riders: number) {
  const city = planarCity({ drivers, riders, seed })
  const pairs = nearestPairs(city, NEAREST)
  const canonical = cpuMs(Math.min(rounds, 5), () => problemOf({ ...city, pairs }))
  const problem = canonical.value
  const solved = cpuMs(rounds, () => solve(problem))
  const certificate = cpuMs(rounds, () => checkCertificate(problem, solved.value))
  if (certificate.value.verdict !== 'accept' || !certificate.value.value.exact) judge('certificate', 1, 0)
  const full = solveAll(city)
  const asked = full.problem.weight.length / riders
  line(
    `${drivers} × ${riders}`,
    ms(canonical),
    ms(solved),
    ms(certificate),
    `${((100 * certificate.least) / solved.least).toFixed(1)} %`,
    percent(greedyCost(problem), solved.value.costDs),
    percent(solved.value.costDs, full.assignment.costDs),
    `${asked.toFixed(1)} a rider`,
  )
  return { canonical, solved, certificate, problem }
}

/** Over all pairs within the patience, asked for as they are needed; its proof is checked too. */
function solveAll(city: PlanarCity) {
  const place = new Map(city.riders.map(({ id }, r) => [id, r]))
  const full = solveFull(city, (rider, count) => {
    const near = city.near(place.get(rider)!, count)
    const drivers = near.map(({ driver, costDs }) => ({ id: city.drivers[driver]!, costDs }))
    return { drivers, othersDs: near.length < count ? Number.POSITIVE_INFINITY : near.at(-1)!.costDs }
  })
  if (full.verdict !== 'accept') throw new Error(`The agents are refused: ${full.code}.`)
  if (checkCertificate(full.value.problem, full.value.assignment).verdict !== 'accept')
    judge('full proof', 1, 0)
  return full.value
}

/** All rivals at 1,000²; ours from the pairs as they arrive, theirs from the matrix or program they take. */
function compare({ canonical, solved, problem }: ReturnType<typeof measure>): number | null {
  const ours = canonical.least + solved.least
  console.log(`\n1,000²: ours ${ours.toFixed(1)} ms with putting the problem in order`)
  const against = (name: string, run: (problem: AssignProblem) => number, times: number): number => {
    const theirs = cpuMs(times, () => run(problem))
    judge(`${name} at 1,000²`, solved.value.costDs, theirs.value)
    console.log(`${name}: ${theirs.least.toFixed(0)} ms, ${(theirs.least / ours).toFixed(1)} times ours`)
    return theirs.least / ours
  }
  const { munkres, highs } = rivals
  if (highs) against('highs', highs, 1)
  const matrix = matrixOf(problem)
  return munkres ? against('munkres', () => munkres(matrix), 3) : null
}

const npmRatio1k = compare(found.get('1000x1000')!)
if (rivals.highs) {
  const rng = seeded(seed)
  for (let trial = 0; trial < RANDOM; trial++) {
    const size = {
      riders: Math.floor(rng() * 25),
      drivers: Math.floor(rng() * 25),
      density: 0.1 + 0.9 * rng(),
    }
    const drawn = drawAgents(rng, { ...size, mostDs: trial % 2 === 0 ? 30 : 9_000 })
    const problem = problemOf(drawn)
    judge(`random problem ${trial}`, solve(problem).costDs, rivals.highs(problem))
  }
  console.log(`${RANDOM} random problems against HiGHS: ${wrong} wrong (load ${loadavg()[0]!.toFixed(1)})`)
}
const round = (n: number): number => Math.round(n * 100) / 100
console.log(
  JSON.stringify({
    a10k7kMs: round(found.get('10000x7000')!.solved.least),
    a10k10kMs: round(found.get('10000x10000')!.solved.least),
    certificateMs: round(found.get('10000x10000')!.certificate.least),
    npmRatio1k: npmRatio1k === null ? null : round(npmRatio1k),
    wrong: rivals.highs ? wrong : null,
  }),
)
if (wrong > 0) process.exitCode = 1
