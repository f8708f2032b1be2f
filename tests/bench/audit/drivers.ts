import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { withFare } from './frauds.ts'
import type { MadeTrip } from './honest-trip.ts'
import type { Random } from './random.ts'
import type { Seed } from './seed.ts'
import { account, hexOf, MONTH_S, named, type Registers, TOWNS, type Town } from './world.ts'

/** Who drives in a town. */
export interface Driver {
  readonly name: string
  readonly town: Town
  readonly account: `0x${string}`
  readonly isWav: boolean
  readonly propulsion: number
  restsOn: number
  isSuspendable: boolean
  poorWeek: number
}

/** A driver with a permit and a car. */
export function newDriver(i: number, random: Random, { permits, vehicles }: Registers): Driver {
  const name = `driver ${i}`
  let draw = random()
  const town = i < TOWNS.length ? TOWNS[i]! : TOWNS.find(each => (draw -= each.share) < 0)!
  const driver = {
    ...{
      name,
      town,
      account: account(name),
      isWav: random() < 0.1,
      propulsion: 1 + Math.floor(random() * 4),
    },
    ...{ restsOn: -1, isSuspendable: true, poorWeek: -1 },
  }
  const always = { fromS: MONTH_S - 10 ** 7, untilS: MONTH_S + 10 ** 8 }
  permits.push({
    authority: town.authority,
    driver: driver.account,
    credential: hexOf(named(`permit ${name}`)),
    ...always,
  })
  vehicles.push({
    authority: town.authority,
    credential: hexOf(named(`car ${name}`)),
    classes: null,
    ...always,
  })
  vehicles.push({
    ...{ authority: town.authority, credential: hexOf(named(`old car ${driver.account}`)), classes: null },
    ...{ fromS: 0, untilS: MONTH_S - 86_400 },
  })
  return driver
}

/** One driver's day: trips one after the other, numbers without gaps, some of them void. */

/** Week of a day of the month, from Monday. */
export const weekOf = (day: number): number => Math.floor((day + 6) / 7) // the month begins on a Sunday
const seedsOfWeeks = new WeakMap<Driver, Map<number, Seed>>()

/** The seed of a driver's week in which every fare is far too low. */
export function weekSeed(driver: Driver, day: number): Seed | null {
  if (driver.poorWeek !== weekOf(day)) return null
  const weeks = seedsOfWeeks.get(driver) ?? new Map<number, Seed>()
  seedsOfWeeks.set(driver, weeks)
  const seed = weeks.get(weekOf(day)) ?? { kind: 'pay below the floor of a week', check: 'W1', rows: [] }
  weeks.set(weekOf(day), seed)
  return seed
}

export function poorly(trip: MadeTrip): TripRecord {
  const { record } = trip
  if (record.startedAtMs === 0) return record
  const fare = record.fare / 4n
  return { ...withFare(trip, record, fare), wait: 0n, waived: record.waived + fare - record.fare }
}

const SUSPENDED_H = [9, 12] as const

/** Splits a driver's permit so that it does not stand for three hours of a day. */
export function suspend(driver: Driver, day: number, { permits }: Registers): void {
  driver.isSuspendable = false
  const i = permits.findIndex(each => each.driver === driver.account)
  const span = permits[i]!
  const [from, until] = SUSPENDED_H.map(hour => MONTH_S + day * 86_400 + hour * 3_600) as [number, number]
  permits.splice(i, 1, { ...span, untilS: from }, { ...span, fromS: until })
}

export function isAway({ record }: MadeTrip, day: number): boolean {
  const s = record.acceptedAtMs / 1_000 - MONTH_S - day * 86_400
  return s >= SUSPENDED_H[0] * 3_600 && s < SUSPENDED_H[1] * 3_600
}
