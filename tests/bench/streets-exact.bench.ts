/**
 * Whether the street router is right, at scale: `npm run bench -- streets-exact [-- --city NAME] [--seed N]`. Every
 * city at hand and made-up towns, both models, against plain searches; ends with 1 where an answer was wrong.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../runner/live.ts'
import type { Compared } from './streets/count-wrong.ts'
import { type ExactCity, exactCities } from './streets/exact-cities.ts'
import { type ExactPlan, runTrial } from './streets/exact-trial.ts'

const MODELS = ['turns', 'junctions'] as const
const LEAST = { distances: 10_000, nearest: 1_000, routes: 1_000 } as const
type Count = keyof typeof LEAST
const { values } = parseArgs({
  options: { city: { type: 'string' }, seed: { type: 'string', default: '7' } },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const seed = Number(values.seed)
const cities = exactCities(seed, join(ROOT, 'node_modules/.cache/hexhail-bench')).filter(({ name }) =>
  name.startsWith(values.city ?? ''),
)
if (cities.length === 0) throw new Error(`There is no city «${values.city}» to be right in.`)

const none = (): Compared => ({ distances: 0, nearest: 0, routes: 0, wrong: 0 })
const add = (sum: Compared, more: Compared): void => {
  for (const key of Object.keys(sum) as (keyof Compared)[]) sum[key] += more[key]
}
/** By model, then by the row that is printed: a city, or all towns of one sort. */
const found = { turns: new Map<string, Compared>(), junctions: new Map<string, Compared>() }
const skipped: string[] = []
for (const city of cities) await judge(city)

const width = Math.max(...Object.values(found).flatMap(rows => [...rows.keys()].map(row => row.length)), 10)
const line = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(width) : `${cell}`.padStart(11))).join('  ')
const all = { turns: none(), junctions: none() }
for (const model of MODELS) {
  console.log(`\n${line([`${model} model`, 'distances', 'k nearest', 'routes', 'wrong'])}`)
  for (const [row, { distances, nearest, routes, wrong }] of found[model]) {
    console.log(line([row, distances, nearest, routes, wrong]))
    add(all[model], found[model].get(row)!)
  }
  const { distances, nearest, routes, wrong } = all[model]
  console.log(line(['all', distances, nearest, routes, wrong]))
}
if (skipped.length > 0) console.log(`\nSkipped, not in ../shared/data/streets: ${skipped.join(', ')}.`)
const few = MODELS.flatMap(model =>
  (Object.keys(LEAST) as Count[])
    .filter(count => values.city === undefined && all[model][count] < LEAST[count])
    .map(count => `${model} ${count}`),
)
if (few.length > 0) console.log(`Too few: ${few.join(', ')}.`)
const cpuS = Math.round(process.cpuUsage().user / 1e6)
console.log(JSON.stringify({ seed, cpuS, ...all, wrong: all.turns.wrong + all.junctions.wrong }))
if (few.length > 0 || all.turns.wrong + all.junctions.wrong > 0) process.exitCode = 1

/** Asks one city in both models and both kernels; in big ones only the kernel that is used. */
async function judge({ name, isTown, load }: ExactCity): Promise<void> {
  const city = await load()
  if (!city) {
    skipped.push(name)
    return
  }
  const isSmall = isTown || city.streets.tail.length < 5_000
  const size = isTown
    ? { goals: 12, distances: 8, drivers: 24 }
    : { goals: 240, distances: 20, drivers: 1_000 }
  for (const model of MODELS) {
    for (const kernel of isSmall ? (['wasm', 'plain'] as const) : (['wasm'] as const)) {
      const plan: ExactPlan = { name, model, kernel, seed, ...size, shut: isSmall, byStreets: isTown }
      const compared = runTrial(city, plan)
      if (!compared) continue
      const row = /^(grid|tangle) /.exec(name)?.[1] ?? (isTown ? 'odd towns' : name)
      const rows = found[model]
      rows.set(row, rows.get(row) ?? none())
      add(rows.get(row)!, compared)
      if (!isTown)
        console.log(
          `${name}, ${model}, ${kernel}: ${compared.wrong} wrong (${Math.round(process.cpuUsage().user / 1e6)} s CPU)`,
        )
    }
  }
}
