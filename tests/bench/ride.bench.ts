/**
 * How long a rider waits: rides asked for by the page's own client, from Node, over the demo's relays, chain and drivers
 * in Montevideo. `npm run bench -- ride [--rides 52] [--looks 26] [--drivers 40] [--seed 7] [--state DIR] [--port-base N]`.
 *
 * A «ride» takes the first firm offer and is cancelled for free once held, so that the drivers can serve again; a
 * «look» waits for five offers and is withdrawn. One at a time: what is measured is one rider's wait, not a crowd's.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createWalletKey } from '@hexhail/chain/wallet-key.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { RidePlan, RiderState } from '@hexhail/protocol/rider-state.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { startDemo } from '../e2e/demo-process.ts'
import { type BenchRider, openBenchRider, untilOr } from './bench-rider.ts'
import { jsBytes } from './js-bytes.ts'
import { p50p95, quantile } from './quantile.ts'

const { values } = parseArgs({
  options: {
    rides: { type: 'string', default: '52' },
    looks: { type: 'string', default: '26' },
    drivers: { type: 'string', default: '40' },
    seed: { type: 'string', default: '7' },
    state: { type: 'string' },
    'port-base': { type: 'string', default: '21000' },
  },
})
const [rides, looks] = [Number(values.rides), Number(values.looks)]
/** A request is given up after the protocol's own limit; a selected driver has as long to hold. */
const PATIENCE_MS = 125_000
const LOOK_MS = 30_000

/** What was measured, ms by name; and what went wrong, by reason. */
const figures = {
  published: [] as number[],
  link: [] as number[],
  firstOffer: [] as number[],
  firm: [] as number[],
  fiveOffers: [] as number[],
  signed: [] as number[],
  told: [] as number[],
  held: [] as number[],
  chooseToHeld: [] as number[],
}
const steps = [0, 0, 0]
const failures = new Map<string, number>()
const fail = (why: string) => {
  failures.set(why, (failures.get(why) ?? 0) + 1)
  console.log(`  failed: ${why}`)
}

const state = values.state ?? mkdtempSync(join(tmpdir(), 'hexhail-bench-'))
const { drivers, seed } = values
const base = values['port-base']
await using demo = startDemo(
  Object.entries({ drivers, riders: 0, speed: 30, seed, state, 'port-base': base }).flatMap(
    ([name, value]) => [`--${name}`, String(value)],
  ),
)
const end = () => void demo.stop().then(() => process.exit(1))
process.once('SIGTERM', end).once('SIGINT', end)
console.log(`The demo starts with ${drivers} drivers in ${state} …`)
await demo.ready
const page = `http://127.0.0.1:${Number(base) + 1}`
const config = (await (await fetch(`${page}/config.json`)).json()) as AppConfig
const bundle = new Uint8Array(await (await fetch(`${page}${config.city.url}`)).arrayBuffer())
const city = createLocalCity()
await city.load(bundle)
const streets = openCity(bundle)
const seeded = createSeeded(Number(seed) * 31)
const place = () => randomPlace(streets, seeded.next).at
// A new wallet each time: a run that was cut short leaves a fare held in a state folder that is used again.
let rider = await openBenchRider(config, city, createWalletKey())
const plan = async (): Promise<RidePlan> =>
  (await randomPlan({ ports: rider.ports, name: 'Ana', place })) ?? plan()

console.log(`Ready: ${rides} rides and ${looks} looks in ${config.city.name}.`)
for (let i = 0, looked = 0; i < rides; i++) {
  await attempt(ride)
  if (looked * rides < (i + 1) * looks && ++looked) await attempt(look)
  if ((i + 1) % 10 === 0) console.log(`  ${i + 1} rides asked for, ${figures.held.length} held`)
}

/** A client that refuses (no relay) counts like a ride that fails; one that is stuck in a trip gives way to another rider. */
async function attempt(run: (rider: BenchRider) => Promise<void>): Promise<void> {
  try {
    await run(rider)
  } catch (error) {
    fail(error instanceof HexhailError ? error.code : String(error))
    for (let i = 0; i < 30 && rider.ports.leaf.connectedRelays() === 0; i++)
      await new Promise(resolve => setTimeout(resolve, 1000))
  }
  if (!rider.client.trip.value) return
  await rider.stop()
  rider = await openBenchRider(config, city, createWalletKey())
}

/** From the request to a held fare with the first firm offer, then out of it again for nothing. */
async function ride({ client, marks }: BenchRider): Promise<void> {
  const asked = await ask(rider)
  const offered = await firstOffer(asked)
  if (!offered) return
  const firm = await untilOr(client.trip, t => !t || t.offers.some(o => o.firm), PATIENCE_MS)
  if (!firm?.offers.some(o => o.firm)) return over('no firm offer')
  figures.firm.push(performance.now() - asked)
  const choseAt = performance.now()
  await client.choose(firm.offers.find(o => o.firm)!.tag)
  await untilOr(client.trip, t => !t || t.digest !== null || t.phase !== 'selected', PATIENCE_MS)
  figures.signed.push(performance.now() - choseAt)
  void untilOr(client.trip, t => !t || t.holdTx !== null, PATIENCE_MS).then(
    t => t?.holdTx && figures.told.push(performance.now() - choseAt),
  )
  const held = await untilOr(client.trip, t => t?.phase !== 'selected', PATIENCE_MS)
  if (held?.phase !== 'held') return over(`not held: ${held?.notice ?? held?.phase ?? 'too late'}`)
  figures.held.push(performance.now() - asked)
  figures.chooseToHeld.push(performance.now() - choseAt)
  const ms = (name: 'published' | 'link') => (marks.get(name) ?? Number.NaN) - asked
  figures.published.push(ms('published'))
  figures.link.push(ms('link'))
  await client.dispatch({ type: 'cancel', reason: 0, shownFee: 0n })
  const left = await untilOr(
    client.trip,
    t => !t || t.phase === 'released' || t.phase === 'cancelled',
    PATIENCE_MS,
  )
  if (left?.phase === 'released') await client.close()
  else await over(`not released: ${left?.phase ?? 'too late'}`)
}

/** From the request to five offers, then the request is taken back. */
async function look({ client }: BenchRider): Promise<void> {
  const asked = await ask(rider)
  if (!(await firstOffer(asked))) return
  const five = await untilOr(client.trip, t => !t || t.offers.length >= 5, LOOK_MS)
  if (five && five.offers.length >= 5) figures.fiveOffers.push(performance.now() - asked)
  else fail(`fewer than five offers in ${LOOK_MS / 1000} s`)
  await client.dispatch({ type: 'withdraw' })
  await client.close()
}

async function ask({ client, marks }: BenchRider): Promise<number> {
  const wanted = await plan()
  marks.clear()
  const asked = performance.now()
  await client.request(wanted)
  return asked
}

async function firstOffer(asked: number): Promise<RiderState | null> {
  const { client } = rider
  const passes = (t: RiderState | null) => !t || t.offers.length > 0 || t.phase === 'expired'
  const offered = await untilOr(client.trip, passes, PATIENCE_MS)
  if (!offered?.offers.length) {
    await over('no offer')
    return null
  }
  figures.firstOffer.push(performance.now() - asked)
  steps[offered.step]!++
  return offered
}

/** Ends a trip that did not go as it should, however far it came, and counts why. */
async function over(why: string): Promise<void> {
  fail(why)
  const { client } = rider
  await client.dispatch({ type: 'withdraw' })
  await client.dispatch({ type: 'cancel', reason: 0, shownFee: 0n })
  const ended = ['withdrawn', 'expired', 'released', 'cancelled', 'closed', 'settled']
  await untilOr(client.trip, t => !t || ended.includes(t.phase), PATIENCE_MS)
  await client.close()
}

await rider.stop()
const apps = Object.fromEntries(
  (['rider', 'driver', 'authority'] as const).map(app => {
    const name = readdirSync(join(state, 'apps')).find(each => each.startsWith(`${app}-`))!
    return [app, jsBytes(join(state, 'apps', name))]
  }),
)
const rows: [string, readonly number[]][] = [
  ['request → first topic reached', figures.published],
  ['request → first driver’s stream', figures.link],
  ['request → first offer', figures.firstOffer],
  ['request → first firm offer', figures.firm],
  ['request → five offers', figures.fiveOffers],
  ['choose → terms signed', figures.signed],
  ['choose → driver says held', figures.told],
  ['choose → held (seen on chain)', figures.chooseToHeld],
  ['request → held', figures.held],
]
console.log(`\n${'ms'.padEnd(36)}   n    p50 /    p95`)
for (const [name, list] of rows)
  console.log(`${name.padEnd(36)} ${String(list.length).padStart(3)} ${p50p95(list)}`)
console.log(`\nfirst offer came in widening step 0 / 1 / 2: ${steps.join(' / ')}`)
console.log(`failed: ${[...failures].map(([why, n]) => `${n} × ${why}`).join(', ') || 'none'}`)
console.log(`faults reported by the rider's client: ${rider.faults.length}`)
for (const fault of rider.faults.slice(0, 5)) console.log(`  ${fault}`)
console.log('\nJavaScript, brotli 11, kB          all   first load   files')
for (const [app, { allKb, firstKb, files }] of Object.entries(apps))
  console.log(
    `  ${app.padEnd(28)} ${String(allKb).padStart(7)} ${String(firstKb).padStart(12)} ${String(files).padStart(7)}`,
  )

const whole = (list: readonly number[], q: number) => {
  const figure = quantile(list, q)
  return figure === null ? null : Math.round(figure)
}
await demo.stop()
if (values.state === undefined) rmSync(state, { recursive: true, force: true })
console.log(
  JSON.stringify({
    firstOfferP50Ms: whole(figures.firstOffer, 0.5),
    fiveOffersP50Ms: whole(figures.fiveOffers, 0.5),
    heldP50Ms: whole(figures.held, 0.5),
    heldP95Ms: whole(figures.held, 0.95),
    rides: figures.held.length,
    riderJsKb: apps.rider!.allKb,
    driverJsKb: apps.driver!.allKb,
    authorityJsKb: apps.authority!.allKb,
  }),
)
process.exit(0)
