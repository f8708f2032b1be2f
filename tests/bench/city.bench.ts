/**
 * Shared rides through a Manhattan day: `npm run bench -- city [--seed N] [--hours H] [--only 3000x4|2000x6]`. README.md
 * says what is measured.
 */
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { DayFigures } from './city/run-day.ts'
import { FOLDER, SETTINGS, type SettingName } from './city/settings.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '24' },
    only: { type: 'string', default: '' },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const begun = performance.now()
const days = new Map<SettingName, DayFigures>()
const names = (Object.keys(SETTINGS) as SettingName[]).filter(
  name => values.only === '' || name === values.only,
)

const dayOf = (name: SettingName): Promise<DayFigures> =>
  new Promise((resolve, reject) => {
    const workerData = { name, seed: Number(values.seed), hours: Number(values.hours) }
    const worker = new Worker(new URL('./city/day-worker.ts', import.meta.url), { workerData })
    worker.once('message', resolve).once('error', reject)
  })

const cells = (...texts: readonly (string | number)[]): void =>
  console.log(texts.map((text, i) => (i === 0 ? `${text}`.padEnd(34) : `${text}`.padStart(9))).join(''))

if (!existsSync(FOLDER)) console.log(`Skipped: ${FOLDER} is not there.`)
else {
  await Promise.all(names.map(async name => days.set(name, await dayOf(name))))
  console.log(
    `Manhattan, ${values.hours} h, seed ${values.seed}, epochs of 30 s, load ${loadavg()[0]!.toFixed(1)}`,
  )
  cells('', 'orders', 'served %', 'wait s', 'delay s', 'load', 'empty %', 'ms/epoch', 'most ms', 'breaches')
  for (const name of names) {
    const { published, cars, seats } = SETTINGS[name]
    const day = days.get(name)!
    const most = [day.epochMs.toFixed(0), day.mostEpochMs.toFixed(0), day.breaches]
    const rest = [day.waitS.toFixed(1), day.delayS.toFixed(1), day.load.toFixed(2), day.emptyPct.toFixed(1)]
    cells(`${cars} cars x ${seats} seats, ours`, day.orders, day.servedPct.toFixed(2), ...rest, ...most)
    cells(`  ${published.by}`, '', published.servedPct, published.waitS, published.delayS)
  }
  console.log(
    'Our pairs of places are real taxi trips, but their times of day are made: an hourly profile from memory,',
  )
  console.log(
    'the same pairs at every hour, one speed all day. That is easier than the days of the published rows.',
  )
}
const [large, small] = [days.get('3000x4'), days.get('2000x6')]
const round = (figure: number | undefined, digits: number): number | null =>
  figure === undefined ? null : Number(figure.toFixed(digits))
console.log(
  JSON.stringify({
    served3000x4: round(large?.servedPct, 2),
    waitMin: round(large && large.waitS / 60, 2),
    delayMin: round(large && large.delayS / 60, 2),
    served2000x6: round(small?.servedPct, 2),
    wallS: round((performance.now() - begun) / 1000, 1),
  }),
)
