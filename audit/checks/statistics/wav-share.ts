import type { StatisticCheck } from '../check.ts'
import type { TripColumns } from '../trip-columns.ts'
import { addTo, compareShares, type Sums } from './intervals.ts'
import { drivenRows, pickupOf } from './row-names.ts'

/** Bit of a wheelchair in REQUEST.needs. */
const WHEELCHAIR = 1

/** A1: how often who asked for room for a wheelchair was driven by a car that has it, by zone. */
export const wavShare: StatisticCheck = {
  id: 'A1',
  name: 'access.wav_share',
  kind: 'metric',
  scope: 'table',
  says: 'Share of trips asked for with a wheelchair that an accessible car drove, by zone of the pickup.',
  measure: 'share of trips',
  needs: [],
  estimate(t) {
    const sums = new Map<string, Sums>()
    for (const row of drivenRows(t))
      if ((t.needs[row]! & WHEELCHAIR) !== 0)
        addTo(sums, pickupOf(t, row), (t.served[row]! & WHEELCHAIR) === 0 ? 0 : 1)
    return compareShares(sums)
  },
}

/** Response times of a zone in a month: seconds from asking to the car's arrival below which 10, 20 … 90 % lie. */
export interface Response {
  readonly cell: string
  /** `2026-11`, UTC. */
  readonly month: string
  readonly isWav: boolean
  readonly count: number
  readonly decilesS: readonly number[]
}

/** Response times by zone, month and whether a wheelchair was asked for; as the CPUC's Access for All reports have them. */
export function responseDeciles(t: TripColumns): readonly Response[] {
  const waits = new Map<string, number[]>()
  for (const row of drivenRows(t)) {
    const waitS = t.arrivedAtS[row]! - t.requestedAtS[row]!
    if (t.requestedAtS[row] === 0 || !(waitS >= 0)) continue
    const month = new Date(t.requestedAtS[row]! * 1_000).toISOString().slice(0, 7)
    const key = `${pickupOf(t, row)} ${month} ${t.needs[row]! & WHEELCHAIR}`
    const found = waits.get(key)
    if (found === undefined) waits.set(key, [waitS])
    else found.push(waitS)
  }
  return [...waits]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => {
      const [cell, month, wav] = key.split(' ') as [string, string, string]
      const sorted = Float64Array.from(values).sort()
      const decilesS = Array.from(
        { length: 9 },
        (_, d) => sorted[Math.floor(((d + 1) * (sorted.length - 1)) / 10)]!,
      )
      return { cell, month, isWav: wav === '1', count: values.length, decilesS }
    })
}
