import type { StatisticCheck } from '../check.ts'
import type { TripColumns } from '../trip-columns.ts'
import { addTo, compareMeans, type Sums } from './intervals.ts'
import { drivenRows, pickupOf } from './row-names.ts'

/** E1: how long riders wait for the car, by zone of the pickup, against all other zones. */
export const equityWait: StatisticCheck = {
  id: 'E1',
  name: 'equity.wait',
  kind: 'statistical',
  scope: 'table',
  says: 'Mean time from asking to the arrival of the car, by zone of the pickup.',
  measure: 'seconds',
  needs: [],
  estimate: t => compareMeans(waitsByZone(t)),
}

/** Waits for the car by zone of the pickup. */
export function waitsByZone(t: TripColumns): ReadonlyMap<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const row of drivenRows(t)) {
    const waitS = t.arrivedAtS[row]! - t.requestedAtS[row]!
    if (t.requestedAtS[row]! > 0 && waitS >= 0) addTo(sums, pickupOf(t, row), waitS)
  }
  return sums
}
