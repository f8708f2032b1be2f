import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import type { TariffDocument, TariffWindow } from '@hexhail/protocol/tariff-document.ts'
import type { MeterTrip } from '@hexhail/protocol/tariff-meter.ts'
import { cellToChildren, gridDisk, gridPathCells, latLngToCell } from 'h3-js'

/** Random whole numbers below `n`, always the same for a seed (mulberry32). */
export function below(seed: number): (n: number) => number {
  let a = seed
  return n => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}

type Below = ReturnType<typeof below>

const AREA = gridDisk(latLngToCell(-34.9, -56.16, 8), 2)
const PATCHES = AREA.map(cell => cellToChildren(cell, 9))

const pick = <T>(of: Below, from: readonly T[]): T => from[of(from.length)]!
const some = <T>(of: Below, most: number, make: (i: number) => T): T[] =>
  Array.from({ length: of(most + 1) }, (_, i) => make(i))

/** A document with everything in it, at random; not always one that lint would pass. */
export function anyDocument(of: Below): TariffDocument {
  const minBp = 1 + of(12_000)
  const zones = some(of, 3, i => ({
    id: `z${i}`,
    name: `Zone ${i}`,
    cells: some(of, 6, () => (of(2) ? pick(of, AREA) : pick(of, pick(of, PATCHES)))),
    pickup: of(2) * of(500),
    dropoff: of(2) * of(500),
    through: of(2) * of(500),
    multBp: of(2) ? 10_000 : 5_000 + of(15_000),
    beneficiary: 'City',
  }))
  return {
    ...DEMO_DOCUMENT,
    meter: of(2) ? 'S' : 'D',
    holidays: ['2026-06-03', '2026-06-19'],
    classes: ['a', 'b'].map(id => ({
      id,
      name: id,
      flag: of(1_000),
      minimum: of(2) * of(2_000),
      perKm: of(2) * of(800),
      sectionM: of(2) * of(20_000),
      perKmBeyond: of(800),
      perMin: of(2) * of(200),
      unit: {
        metres: of(2) * (1 + of(900)),
        secs: of(2) * (1 + of(120)),
        amount: of(150),
        counts: of(2) ? 'begun' : 'full',
      },
      changeoverMh: of(40_000),
      waitPerMin: of(200),
      freeWaitS: of(600),
      pooledBp: 3_000 + of(9_000),
      isWav: id === 'b',
    })),
    periods: some(of, 3, i => ({ id: `p${i}`, ...anyWindow(of), multBp: 4_000 + of(20_000) })),
    zones,
    levies: some(of, 4, i => ({
      id: `l${i}`,
      beneficiary: 'City',
      payer: of(2) ? 'rider' : 'fare',
      amount: of(2) * of(300),
      bp: of(2) * of(500),
      when: some(of, 1, () => anyWindow(of)),
      where: {
        zones: zones.filter(() => of(2)).map(zone => zone.id),
        at: pick(of, ['touch', 'pickup', 'dropoff']),
      },
      propulsion: of(2) ? [] : ['combustion'],
    })),
    tolls: some(of, 2, i => ({
      id: `t${i}`,
      name: `Toll ${i}`,
      gantries: some(of, 4, () => {
        const from = pick(of, pick(of, PATCHES))
        return { from, to: pick(of, gridDisk(from, 1).slice(1)) }
      }),
      amount: of(400),
      beneficiary: 'Roads',
    })),
    chargesMost: of(2) * of(1_500),
    access: { perTrip: of(2) * of(50), beneficiary: 'Fund', wavNoExtra: true },
    upfront: { isAllowed: of(2) === 1, toleranceBp: 0, minBp, maxBp: minBp + of(20_000) },
    concessions: [
      {
        id: 'half',
        vct: 'x',
        category: 'student',
        bp: of(10_001),
        most: of(2) * of(500),
        borneBy: 'authority',
      },
    ],
    caps: { day: of(2) * of(3_000), week: of(2) * of(9_000) },
    transfers: [{ from: 'a', to: 'b', windowS: 3_600, discount: of(600), most: 1 + of(2) }],
    rounding: { step: of(100), mode: pick(of, ['none', 'half-up', 'up', 'down']) },
  }
}

function anyWindow(of: Below): TariffWindow {
  return {
    days: [1, 2, 3, 4, 5, 6, 7].filter(() => of(4) > 0),
    fromMin: of(1_440),
    toMin: of(1_441),
    holidays: pick(of, ['any', 'never', 'only']),
  }
}

/** A trip at random through the area of the documents, in the June of 2026. */
export function anyTrip(of: Below, places = true): MeterTrip {
  const start = 1_780_282_800 + of(30 * 86_400)
  const isFar = of(50) === 0
  return {
    class: of(2) ? 'a' : 'b',
    startedAtS: start,
    segments: some(of, 6, () => ({ metres: of(isFar ? 2 ** 28 : 4_000), secs: of(isFar ? 2 ** 28 : 600) })),
    waitS: of(1_500),
    ...(of(2) && { bp: 1 + of(65_535) }),
    ...(places && of(4) && { path: joined(some(of, 6, () => pick(of, pick(of, PATCHES))).flatMap(walk)) }),
    ...(of(2) && { propulsion: of(2) ? 'combustion' : 'electric' }),
    ...(of(4) === 0 && { isPooled: true }),
    ...(of(3) === 0 && { concession: 'half' }),
    ...(of(3) === 0 && {
      before: {
        paidToday: BigInt(of(40_000_000)),
        paidThisWeek: BigInt(of(100_000_000)),
        last: of(2) ? { class: 'a', paidAtS: start - of(5_000), transfers: of(3) } : null,
      },
    }),
  }
}

/** A cell and back over each of its borders, so that gantries are met. */
const walk = (cell: string): string[] =>
  gridDisk(cell, 1)
    .slice(1, 4)
    .flatMap(next => [cell, next])

/** Without leaps: each cell a neighbour of the one before. */
const joined = (path: readonly string[]): string[] =>
  path.flatMap((cell, i) => (i === 0 ? [cell] : gridPathCells(path[i - 1]!, cell).slice(1)))
