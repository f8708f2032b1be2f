import type { Ledger } from '../ledger.ts'
import { weekNumber } from '../periods.ts'
import { floorNumber, payNumber } from '../proofs/wage-floor.ts'
import type { TripColumns } from '../trip-columns.ts'
import { drivenRows, driverOf } from './row-names.ts'

/** What a driver did and got in a week, from Monday by the tariff's clock (UTC without a document). */
export interface DriverWeek {
  readonly driver: string
  /** Weeks since the one of 1969-12-29. */
  readonly week: number
  readonly trips: number
  readonly metres: number
  /** From the word given to the rider's leaving, seconds. */
  readonly engagedS: number
  /** What he kept, tips and tolls apart, minor units. */
  readonly pay: number
  readonly tips: number
  /** Floors of the trips together, minor units; null where the tariff has none. */
  readonly floor: number | null
}

/** Weeks of all drivers, the newest first and the most paid first in each. */
export function driverWeeks(t: TripColumns, ledger: Ledger): readonly DriverWeek[] {
  const weeks = new Map<string, { -readonly [K in keyof DriverWeek]: DriverWeek[K] }>()
  for (const row of drivenRows(t)) {
    const document = ledger.tariff(t.tariff[row]!)?.document ?? null
    const startedS = Math.floor(t.startedAtS[row]!)
    const week = document ? weekNumber(document, startedS) : Math.floor((startedS / 86_400 + 3) / 7)
    const driver = driverOf(t, row)
    const key = `${driver} ${week}`
    let sum = weeks.get(key)
    if (!sum) {
      sum = { driver, week, trips: 0, metres: 0, engagedS: 0, pay: 0, tips: 0, floor: null }
      weeks.set(key, sum)
    }
    sum.trips++
    sum.metres += t.metres[row]!
    sum.engagedS += Math.max(0, t.finishedAtS[row]! - (t.acceptedAtS[row]! || t.startedAtS[row]!))
    sum.pay += payNumber(t, row)
    sum.tips += t.paidTip[row]!
    if (document && document.wage.per !== 'none') sum.floor = (sum.floor ?? 0) + floorNumber(document, t, row)
  }
  return [...weeks.values()].sort(
    (a, b) => b.week - a.week || b.pay - a.pay || (a.driver < b.driver ? -1 : 1),
  )
}

/** Midnight UTC of a week's Monday, unix ms. */
export const mondayMs = (week: number): number => (week * 7 - 3) * 86_400_000
