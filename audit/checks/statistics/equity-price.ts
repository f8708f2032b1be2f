import type { StatisticCheck } from '../check.ts'
import { addTo, compareMeans, type Sums } from './intervals.ts'
import { drivenRows, pickupOf } from './row-names.ts'

/** Below this the minimum fare says all. Metres. */
const LEAST_M = 500

/** E2: what a kilometre costs, by zone of the pickup, against all other zones. */
export const equityPrice: StatisticCheck = {
  id: 'E2',
  name: 'equity.price',
  kind: 'statistical',
  scope: 'table',
  says: 'Mean fare for a kilometre, by zone of the pickup.',
  measure: 'minor units a kilometre',
  needs: [],
  estimate(t) {
    const sums = new Map<string, Sums>()
    for (const row of drivenRows(t))
      if (t.metres[row]! >= LEAST_M)
        addTo(sums, pickupOf(t, row), (t.paidFare[row]! * 1_000) / t.metres[row]!)
    return compareMeans(sums)
  },
}
