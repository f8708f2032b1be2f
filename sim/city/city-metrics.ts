import type { SimDriver, World } from './world.ts'

/** What a run came to; percents of 100, seconds. */
export interface CityMetrics {
  readonly requests: number
  readonly servedPct: number
  /** From the first driver to the pickup. */
  readonly pickupS: number
  readonly pickupP90S: number
  /** From asking to the pickup. */
  readonly waitS: number
  readonly waitP90S: number
  /** Waits by each twentieth of those served, from the least to the most. */
  readonly waitsS: readonly number[]
  /** Of driven time. */
  readonly emptyPct: number
  readonly gini: number
  /** Mean income of drivers who claim too much, and of the others, minor units. */
  readonly liarIncome: number
  readonly honestIncome: number
  /** What honest drivers lose of their fares by coming late, percent. */
  readonly lateLossPct: number
  readonly doubleBookings: number
}

/** Figures of riders who asked within the measured time. */
export function cityMetrics({ scenario, riders, drivers, doubleBookings }: World): CityMetrics {
  const [fromMs, untilMs] = [1000 * scenario.measure.warmupS, 1000 * scenario.measure.untilS - 600_000]
  const asked = riders.filter(({ bornMs }) => bornMs >= fromMs && bornMs < Math.max(untilMs, fromMs + 1))
  const served = asked.filter(({ pickedMs }) => pickedMs !== -1)
  const pickups = served.map(({ pickedMs, givenMs }) => (pickedMs - givenMs) / 1000).sort((a, b) => a - b)
  const waits = served.map(({ pickedMs, bornMs }) => (pickedMs - bornMs) / 1000).sort((a, b) => a - b)
  const empty = drivers.reduce((sum, { emptyMs }) => sum + emptyMs, 0)
  const ride = drivers.reduce((sum, { rideMs }) => sum + rideMs, 0)
  const income = (isLiar: boolean): number =>
    mean(drivers.filter(({ claim }) => (claim !== 1000) === isLiar).map(d => Number(d.income)))
  return {
    requests: asked.length,
    servedPct: (100 * served.length) / Math.max(1, asked.length),
    pickupS: mean(pickups),
    pickupP90S: pickups[Math.floor(pickups.length * 0.9)] ?? 0,
    waitS: mean(waits),
    waitP90S: waits[Math.floor(waits.length * 0.9)] ?? 0,
    waitsS: Array.from({ length: 21 }, (_, i) => waits[Math.floor(((waits.length - 1) * i) / 20)] ?? 0),
    emptyPct: (100 * empty) / Math.max(1, empty + ride),
    gini: gini(drivers.map(d => Number(d.income))),
    liarIncome: income(true),
    honestIncome: income(false),
    lateLossPct: lossPct(drivers.filter(({ claim }) => claim === 1000)),
    doubleBookings,
  }
}

const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((sum, n) => sum + n, 0) / list.length

/** What was deducted, of all fares. */
function lossPct(drivers: readonly SimDriver[]): number {
  const lost = drivers.reduce((sum, { deducted }) => sum + deducted, 0n)
  const income = drivers.reduce((sum, driver) => sum + driver.income, 0n)
  return (100 * Number(lost)) / Math.max(1, Number(lost + income))
}

/** 0: all the same; 1: one has all. */
function gini(incomes: readonly number[]): number {
  const sorted = incomes.toSorted((a, b) => a - b)
  const total = sorted.reduce((sum, n) => sum + n, 0)
  const ranked = sorted.reduce((sum, n, i) => sum + (2 * (i + 1) - sorted.length - 1) * n, 0)
  return total === 0 ? 0 : ranked / (sorted.length * total)
}
