/**
 * How well fake riders can place drivers, and what hiding them costs honest ones:
 * `npm run bench -- harvest [--drivers 120] [--requests 50] [--riders 200] [--seed 7]`. README.md says what is measured.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { createStickyCell } from '@hexhail/client/sticky-cell.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { ROOT } from '../runner/live.ts'
import { harvest, locator } from './harvest/attacker.ts'
import { match } from './harvest/matching.ts'
import { createTown, type TownInit } from './harvest/town.ts'
import { quantile } from './quantile.ts'

const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '120' },
    requests: { type: 'string', default: '50' },
    riders: { type: 'string', default: '200' },
    seed: { type: 'string', default: '7' },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})
const [drivers, requests, riders, seed] = [values.drivers, values.requests, values.riders, values.seed].map(
  Number,
) as [number, number, number, number]
/** Places that the attacker knows cars may be at. */
const LIKELY = 40_000
/** Fine cells: what is known of a driver who counts from where he is. */
const FINE_RES = 10

const { bytes } = await buildMontevideo(join(ROOT, 'node_modules/.cache'))
const streets = openCity(bytes)
const city = createLocalCity()
await city.load(bytes)
const rules: TripRules = {
  domain: { chainId: 31_337, vault: `0x${'77'.repeat(20)}` },
  tariffId: 1,
  tariff: demoTariff(`0x${'a1'.repeat(20)}`),
  timeScale: 1,
}
const { next: random } = createSeeded(seed)
const somePlaces = (count: number): LngLat[] =>
  Array.from({ length: count }, () => randomPlace(streets, random).at)
const places = somePlaces(drivers)
const likely = somePlaces(LIKELY)
// Whoever looks for drivers asks where they are likely to be.
const fakes = somePlaces(requests)

/** Errors in metres, nearest first, after each number of fake requests. */
async function attack(
  cellOf: TownInit['cellOf'],
  knownCellOf: (at: LngLat) => string,
  asked: readonly LngLat[],
) {
  const town = await createTown({ city, rules, places, random, ...(cellOf && { cellOf }) })
  const sights = await harvest(town, rules, asked)
  const locate = locator({ city, rules, likely, cellOf: knownCellOf })
  const errors: number[] = []
  for (const [driver, seen] of sights) {
    const at = await locate(seen)
    errors.push(at ? greatCircleM(at, places[driver]!) : Number.POSITIVE_INFINITY)
  }
  return errors
}

console.log(
  `${drivers} drivers on the streets of Montevideo, ${requests} fake requests, each with a firm time. Seed ${seed}.`,
)
const coarse = (at: LngLat) => createStickyCell(random)(at)
const fine = (at: LngLat) => cellAt(at, FINE_RES)
const row = (name: string, errors: readonly number[]) =>
  console.log(
    `${name.padEnd(52)} ${String(errors.length).padStart(5)} ${[0.1, 0.5, 0.9]
      .map(q => String(Math.round(quantile(errors, q) ?? Number.NaN)).padStart(6))
      .join(' ')}`,
  )
console.log(`${'error of the likeliest place, metres'.padEnd(52)}  seen    p10    p50    p90`)
for (const count of [3, 10])
  if (count < requests)
    row(`after ${count} fake requests`, await attack(undefined, coarse, fakes.slice(0, count)))
const errors = await attack(undefined, coarse, fakes)
row(`after ${requests} fake requests`, errors)
row(`the same if times were counted from where a car is`, await attack(fine, fine, fakes))

const town = await createTown({ city, rules, places, random })
const exact = await createTown({ city, rules, places, random, cellOf: fine })
const [found, foundFine, best]: [number[], number[], number[]] = [[], [], []]
for (const pickup of somePlaces(riders)) {
  const real = await match(town, { city, rules, random }, pickup)
  const other = await match(exact, { city, rules, random }, pickup)
  await town.pass(60_000)
  await exact.pass(60_000)
  if (!real || !other) continue
  found.push(real.foundS)
  foundFine.push(other.foundS)
  best.push(real.bestS)
}
const mean = (figures: readonly number[]) => figures.reduce((a, b) => a + b, 0) / figures.length
const cost = (figures: readonly number[]) => (mean(figures) / mean(best) - 1) * 100
console.log(
  `${found.length} honest requests: the nearest driver is ${mean(best).toFixed(0)} s away, the one taken ` +
    `${mean(found).toFixed(0)} s (+${cost(found).toFixed(1)} %); if times were counted from where a car is ` +
    `${mean(foundFine).toFixed(0)} s (+${cost(foundFine).toFixed(1)} %).`,
)
console.log(
  JSON.stringify({
    medianErrorM: Math.round(quantile(errors, 0.5) ?? 0),
    pickupCostPct: Number(cost(found).toFixed(1)),
  }),
)
