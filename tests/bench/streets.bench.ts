/**
 * How fast the street router is, and whether it is right: `npm run bench -- streets [-- --city FILE] [--seed N]
 * [--rivals DIR]`. FILE: an `.osm.pbf` extract or a `.city` bundle. README.md says what is measured.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { junctionOrderOf, openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'
import { ROOT } from '../runner/live.ts'
import { seeded } from '../unit/streets/grid-town.ts'
import { timeBrowser } from './streets/browser.ts'
import type { Built } from './streets/build-child.ts'
import { brotliKb, bundleSize } from './streets/bundle-size.ts'
import { countWrong } from './streets/count-wrong.ts'
import { type Judged, measureModels } from './streets/measure-models.ts'
import { measureRivals } from './streets/measure-rivals.ts'
import { openModel } from './streets/open-model.ts'
import { onStreetOf, placeSource, someDrivers } from './streets/places.ts'
import { plainDijkstra, plainJudge } from './streets/plain-dijkstra.ts'
import { jsonLine, printOthers } from './streets/say-figures.ts'
import { printRows } from './streets/timed-row.ts'

const CACHE = join(ROOT, 'node_modules/.cache')
const PORTO = resolve(ROOT, '../shared/data/streets/porto.osm.pbf')
const { values } = parseArgs({
  options: {
    city: { type: 'string' },
    seed: { type: 'string', default: '7' },
    rivals: { type: 'string', default: join(CACHE, 'hexhail-rivals') },
  },
  // `npm run bench -- streets -- --city FILE` hands the second «--» on.
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const rng = seeded(Number(values.seed))
const say = (text: string): void => console.log(`${text} (load ${loadavg()[0]!.toFixed(1)})`)

const file = values.city ? resolve(values.city) : existsSync(PORTO) ? PORTO : null
if (!values.city)
  console.log(file ? `City: ${file}.` : `City: Montevideo, as npm brings it: ${PORTO} is not here.`)

say('Building the city')
const scratch = mkdtempSync(join(tmpdir(), 'hexhail-bench-'))
const build = buildInChild(scratch, file)
const bytes = new Uint8Array(readFileSync(build.path))
rmSync(scratch, { recursive: true, force: true })
const city = openCity(bytes)
const { streets } = city
const freeDs = Int32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
const liveDs = freeDs.map(ds => Math.max(1, Math.round(ds * (0.5 + 2.5 * rng()))))

say('Ordering the graphs')
const small = junctionGraph(streets)
const large = turnGraph(streets)
const before = process.cpuUsage()
const turnOrder = dissect(large)
const orderCpuS = process.cpuUsage(before).user / 1e6
const judged = (graph: StateGraph, order: Uint32Array): Judged => ({
  ...openModel(city, graph, order),
  plain: plainDijkstra(graph),
})
const models = {
  turns: judged(large, turnOrder),
  junctions: judged(small, junctionOrderOf(city, small.states)),
}

say('Timing')
const rows = measureModels(city, models, [freeDs, liveDs], rng)
const { router } = models.turns
say('Comparing with plain Dijkstra')
const mixed = placeSource(city, router.snap, rng, 'clustered')
const drivers = someDrivers(city, 1000, mixed)
const goals = Array.from({ length: 100 }, mixed)
const compared = [models.turns, models.junctions].map(({ graph, router: asked, plain }) =>
  countWrong({
    ...{ name: `seed ${values.seed}`, streets, graph, router: asked, drivers, goals, rng },
    judge: plainJudge(plain),
    rounds: [freeDs, liveDs],
    start: to => (rng() < 0.2 ? onStreetOf(city, to, rng) : mixed()),
    distances: 5,
  }),
)

say('Asking the rivals')
const extract = file?.endsWith('.pbf') ? file : null
const routers = { turns: router, junctions: models.junctions.router }
measureRivals(rows, { city, routers, freeDs, rng }, { dir: resolve(values.rivals), extract })
say('In the browser')
const page = await timeBrowser(bytes)
say('Weighing')
const size = bundleSize(bytes)
// The demo's own city is weighed too; it is built once for a state of the code.
const demoKb =
  file === null ? null : brotliKb(readFileSync(buildInChild(join(CACHE, 'hexhail-bench'), null).path))

const heading = `${city.info.name}: ${streets.junctionXy.length / 2} junctions, ${small.states} and ${large.states} states`
console.log(
  `\n${heading}, load ${loadavg()
    .map(l => l.toFixed(1))
    .join(' ')}\n`,
)
printRows([...rows.values()])
const figures = {
  ...{ city: city.info.name, junctions: streets.junctionXy.length / 2, states: large.states },
  ...{ build, orderCpuS, size, demoKb, page, compared },
}
console.log()
printOthers(figures)
console.log(jsonLine(rows, figures))

/** Builds in a process of its own, whose CPU and memory are the build's. */
function buildInChild(cacheDir: string, extract: string | null): Built {
  const child = fileURLToPath(new URL('streets/build-child.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [child, cacheDir, ...(extract ? [extract] : [])],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  )
  if (status !== 0) throw new Error(`The city does not build:\n${stderr}`)
  return JSON.parse(stdout) as Built
}
