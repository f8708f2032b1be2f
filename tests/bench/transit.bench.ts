/**
 * How fast the transit search is, and whether it is right: `npm run bench -- transit [-- --feed FILE] [--seed N]
 * [--compare N] [--rivals DIR]`. README.md says what is measured.
 */
import { existsSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync, inflateRawSync } from 'node:zlib'
import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import { encodeTimetable } from '@hexhail/transit/timetable/timetable-file.ts'
import { ROOT } from '../runner/live.ts'
import { seeded } from '../unit/streets/grid-town.ts'
import { quantile } from './quantile.ts'
import { timeBrowser } from './transit/browser.ts'
import { countWrong } from './transit/count-wrong.ts'
import { timeMinotor } from './transit/minotor.ts'
import { timeMontevideo } from './transit/montevideo.ts'
import { questions } from './transit/questions.ts'
import { DAY, type SearchTimes, timeSearches } from './transit/time-searches.ts'

const { values } = parseArgs({
  options: {
    feed: { type: 'string', default: '../shared/data/transit/porto-alegre/poa-demo.gtfs.zip' },
    seed: { type: 'string', default: '7' },
    compare: { type: 'string', default: '10000' },
    rivals: { type: 'string', default: join(ROOT, 'node_modules/.cache/hexhail-rivals') },
  },
  // `npm run bench -- transit -- --feed FILE` hands the second «--» on.
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const seed = Number(values.seed)
const feedPath = resolve(ROOT, values.feed)
const say = (text: string): void => console.log(`${text} (load ${loadavg()[0]!.toFixed(1)})`)

if (!existsSync(feedPath)) {
  console.log(`Skipped: ${feedPath} is not here.`)
  console.log(JSON.stringify({ skipped: true }))
} else await measure()

async function measure(): Promise<void> {
  say('Reading and compiling the feed')
  const start = process.cpuUsage()
  const { feed } = readFeed(new Uint8Array(readFileSync(feedPath)), (packed, most) =>
    inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }),
  )
  if (feed === null) throw new Error(`${feedPath} is no feed.`)
  const timetable = compileFeed(feed, 'bench', CROW)
  const bytes = encodeTimetable(timetable)
  const buildCpuS = process.cpuUsage(start).user / 1e6
  const timetableKb = gzipSync(bytes, { level: 9 }).length / 1000
  say('Timing')
  const times = timeSearches(timetable, seed, () => performance.now())
  const cpuTimes = timeSearches(timetable, seed, () => process.threadCpuUsage().user / 1000)
  say('In the browser')
  const page = await timeBrowser(bytes)
  say('Asking minotor')
  const few = questions(timetable, seeded(seed), 200, 0).stops
  const date = new Date((timetable.info.startDay + DAY) * 86_400_000)
  const rival = await timeMinotor(resolve(values.rivals), feedPath, date, timetable.stops.id, few)
  say('Montevideo')
  const model = await timeMontevideo(seed)
  say('Comparing with the connection scan')
  const { compared, wrong, first } = countWrong(timetable, seed + 1, Number(values.compare), 20)

  const p = (ms: readonly number[] | undefined, q: number): number | null => {
    const found = quantile(ms ?? [], q)
    return found === null ? null : Number(found.toFixed(2))
  }
  const row = (name: string, of: SearchTimes): void => {
    for (const kind of ['search', 'window', 'stepsWindow'] as const) {
      const { ms, journeys } = of[kind]
      const each = [p(ms, 0.5), p(ms, 0.95)].join(' / ')
      console.log(`${name} ${kind}: ${each} ms (p50 / p95), ${(journeys / ms.length).toFixed(1)} journeys`)
    }
    console.log(`${name} view of a day: ${of.viewMs.toFixed(0)} ms`)
  }
  console.log(
    `\n${timetable.trips.id.length} trips, ${timetable.lines.route.length} lines, ${timetable.stops.id.length} stops, ` +
      `${timetable.feet.to.length} ways on foot, built in ${buildCpuS.toFixed(1)} s of CPU; load ${loadavg()
        .map(l => l.toFixed(1))
        .join(' ')}`,
  )
  row('Node', times)
  row('Node, CPU alone,', cpuTimes)
  if (page) row('Chromium', page)
  row('Montevideo, CPU alone,', model.cpu)
  console.log(
    `Montevideo, CPU alone, plan: ${p(model.planMs, 0.5)} / ${p(model.planMs, 0.95)} ms, ${(model.plans / (model.planMs.length + 10)).toFixed(1)} plans`,
  )
  if (rival)
    console.log(
      `minotor: ${p(rival.ms, 0.5)} / ${p(rival.ms, 0.95)} ms, ${rival.found} of ${few.length} answered, read in ${rival.loadMs.toFixed(0)} ms`,
    )
  console.log(
    `${compared - wrong} of ${compared} earliest arrivals as the connection scan’s${first ? `; ${first}` : ''}`,
  )
  const searchP50Ms = p(times.search.ms, 0.5)
  const minotorP50Ms = p(rival?.ms, 0.5)
  console.log(
    JSON.stringify({
      ...{ searchP50Ms, windowP50Ms: p(times.window.ms, 0.5), windowP95Ms: p(times.window.ms, 0.95) },
      ...{ chromiumWindowP50Ms: p(page?.window.ms, 0.5), timetableKb: Number(timetableKb.toFixed(1)) },
      minotorRatio: minotorP50Ms && searchP50Ms ? Number((minotorP50Ms / searchP50Ms).toFixed(1)) : null,
      ...{ wrong, compared, stepsWindowP50Ms: p(times.stepsWindow.ms, 0.5) },
      ...{ searchCpuP50Ms: p(cpuTimes.search.ms, 0.5), windowCpuP50Ms: p(cpuTimes.window.ms, 0.5) },
      ...{ windowCpuP95Ms: p(cpuTimes.window.ms, 0.95) },
      montevideoPlanCpuP50Ms: p(model.planMs, 0.5),
      ...{ stepsWindowP95Ms: p(times.stepsWindow.ms, 0.95), buildCpuS: Number(buildCpuS.toFixed(1)) },
    }),
  )
}
