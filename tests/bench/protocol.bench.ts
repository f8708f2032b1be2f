/**
 * How good matching without a dispatcher is:
 * `npm run bench -- protocol [--seeds N] [--hours H] [--loads L,L] [--only PART,PART] [--keep FILE]`. README.md says what is measured.
 */
import { existsSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCity } from '@hexhail/sim/city/read-city.ts'
import { tableHead } from '@hexhail/sim/city/run-table.ts'
import { ROOT } from '../runner/live.ts'
import { BEHAVIOUR, HARD_CELLS, LATENCIES, tableCells } from './protocol/cells.ts'
import { openKeptRuns } from './protocol/kept-runs.ts'
import { createMeasure } from './protocol/measure.ts'
import { privacyRows } from './protocol/privacy-rows.ts'

const FOLDER = join(ROOT, '../shared/data/matching/manhattan')
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    hours: { type: 'string', default: '0.75' },
    loads: { type: 'string', default: '40,75,95,120' },
    only: { type: 'string', default: 'table,hard,liars,fair,privacy' },
    keep: { type: 'string', default: join(tmpdir(), 'hexhail-protocol-bench.jsonl') },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const figures: Record<string, number | null> = {
  pickupGapPct: null,
  servedGapPts: null,
  doubleBookings: null,
  messagesPerRequest: null,
  handoverGainPct: null,
  swapsPerRequest: null,
  liarGainPct: null,
  gini: null,
  privacyErrorM: null,
  privacyCostPct: null,
}
if (!existsSync(FOLDER)) {
  console.log(`No Manhattan data at ${FOLDER}: nothing is measured.`)
  console.log(JSON.stringify(figures))
  process.exit(0)
}
const city = readCity(FOLDER)
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
const measure = createMeasure({
  city,
  seeds,
  hours: Number(values.hours),
  kept: openKeptRuns(values.keep),
})
const isAsked = (part: string): boolean => values.only.split(',').includes(part)
const most = (key: string, figure: number): void => {
  figures[key] = Math.max(figures[key] ?? Number.NEGATIVE_INFINITY, Math.round(100 * figure) / 100)
}
console.log(
  `Manhattan, 1,000 cars, ${seeds.length} seeds of ${values.hours} h; load ${loadavg()[0]!.toFixed(1)}; runs are kept in ${values.keep}`,
)
console.log(tableHead())

if (isAsked('table'))
  for (const load of values.loads.split(',').map(Number)) {
    const [central, ...cells] = tableCells(load)
    const best = measure.mean(central!).metrics
    for (const cell of cells) {
      const run = measure.mean(cell)
      const { name } = cell.parts.protocol ?? {}
      const isQuick = (cell.parts.network?.latencyMs.p50 ?? 0) < Math.max(...LATENCIES)
      if (name === 'epoch' && isQuick) {
        most('pickupGapPct', (100 * run.metrics.pickupS) / best.pickupS - 100)
        most('servedGapPts', best.servedPct - run.metrics.servedPct)
        most('messagesPerRequest', run.publishedPerRequest)
      }
      if (name !== 'handover') continue
      most('swapsPerRequest', run.swapsPerRequest)
      if (isQuick && load >= 75 && load <= 95) {
        const gain = Math.round(1e4 - (1e4 * run.metrics.pickupS) / best.pickupS) / 100
        figures.handoverGainPct = Math.min(figures.handoverGainPct ?? gain, gain)
      }
    }
  }
if (isAsked('hard')) for (const cell of HARD_CELLS) measure.mean(cell)

if (isAsked('liars'))
  for (const load of [40, 75, 95]) {
    const liarsAt = (claim: number) => {
      const behaviour = { ...BEHAVIOUR, liars: { share: 0.1, claim } }
      const { metrics } = measure.mean({ name: `claims ${claim / 10} %`, load, parts: { behaviour } })
      console.log(`  the others lose ${metrics.lateLossPct.toFixed(2)} % by coming late`)
      return metrics.liarIncome
    }
    // A thousandth less than the truth is no lie: it only marks the drivers.
    const honest = liarsAt(999)
    for (const claim of [980, 950, 900, 800, 500]) {
      const gain = (100 * liarsAt(claim)) / honest - 100
      most('liarGainPct', gain)
      console.log(`  the liars earn ${gain.toFixed(1)} % more than when honest`)
    }
  }

if (isAsked('fair'))
  for (const perMille of [0, 50, 100]) {
    const idleCredit = { perMille, mostDs: 12 * perMille }
    const name = `idle credit ${perMille / 1000} s a s`
    const fair = measure.mean({ name, load: 40, parts: { protocol: { name: 'epoch', idleCredit } } })
    figures.gini = Math.round(1000 * fair.metrics.gini) / 1000
  }

if (isAsked('privacy')) {
  const { errorM, costPct } = privacyRows(city, measure)
  figures.privacyErrorM = Math.round(errorM)
  most('privacyCostPct', costPct)
}

figures.doubleBookings = measure.doubles
console.log(JSON.stringify(figures))
if (measure.doubles > 0) process.exitCode = 1
