import type { Estimate, StatisticCheck } from '../check.ts'
import type { TripColumns } from '../trip-columns.ts'
import { addTo, compareShares, ranked, type Sums, wilson } from './intervals.ts'
import { drivenRows, driverOf, riderOf } from './row-names.ts'

/** A way shorter than this is no ride. Metres. */
const STILL_M = 100
/** A pair that meets less often says nothing. */
const LEAST_PAIR = 5

/** T4: trips that may not have been: cars that stood still, and the same two again and again. */
export const phantom: StatisticCheck = {
  id: 'T4',
  name: 'trace.phantom',
  kind: 'statistical',
  scope: 'table',
  says: "Share of a driver's trips in which the car hardly moved; pairs of a rider and a driver who meet too often.",
  measure: 'share of trips',
  needs: [],
  estimate: t => [...stillCars(t), ...repeatedPairs(t)],
}

function stillCars(t: TripColumns): Estimate[] {
  const sums = new Map<string, Sums>()
  for (const row of drivenRows(t))
    if (t.metres[row]! > STILL_M && t.samples[row]! > 1)
      addTo(sums, driverOf(t, row), t.traceM[row]! < STILL_M ? 1 : 0)
  return compareShares(sums)
}

/** A rider's share of trips with one driver, against what it would be by luck. */
function repeatedPairs(t: TripColumns): Estimate[] {
  const pairs = new Map<string, number>()
  const riders = new Map<string, number>()
  const drivers = new Map<string, number>()
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  let all = 0
  for (const row of drivenRows(t)) {
    const [rider, driver] = [riderOf(t, row), driverOf(t, row)]
    count(riders, rider)
    count(drivers, driver)
    count(pairs, `${rider} ${driver}`)
    all++
  }
  const often = [...pairs].filter(([, met]) => met >= LEAST_PAIR)
  return ranked(
    often.map(([subject, met]) => {
      const [rider, driver] = subject.split(' ') as [string, string]
      const trips = riders.get(rider)!
      const baseline = drivers.get(driver)! / all
      const [low, high] = wilson(met, trips)
      return {
        subject,
        value: met / trips,
        low,
        high,
        count: trips,
        baseline,
        p: atLeast(met, trips * baseline),
      }
    }),
  )
}

/** Chance of `met` or more of something that is expected `mean` times (Poisson). */
export function atLeast(met: number, mean: number): number {
  let term = Math.exp(-mean)
  let below = 0
  for (let k = 0; k < met; k++) {
    below += term
    term *= mean / (k + 1)
  }
  let above = 0
  for (let k = met; term > 1e-300 && k < met + 1_000; k++) {
    above += term
    term *= mean / (k + 1)
  }
  return below < 0.5 ? 1 - below : above
}
