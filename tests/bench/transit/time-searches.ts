import { dayView } from '@hexhail/transit/search/day-view.ts'
import type { Query } from '@hexhail/transit/search/query.ts'
import { Searcher } from '@hexhail/transit/search/searcher.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { seeded } from '../../unit/streets/grid-town.ts'
import { questions, withSteps } from './questions.ts'

/** Milliseconds of each question, in the order they were asked, and how many journeys they gave. */
export interface Times {
  readonly ms: readonly number[]
  readonly journeys: number
}

/** What is timed, in Node and in Chromium. */
export interface SearchTimes {
  readonly viewMs: number
  readonly search: Times
  readonly window: Times
  readonly stepsWindow: Times
}

/** A Thursday. */
export const DAY = 35

/** Times the searcher by a clock in milliseconds; a part of the questions is asked once before. */
export function timeSearches(timetable: Timetable, seed: number, now: () => number): SearchTimes {
  const asked = questions(timetable, seeded(seed), 1000, 200)
  const before = now()
  const searcher = new Searcher(dayView(timetable, DAY))
  const viewMs = now() - before
  const time = (queries: readonly Query[]): Times => {
    for (const query of queries.slice(0, Math.ceil(queries.length / 4))) searcher.search(query)
    let journeys = 0
    const ms = queries.map(query => {
      const start = now()
      journeys += searcher.search(query).length
      return now() - start
    })
    return { ms, journeys }
  }
  return {
    viewMs,
    search: time(asked.stops.map(({ query }) => query)),
    window: time(asked.windows),
    stepsWindow: time(asked.windows.slice(0, 100).map(withSteps)),
  }
}
