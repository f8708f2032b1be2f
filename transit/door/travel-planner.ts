import type { City } from '@hexhail/streets/city.ts'
import type { Router } from '@hexhail/streets/router.ts'
import { fareOfLines, lineFares } from '../fares/line-fares.ts'
import { type DayView, dayView } from '../search/day-view.ts'
import { type LateTrip, layDelays } from '../search/delays.ts'
import { planDoorToDoor } from '../search/plan-door-to-door.ts'
import type { Steps } from '../search/query.ts'
import { Searcher } from '../search/searcher.ts'
import { serviceClock } from '../search/service-clock.ts'
import type { Timetable, TimetableInfo } from '../timetable/timetable.ts'
import { cityWays } from './city-ways.ts'
import { type LineTimes, lineTimes } from './line-times.ts'
import { pickPlans } from './pick-plans.ts'
import { queryWays } from './query-ways.ts'
import { type Teller, tellPlan } from './tell-plan.ts'
import type { LineRef, TravelPlan, TravelQuery } from './travel-plan.ts'

/** Plans over a city's streets and its timetable. */
export interface TravelPlanner {
  readonly info: TimetableInfo
  /** Some plans of each mode (`pickPlans`), earlier arrivals first. */
  plan(query: TravelQuery): TravelPlan[]
  /** News that holds from now on, in place of that before. */
  setDelays(news: readonly LateTrip[]): void
  /** When trips are expected now; null of those that the timetable does not have. */
  lineTimes(refs: readonly LineRef[]): (LineTimes | null)[]
}

/** Departures that are looked through, seconds, and the least time to change lines. */
const WINDOW_S = 2700
const CHANGE_S = 60
/** The car is at the stop so long before its line leaves, and waits so long after it comes at the latest. */
export const MEET_S = { before: 180, after: 120 } as const
/** Walks count in steps of so many metres, rides in sixths of what a ride all the way costs. */
const WALK: Steps = { size: 400, most: 4 }
const CYCLE: Steps = { size: 2000, most: 4 }
const MONEY_STEPS = 6
const LINES = 4
/** Views of days that are kept: today with and without needs, and a day that is planned ahead. */
const VIEWS = 3

/** Makes the planner. A day's first question takes its view: tens of milliseconds. */
export function createTravelPlanner(city: City, router: Router, timetable: Timetable): TravelPlanner {
  const clock = serviceClock(timetable.info.timezone)
  const streets = cityWays(city, router, timetable)
  const priced = lineFares(timetable)
  const searchers = new Map<string, Searcher>()
  let news: readonly LateTrip[] = []

  const searcherOf = (day: number, { wheelchair, bicycle }: TravelQuery): Searcher => {
    const key = `${day} ${wheelchair} ${bicycle}`
    let searcher = searchers.get(key)
    if (searcher === undefined) {
      const view: DayView = dayView(timetable, day, {
        ...(wheelchair && { wheelchair: 'open' }),
        ...(bicycle && { bikes: 'open' }),
      })
      layDelays(view, news)
      searcher = new Searcher(view)
      for (const oldest of [...searchers.keys()].slice(0, searchers.size - VIEWS + 1))
        searchers.delete(oldest)
    } else searchers.delete(key)
    searchers.set(key, searcher)
    return searcher
  }

  return {
    info: timetable.info,
    plan: query => {
      const { day, s: departS } = clock.at(query.departMs)
      const nowS = departS - Math.round((query.departMs - query.nowMs) / 1000)
      const ms = (s: number): number => clock.ms(day, s)
      const faresOf: Teller['faresOf'] = lines => priced(lines, query.payer, ms)
      const { ways, doors, walkStops, rideStops, throughMoney } = queryWays(
        streets,
        timetable,
        query,
        // Lines whose price nobody told weigh nothing.
        lines => Number(fareOfLines(faresOf(lines)) ?? 0n),
      )
      const plans = planDoorToDoor(
        searcherOf(day - timetable.info.startDay, query),
        {
          ...{ nowS, departS, windowS: WINDOW_S, walkStops, rideStops, changeS: CHANGE_S, maxRides: LINES },
          ...{ bufferS: MEET_S.before, alightS: MEET_S.after, walk: query.bicycle ? CYCLE : WALK },
          money:
            throughMoney === null
              ? { size: 1, most: 0 }
              : { size: Math.max(1, throughMoney / MONEY_STEPS), most: MONEY_STEPS },
        },
        ways,
      )
      const teller = {
        ...{ city: streets, timetable, doors, own: query.bicycle ? ('cycle' as const) : ('walk' as const) },
        ...{ bufferS: MEET_S.before, alightS: MEET_S.after, ms, faresOf },
      }
      return pickPlans(plans).map(plan => tellPlan(plan, teller))
    },
    setDelays: next => {
      news = next
      for (const { view } of searchers.values()) layDelays(view, news)
    },
    lineTimes: refs => refs.map(ref => lineTimes(timetable, clock, news, ref)),
  }
}
