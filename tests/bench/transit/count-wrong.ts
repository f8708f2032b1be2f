import { dayView } from '@hexhail/transit/search/day-view.ts'
import type { Query } from '@hexhail/transit/search/query.ts'
import { Searcher } from '@hexhail/transit/search/searcher.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { seeded } from '../../unit/streets/grid-town.ts'
import { connectionScan } from './connection-scan.ts'
import { questions } from './questions.ts'
import { DAY } from './time-searches.ts'

const HORIZON_S = 4 * 3600
/** More lines than any earliest journey of a city takes: the scan counts none. */
const MAX_RIDES = 12

/** What was compared with the connection scan, and how much of it was not the same. */
export interface Compared {
  readonly compared: number
  readonly wrong: number
  readonly first: string | null
}

/** Earliest arrivals of so many questions between stops, and of each departure in so many windows. */
export function countWrong(timetable: Timetable, seed: number, stops: number, windows: number): Compared {
  const asked = questions(timetable, seeded(seed), stops, windows)
  const searcher = new Searcher(dayView(timetable, DAY))
  const scan = connectionScan(timetable, DAY)
  let [compared, wrong] = [0, 0]
  let first: string | null = null
  const check = (query: Query): void => {
    const { departS, windowS = 0 } = query
    const found = searcher.search({ ...query, maxRides: MAX_RIDES, horizonS: HORIZON_S })
    for (let at = departS + windowS; at >= departS; at -= 60) {
      const ours = Math.min(...found.filter(each => each.gridS >= at).map(each => each.arriveS))
      const latestS = departS + windowS + HORIZON_S
      const theirs = scan(query, at)
      compared++
      if (ours === theirs || (theirs > latestS && ours === Number.POSITIVE_INFINITY)) continue
      wrong++
      first ??= `leaving at ${at}: ${ours}, and ${theirs} by the scan`
    }
  }
  for (const { query } of asked.stops) check(query)
  for (const query of asked.windows) check(query)
  return { compared, wrong, first }
}
