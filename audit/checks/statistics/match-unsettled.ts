import type { StatisticCheck } from '../check.ts'
import { addTo, compareShares, type Sums } from './intervals.ts'

/** C5: matches heard on gossip that were never settled nor cancelled, by driver: cash trips off the record, or dead ends. */
export const matchUnsettled: StatisticCheck = {
  id: 'C5',
  name: 'match.unsettled',
  kind: 'statistical',
  scope: 'table',
  says: 'Share of the matches of a driver that were neither settled nor cancelled.',
  measure: 'share of matches',
  needs: ['matches'],
  estimate(_, { matches }) {
    const sums = new Map<string, Sums>()
    for (const { driver, ended } of matches ?? [])
      addTo(sums, driver.toLowerCase(), ended === 'never' ? 1 : 0)
    return compareShares(sums)
  },
}
