import type { StatisticCheck } from '../check.ts'
import { addTo, compareShares, type Sums } from './intervals.ts'

/** A2: requests that nobody served, by zone, hour of the day (UTC) and whether a wheelchair was asked for. */
export const requestUnmet: StatisticCheck = {
  id: 'A2',
  name: 'access.request_unmet',
  kind: 'metric',
  scope: 'table',
  says: 'Share of the requests of a zone, an hour and a kind that were not served.',
  measure: 'share of requests',
  needs: ['requests'],
  estimate(_, { requests }) {
    const sums = new Map<string, Sums>()
    for (const { cell, atS, isWav, isServed } of requests ?? []) {
      const hour = String(new Date(atS * 1_000).getUTCHours()).padStart(2, '0')
      addTo(sums, `${cell} ${hour}h ${isWav ? 'wheelchair' : 'plain'}`, isServed ? 0 : 1)
    }
    return compareShares(sums)
  },
}
