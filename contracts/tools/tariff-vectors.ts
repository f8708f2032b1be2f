/** Writes tests/vectors/tariff.json: `node contracts/tools/tariff-vectors.ts`. Its own arithmetic, seeded. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './forge.ts'
import { goldenTariffs } from './golden-tariffs.ts'

/** Where the vectors are; TypeScript and Solidity tests read it. */
export const VECTORS = join(ROOT, 'tests', 'vectors', 'tariff.json')

/** Fields of a published tariff with the bits of each, in the order of the Solidity struct. */
export const FIELDS = {
  base: 24,
  perKm: 24,
  perMin: 24,
  minimum: 24,
  levyBps: 16,
  waitPerMin: 24,
  freeWaitS: 16,
  minBp: 16,
  maxBp: 16,
  nightFromMin: 16,
  nightToMin: 16,
  nightBp: 16,
  utcOffsetMin: 16,
  cancelGraceS: 16,
  cancelMin: 24,
  cancelMax: 24,
  cancelPerKm: 24,
  cancelPerMin: 24,
  cancelBp: 16,
  noShowWaitS: 16,
  noShowFee: 24,
  lateS: 16,
  sectionM: 32,
  perKmBeyond: 24,
  levyFlat: 24,
  tollMax: 24,
  roundTo: 16,
} as const

type Numbers = Record<keyof typeof FIELDS, number>

/** One trip under one tariff (an index into `tariffs`); amounts are minor units in decimal, since JSON has no bigint. */
export interface FareCase {
  readonly tariff: number
  readonly metres: number
  readonly secs: number
  readonly bp: number
  readonly waitSecs: number
  readonly approachM: number
  readonly elapsedS: number
  readonly fare: string
  readonly wait: string
  readonly levy: string
  readonly cancelFee: string
}

/** The file: columns, since forge reads an array of numbers but not an array of objects. */
export interface FareVectors {
  readonly unit: number
  readonly tariffs: { readonly [K in keyof Numbers]: readonly number[] }
  readonly cases: { readonly [K in keyof FareCase]: readonly FareCase[K][] }
}

const DEMO: Numbers = {
  base: 120,
  perKm: 95,
  perMin: 18,
  minimum: 250,
  levyBps: 300,
  waitPerMin: 25,
  freeWaitS: 120,
  minBp: 8_000,
  maxBp: 15_000,
  nightFromMin: 1_320,
  nightToMin: 360,
  nightBp: 12_000,
  utcOffsetMin: -180,
  cancelGraceS: 120,
  cancelMin: 100,
  cancelMax: 500,
  cancelPerKm: 80,
  cancelPerMin: 15,
  cancelBp: 3_000,
  noShowWaitS: 300,
  noShowFee: 400,
  lateS: 300,
  sectionM: 0,
  perKmBeyond: 0,
  levyFlat: 0,
  tollMax: 0,
  roundTo: 0,
}
const TOP: Numbers = {
  ...(Object.fromEntries(Object.entries(FIELDS).map(([k, bits]) => [k, 2 ** bits - 1])) as Numbers),
  levyBps: 2_000,
  utcOffsetMin: 840,
  nightFromMin: 0,
  nightToMin: 1_439,
}
const NOTHING: Numbers = {
  ...(Object.fromEntries(Object.keys(FIELDS).map(k => [k, 0])) as Numbers),
  minBp: 1,
  maxBp: 65_535,
}

/** All vectors; always the same. */
export function tariffVectors(): FareVectors {
  const random = generator(0x48657868)
  const below = (n: number) => Math.floor(random() * n)
  const some = (): Numbers => ({
    ...DEMO,
    base: below(2_000),
    perKm: below(1_000),
    perMin: below(300),
    minimum: below(1_500),
    levyBps: below(2_001),
    waitPerMin: below(200),
    freeWaitS: below(600),
    cancelMin: below(200),
    cancelMax: 200 + below(1_000),
    cancelPerKm: below(300),
    cancelPerMin: below(100),
    cancelBp: below(10_001),
    // Half of them with a far section, a levy a trip and rounding.
    ...(random() < 0.5
      ? {
          sectionM: 1 + below(20_000),
          perKmBeyond: below(1_000),
          levyFlat: below(200),
          tollMax: below(3_000),
          roundTo: below(101),
        }
      : {}),
  })
  const first = [DEMO, TOP, NOTHING, ...Array.from({ length: 9 }, some)]
  const golden = goldenTariffs(Object.keys(FIELDS) as (keyof Numbers)[])
  const tariffs = [...first, ...golden.map(each => each.tariff)]
  const inputs = edges().concat(
    Array.from({ length: 220 }, () => [
      below(first.length),
      below(random() < 0.1 ? 2 ** 32 : 60_000),
      below(random() < 0.1 ? 2 ** 32 : 7_200),
      8_000 + below(7_001),
      below(1_800),
      below(8_000),
      below(1_200),
    ]),
    golden.flatMap(({ trips }, i) => trips.map(trip => [first.length + i, ...trip])),
  )
  const cases = inputs.map(input => fareCase(tariffs, input as Input))
  const keys = Object.keys(cases[0]!) as (keyof FareCase)[]
  return {
    unit: 10_000,
    tariffs: Object.fromEntries(
      Object.keys(FIELDS).map(k => [k, tariffs.map(t => t[k as keyof Numbers])]),
    ) as unknown as FareVectors['tariffs'],
    cases: Object.fromEntries(keys.map(k => [k, cases.map(c => c[k])])) as unknown as FareVectors['cases'],
  }
}

type Input = [
  tariff: number,
  metres: number,
  secs: number,
  bp: number,
  waitSecs: number,
  approachM: number,
  elapsedS: number,
]

/** Where rounding and bounds bite: nothing, one, all bits, each side of the minimum and of the free wait. */
function edges(): number[][] {
  const most = 2 ** 32 - 1
  const trips: [number, number][] = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [999, 59],
    [1_000, 60],
    [1_001, 61],
    [1_368, 0],
    [1_369, 0],
    [0, 433],
    [0, 434],
    [most, most],
  ]
  const rest = [
    [10_000, 0, 0, 0],
    [1, 119, 0, 59],
    [9_999, 120, 999, 60],
    [10_001, 121, 1_250, 61],
    [15_000, 180, 8_000, 600],
    [65_535, most, most, most],
  ]
  return [0, 1, 2].flatMap(tariff =>
    trips.flatMap(([metres, secs], i) =>
      rest.filter((_, j) => tariff === 0 || (i + j) % 6 === 0).map(row => [tariff, metres, secs, ...row]),
    ),
  )
}

function fareCase(tariffs: readonly Numbers[], input: Input): FareCase {
  const [tariff, metres, secs, bp, waitSecs, approachM, elapsedS] = input
  const t = tariffs[tariff]!
  const n = (value: number) => BigInt(value)
  // In millionths of a metre-second of a unit, so that each result is one exact fraction, floored once.
  const exact = (perKm: number, m: number, perMin: number, s: number) =>
    n(perKm) * n(m) * 60n + n(perMin) * n(s) * 1_000n
  const far = t.sectionM > 0 && metres > t.sectionM ? metres - t.sectionM : 0
  const road = exact(t.perKm, metres - far, t.perMin, secs) + exact(t.perKmBeyond, far, 0, 0)
  const trip = ((n(t.base) * 60_000n + road) * 10_000n) / 60_000n
  const least = n(t.minimum) * 10_000n
  const plain = ((trip < least ? least : trip) * n(bp)) / 10_000n
  // The multiple of the step at or below it, and the next one from half a step on.
  const step = n(t.roundTo) * 10_000n
  const over = step > 0n ? plain % step : 0n
  const fare = plain - over + (step > 0n && over >= step - step / 2n ? step : 0n)
  const share = (fare * n(t.levyBps)) / 10_000n + n(t.levyFlat) * 10_000n
  const paidS = waitSecs > t.freeWaitS ? waitSecs - t.freeWaitS : 0
  const limits = [
    (exact(t.cancelPerKm, approachM, t.cancelPerMin, elapsedS) * 10_000n) / 60_000n,
    (fare * n(t.cancelBp)) / 10_000n,
    n(t.cancelMax) * 10_000n,
  ]
  const lowest = limits.reduce((a, b) => (b < a ? b : a))
  const floor = n(t.cancelMin) * 10_000n
  return {
    tariff,
    metres,
    secs,
    bp,
    waitSecs,
    approachM,
    elapsedS,
    fare: String(fare),
    wait: String((n(paidS) * n(t.waitPerMin) * 10_000n) / 60n),
    levy: String(share > fare ? fare : share),
    cancelFee: String(lowest < floor ? floor : lowest),
  }
}

/** mulberry32. */
function generator(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The file's text. */
export function vectorsText(): string {
  const { unit, tariffs, cases } = tariffVectors()
  const columns = (table: object) =>
    Object.entries(table)
      .map(([key, values]) => `    ${JSON.stringify(key)}: ${JSON.stringify(values)}`)
      .join(',\n')
  return `{\n  "unit": ${unit},\n  "tariffs": {\n${columns(tariffs)}\n  },\n  "cases": {\n${columns(cases)}\n  }\n}\n`
}

/** The committed file. */
export function committedVectors(): string {
  return readFileSync(VECTORS, 'utf8')
}

if (import.meta.main) {
  writeFileSync(VECTORS, vectorsText())
  console.log(`${VECTORS}: ${tariffVectors().cases.fare.length} fares`)
}
