import type { StatisticCheck } from '../check.ts'
import { addTo, compareMeans, type Sums } from './intervals.ts'
import { drivenRows, driverOf } from './row-names.ts'

/** Shorter quotes say little: a metre at the kerb is a large part of them. */
const LEAST_M = 500

/** T2: the way driven against the shortest one, which the quote was made from, by driver. */
export const detour: StatisticCheck = {
  id: 'T2',
  name: 'trace.detour',
  kind: 'statistical',
  scope: 'table',
  says: "Length of the way driven over that of the quote's way by road, mean of a driver's trips.",
  measure: 'driven metres for a metre quoted',
  needs: [],
  estimate(t) {
    const sums = new Map<string, Sums>()
    for (const row of drivenRows(t))
      if (t.samples[row]! > 1 && t.quoteMetres[row]! >= LEAST_M)
        addTo(sums, driverOf(t, row), t.traceM[row]! / t.quoteMetres[row]!)
    return compareMeans(sums)
  },
}
