/** Writes tests/vectors/tariffs/{demo,montevideo,nyc,poa}.json: `node tests/vectors/tariffs/make-tariffs.ts`. Amounts by the oracle. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import { tariffHash } from '@hexhail/protocol/tariff-document.ts'
import type { MeterTrip } from '@hexhail/protocol/tariff-meter.ts'
import { cellToChildren } from 'h3-js'
import { GOLDEN, PLACES } from './documents.ts'
import { oracle } from './meter-oracle.ts'

/** Names of the golden tariffs. */
export type GoldenName = keyof typeof GOLDEN

/** Whose tariffs the vectors are. */
const AUTHORITY = `0x${'a1'.repeat(20)}` as const

const at = (iso: string): number => Date.parse(iso) / 1_000
const inside = (cells: readonly string[], i = 0): string => cellToChildren(cells[i]!, 9)[0]!
const OUTSIDE = '892a1072b5bffff' // Brooklyn
const [TUNNEL, TUNNEL_IN] = PLACES.tunnel

type Trips = readonly (readonly [about: string, trip: MeterTrip])[]

const DEMO: Trips = [
  ['the minimum', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: [{ metres: 400, secs: 60 }], waitS: 0 }],
  ['by day', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 119 }],
  ['a minute before the night', { class: 'car', startedAtS: at('2026-06-02T21:59:59-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 121 }],
  ['at night', { class: 'car', startedAtS: at('2026-06-02T22:00:00-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 600 }],
  ['agreed before', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 0, bp: 9_000 }],
  ['a factor above the bounds', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 0, bp: 20_000 }],
  ['pooled', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: [{ metres: 5_237, secs: 851 }], waitS: 0, isPooled: true }],
  ['to the end of the world', { class: 'car', startedAtS: at('2026-06-02T05:59:59-03:00'), segments: [{ metres: 4_294_967_295, secs: 4_294_967_295 }], waitS: 4_294_967_295 }],
]

const LONG = [{ metres: 19_400, secs: 1_820 }]
const CENTRE = '89c2f1cc82bffff'
const MONTEVIDEO: Trips = [
  ['in the city', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: LONG, waitS: 0, path: [CENTRE] }],
  ['to the airport', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: LONG, waitS: 0, path: [CENTRE, inside(PLACES.carrasco)] }],
  ['from the airport at night', { class: 'car', startedAtS: at('2026-06-02T23:10:00-03:00'), segments: LONG, waitS: 300, path: [inside(PLACES.carrasco, 3), CENTRE] }],
  ['past the airport', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: LONG, waitS: 0, path: [CENTRE, inside(PLACES.carrasco, 2), CENTRE] }],
  ['from the airport to the airport', { class: 'car', startedAtS: at('2026-06-02T12:00:00-03:00'), segments: LONG, waitS: 0, path: [inside(PLACES.carrasco), inside(PLACES.carrasco, 1)] }],
]

const RIDE = [
  { metres: 3_220, secs: 400 }, // 29 km/h: ten steps of distance
  { metres: 250, secs: 240 }, // crawling: four steps of time
  { metres: 0, secs: 30 },
]
const NYC: Trips = [
  ['noon, outside', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: RIDE, waitS: 0, path: [OUTSIDE] }],
  ['no place is known', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: RIDE, waitS: 0 }],
  ['one metre', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: [{ metres: 1, secs: 0 }], waitS: 0 }],
  ['just at the changeover', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: [{ metres: 19_312, secs: 3_600 }], waitS: 0 }],
  ['just below it', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: [{ metres: 19_311, secs: 3_600 }], waitS: 0 }],
  ['night in the core', { class: 'taxi', startedAtS: at('2026-06-02T23:00:00-04:00'), segments: RIDE, waitS: 0, path: [inside(PLACES.core), inside(PLACES.core, 1)], propulsion: 'combustion' }],
  ['past midnight', { class: 'taxi', startedAtS: at('2026-06-03T05:59:59-04:00'), segments: RIDE, waitS: 0 }],
  ['rush hour, electric, into the core', { class: 'taxi', startedAtS: at('2026-06-02T17:30:00-04:00'), segments: RIDE, waitS: 90, path: [OUTSIDE, inside(PLACES.core)], propulsion: 'electric' }],
  ['rush hour of a holiday', { class: 'taxi', startedAtS: at('2026-07-03T17:30:00-04:00'), segments: RIDE, waitS: 0 }],
  ['rush hour in winter time', { class: 'taxi', startedAtS: at('2026-11-23T16:00:00-05:00'), segments: RIDE, waitS: 0 }],
  ['from the airport through the tunnel', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: RIDE, waitS: 0, path: [inside(PLACES.airport), OUTSIDE, TUNNEL, TUNNEL_IN], propulsion: 'combustion' }],
  ['the tunnel from its other end', { class: 'taxi', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: RIDE, waitS: 0, path: [TUNNEL_IN, TUNNEL] }],
  ['charges above the most', { class: 'taxi', startedAtS: at('2026-06-02T18:00:00-04:00'), segments: RIDE, waitS: 0, path: [inside(PLACES.airport), TUNNEL, TUNNEL_IN, TUNNEL, TUNNEL_IN, TUNNEL, TUNNEL_IN] }],
  ['wheelchair', { class: 'taxi-wav', startedAtS: at('2026-06-02T12:00:00-04:00'), segments: RIDE, waitS: 0 }],
]

const NOON = at('2026-06-02T12:00:00-03:00')
const ride = (of: string, more: Partial<MeterTrip> = {}): MeterTrip => ({
  class: of,
  startedAtS: NOON,
  segments: [{ metres: 8_000, secs: 1_500 }],
  waitS: 0,
  ...more,
})
const after = (last: string, agoS: number, transfers = 0, paid = 480): Partial<MeterTrip> => ({
  before: {
    paidToday: BigInt(paid) * 10_000n,
    paidThisWeek: BigInt(paid) * 10_000n,
    last: { class: last, paidAtS: NOON - agoS, transfers },
  },
})
const POA: Trips = [
  ['a bus', ride('bus')],
  ['a train', ride('rail')],
  ['bus to bus: 7.20 together', ride('bus', after('bus', 1_200))],
  ['train to bus: 8.37 together', ride('bus', after('rail', 3_600, 0, 450))],
  ['bus to train: 8.37 together', ride('rail', after('bus', 60))],
  ['too late for a change', ride('bus', after('bus', 3_601))],
  ['a second change', ride('bus', after('bus', 600, 1, 720))],
  ['train to train', ride('rail', after('rail', 600, 0, 450))],
  ['a student', ride('bus', { concession: 'student' })],
  ['a student who changes', ride('bus', { concession: 'student', ...after('rail', 600, 0, 225) })],
  ['a senior', ride('bus', { concession: 'senior' })],
  ['up to the cap of the day', ride('bus', after('bus', 9_000, 0, 1_500))],
  ['above the cap of the day', ride('rail', after('bus', 9_000, 0, 1_900))],
  [
    'up to the cap of the week',
    ride('bus', { before: { paidToday: 0n, paidThisWeek: 79_000_000n, last: null } }),
  ],
]

const TRIPS: Readonly<Record<GoldenName, Trips>> = { demo: DEMO, montevideo: MONTEVIDEO, nyc: NYC, poa: POA }

/** A golden file: the document with its hash, the chain's tariffs, and trips with their lines by `part/key/id`. */
export interface GoldenFile {
  readonly hash: string
  readonly document: (typeof GOLDEN)[GoldenName]
  readonly chain: readonly { readonly class: string; readonly tariff: object }[]
  readonly trips: readonly {
    readonly about: string
    readonly trip: MeterTrip
    readonly lines: Readonly<Record<string, string>>
    readonly total: string
  }[]
}

/** The text of a golden file; always the same. Amounts are decimal texts. */
export function goldenText(name: GoldenName): string {
  const document = GOLDEN[name]
  const file: GoldenFile = {
    hash: tariffHash(document),
    document,
    chain: document.classes.map(({ id }) => ({ class: id, tariff: chainTariff(document, id, AUTHORITY) })),
    trips: TRIPS[name].map(([about, trip]) => {
      const lines = oracle(document, trip)
      const total = Object.values(lines).reduce((a, b) => a + b, 0n)
      return { about, trip, lines: mapped(lines), total: String(total) }
    }),
  }
  return `${JSON.stringify(file, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)}\n`
}

const mapped = (lines: Readonly<Record<string, bigint>>) =>
  Object.fromEntries(Object.entries(lines).map(([key, amount]) => [key, String(amount)]))

const pathOf = (name: GoldenName): string => join(import.meta.dirname, `${name}.json`)

/** The committed file. */
export const committedGolden = (name: GoldenName): string => readFileSync(pathOf(name), 'utf8')

/** Trips of a golden file with their amounts as numbers again. */
export function goldenTrips(name: GoldenName): GoldenFile['trips'] {
  const { trips } = JSON.parse(committedGolden(name)) as GoldenFile
  return trips.map(each => ({ ...each, trip: revived(each.trip) }))
}

function revived(trip: MeterTrip): MeterTrip {
  const { before } = trip
  if (!before) return trip
  const paid = { paidToday: BigInt(before.paidToday), paidThisWeek: BigInt(before.paidThisWeek) }
  return { ...trip, before: { ...before, ...paid } }
}

if (import.meta.main)
  for (const name of Object.keys(GOLDEN) as GoldenName[]) {
    writeFileSync(pathOf(name), goldenText(name))
    console.log(`${pathOf(name)}: ${TRIPS[name].length} trips`)
  }
