/**
 * How good matching without a dispatcher is: `npm run bench -- protocol [--seeds N] [--hours H] [--views N] [--quick]`.
 * README.md says what is measured.
 */
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCity } from '@hexhail/sim/city/read-city.ts'
import { type CityRun, runScenario } from '@hexhail/sim/city/run-scenario.ts'
import { tableHead, tableRow } from '@hexhail/sim/city/run-table.ts'
import type { Scenario } from '@hexhail/sim/city/scenario.ts'
import { ROOT } from '../runner/live.ts'
import { meanRun } from './protocol/mean-run.ts'

const FOLDER = join(ROOT, '../shared/data/matching/manhattan')
/** Trips an hour that 1,000 cars can serve (reference/matching.md 5). */
const CAPACITY = 5_100
const LOADS = [40, 75, 95, 120]
const LATENCIES = [50, 500, 2_000]
const WARMUP_S = 2_700

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    hours: { type: 'string', default: '1' },
    views: { type: 'string', default: '4' },
    loads: { type: 'string', default: LOADS.join() },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const none = Object.fromEntries(
  [
    'pickupGapPct',
    'servedGapPts',
    'doubleBookings',
    'messagesPerRequest',
    'handoverGainPct',
    'swapsPerRequest',
    'liarGainPct',
    'gini',
    'privacyErrorM',
    'privacyCostPct',
  ].map(key => [key, null]),
)
if (!existsSync(FOLDER)) {
  console.log(`No Manhattan data at ${FOLDER}: nothing is measured.`)
  console.log(JSON.stringify(none))
  process.exit(0)
}
const city = readCity(FOLDER)
const loads = values.loads.split(',').map(Number)
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
let doubles = 0

type Parts = Partial<Pick<Scenario, 'behaviour' | 'network' | 'protocol'>>
const BEHAVIOUR = { accept: 1, waitS: 180, pickupS: 600 }
const networkOf = (p50: number, more = {}): Scenario['network'] => ({
  latencyMs: { p50, sigma: 0.5 },
  loss: 0,
  views: Number(values.views),
  ...more,
})

/** The mean over all seeds, and its row. */
function measure(name: string, load: number, parts: Parts): CityRun {
  const runs = seeds.map(seed =>
    runScenario(
      {
        version: 1,
        seed,
        city: { graph: 'manhattan', timeFactor: [1_600] },
        demand: { perHour: [Math.round((CAPACITY * load) / 100)] },
        supply: { drivers: 1_000 },
        behaviour: BEHAVIOUR,
        network: networkOf(200),
        protocol: { name: 'epoch' },
        measure: { warmupS: WARMUP_S, untilS: WARMUP_S + Math.round(3_600 * Number(values.hours)) },
        ...parts,
      },
      city,
    ),
  )
  const run = meanRun(runs)
  doubles += runs.reduce((sum, { metrics }) => sum + metrics.doubleBookings, 0)
  console.log(tableRow({ name: `${load} % ${name}`, run }))
  return run
}

console.log(
  `Manhattan, 1,000 cars, ${seeds.length} seeds of ${values.hours} h; load ${loadavg()[0]!.toFixed(1)}`,
)
console.log(tableHead())
const gap = { pickup: 0, served: 0, messages: 0, swaps: 0, gain: Number.POSITIVE_INFINITY }
for (const load of loads) {
  const best = measure('central, 5 s', load, { protocol: { name: 'central', epochMs: 5_000 } })
  measure('central, epochs as ours', load, { protocol: { name: 'central' } })
  measure('nearest offer, 0.2 s', load, { protocol: { name: 'nearest' } })
  for (const p50 of LATENCIES) {
    const ours = measure(`ours, ${p50 / 1000} s`, load, { network: networkOf(p50) })
    if (p50 > 500) continue
    gap.pickup = Math.max(gap.pickup, (100 * ours.metrics.pickupS) / best.metrics.pickupS - 100)
    gap.served = Math.max(gap.served, best.metrics.servedPct - ours.metrics.servedPct)
    gap.messages = Math.max(gap.messages, ours.publishedPerRequest)
  }
  const over = measure('ours, handover, 0.2 s', load, { protocol: { name: 'handover' } })
  gap.swaps = Math.max(gap.swaps, over.swapsPerRequest)
  if (load >= 75 && load <= 95)
    gap.gain = Math.min(gap.gain, 100 - (100 * over.metrics.pickupS) / best.metrics.pickupS)
}

console.log('\nHard cases at 75 %')
const declining = { behaviour: { ...BEHAVIOUR, accept: 0.8 } }
measure('20 % declines, central', 75, { ...declining, protocol: { name: 'central' } })
measure('20 % declines, ours', 75, declining)
measure('20 % declines, handover', 75, { ...declining, protocol: { name: 'handover' } })
const cut = { network: networkOf(200, { partitions: [{ fromS: WARMUP_S + 600, untilS: WARMUP_S + 660 }] }) }
measure('cut in two for 60 s', 75, cut)
measure('2 % of messages lost', 75, { network: networkOf(200, { loss: 0.02 }) })

console.log(
  '\nLiars: a tenth of the drivers claims less than the true time; what they earn beside the same drivers when honest',
)
let liarGain = Number.NEGATIVE_INFINITY
for (const load of [40, 75]) {
  const incomeAt = (claim: number): number => {
    const behaviour = { ...BEHAVIOUR, liars: { share: 0.1, claim } }
    return measure(`claims of ${claim / 10} %`, load, { behaviour }).metrics.liarIncome
  }
  // A thousandth less than the truth is no lie: it only marks the drivers.
  const honest = incomeAt(999)
  for (const claim of [900, 800, 500]) {
    const gain = (100 * incomeAt(claim)) / honest - 100
    liarGain = Math.max(liarGain, gain)
    console.log(`  they earn ${gain.toFixed(1)} % more`)
  }
}

console.log('\nIdle credit of 0.1 s a second, 120 s at most')
const credit = { perMille: 100, mostDs: 1_200 }
const fair = measure('with idle credit', 40, { protocol: { name: 'epoch', idleCredit: credit } })
console.log(
  'privacyErrorM and privacyCostPct are null: bids are made of exact places here; the harvest bench has the rest.',
)

const round = (n: number): number | null => (Number.isFinite(n) ? Math.round(n * 100) / 100 : null)
console.log(
  JSON.stringify({
    ...none,
    pickupGapPct: round(gap.pickup),
    servedGapPts: round(gap.served),
    doubleBookings: doubles,
    messagesPerRequest: round(gap.messages),
    handoverGainPct: round(gap.gain),
    swapsPerRequest: round(gap.swaps),
    liarGainPct: round(liarGain),
    gini: round(fair.metrics.gini),
  }),
)
if (doubles > 0) process.exitCode = 1
