import { dayView } from '@hexhail/transit/search/day-view.ts'
import { type LateTrip, layDelays } from '@hexhail/transit/search/delays.ts'
import { Searcher } from '@hexhail/transit/search/searcher.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import type { TimetableSource } from '@hexhail/transit/timetable/timetable-source.ts'
import { expect, test } from 'vitest'
import { seeded } from '../../streets/grid-town.ts'
import { journeyFaults } from '../journey-checker.ts'
import { randomFeed } from '../random-feed.ts'
import { type Live, plainPareto } from './plain-pareto.ts'
import { randomQuery } from './random-query.ts'
import { figuresOf, sortedFigures } from './sorted-figures.ts'

const DENSE = { stops: 10, patterns: 12, tripsPerPattern: 14, feet: 14 }

/** News of about every third trip, and the same news as the oracle takes it. */
function randomNews(
  rng: () => number,
  source: TimetableSource,
  day: number,
): { news: LateTrip[]; live: Live[] } {
  const below = (n: number): number => Math.floor(rng() * n)
  const chosen = source.trips.filter(() => rng() < 0.35)
  const pairs = chosen.map(trip => {
    const on = day - below(2)
    const count = trip.stops.length
    const calls = Array.from(trip.sequence).filter(() => rng() < 0.4)
    const news: LateTrip = {
      ...{ trip: trip.id, day: on, cancelled: rng() < 0.15 },
      calls: calls.map(sequence => ({
        ...{ sequence, skipped: rng() < 0.15 },
        ...(rng() < 0.8 ? { arrivalLateS: below(3000) - 300 } : {}),
        ...(rng() < 0.3 ? { departureLateS: below(3000) - 300 } : {}),
      })),
    }
    const arrS: number[] = []
    const depS: number[] = []
    let [late, before] = [0, Number.NEGATIVE_INFINITY]
    for (let i = 0; i < count; i++) {
      const told = news.calls!.find(call => call.sequence === trip.sequence[i])
      late = told?.arrivalLateS ?? late
      before = Math.max(before, trip.arrS[i]! + late)
      arrS.push(before - trip.arrS[i]!)
      late = told?.departureLateS ?? late
      before = Math.max(before, trip.depS[i]! + late)
      depS.push(before - trip.depS[i]!)
    }
    const skipped = Array.from(trip.sequence, seq => news.calls!.some(c => c.sequence === seq && c.skipped))
    return { news, live: { trip: trip.id, day: on, arrS, depS, skipped, cancelled: news.cancelled === true } }
  })
  return { news: pairs.map(pair => pair.news), live: pairs.map(pair => pair.live) }
}

test('with delays, cancelled trips and skipped stops the search is that of the changed feed, and then again the old', () => {
  let [changed, same] = [0, 0]
  for (let seed = 1; seed <= 12; seed++) {
    const source = randomFeed(seed, DENSE)
    const rng = seeded(seed + 2000)
    const day = 1 + Math.floor(rng() * 3)
    const timetable = buildTimetable(source)
    const view = dayView(timetable, day)
    const searcher = new Searcher(view)
    for (let n = 0; n < 3; n++) {
      const { news, live } = randomNews(rng, source, day)
      layDelays(view, news)
      const query = randomQuery(rng, source.stops.length)
      const found = searcher.search(query)
      expect(sortedFigures(found.map(figuresOf)), `seed ${seed}, news ${n}`).toEqual(
        sortedFigures(plainPareto(source, day, {}, query, live)),
      )
      expect(
        found.flatMap(journey => journeyFaults(source, timetable, day, {}, query, journey, live)),
      ).toEqual([])
      expect(layDelays(view, [])).toEqual([])
      const planned = sortedFigures(searcher.search(query).map(figuresOf))
      expect(planned, `seed ${seed}, after news ${n}`).toEqual(
        sortedFigures(plainPareto(source, day, {}, query)),
      )
      if (JSON.stringify(planned) === JSON.stringify(sortedFigures(found.map(figuresOf)))) same++
      else changed++
    }
  }
  expect(changed).toBeGreaterThan(8)
  expect(same).toBeGreaterThan(2)
})

test('news of what the view does not have is named, and the rest is laid', () => {
  const source = randomFeed(3)
  const view = dayView(buildTimetable(source), 1)
  const known = source.trips.find(trip => trip.service === 0)!.id
  const unused = layDelays(view, [
    { trip: 'nobody', day: 1, cancelled: true },
    { trip: known, day: 3 },
    { trip: known, day: 1, calls: [{ sequence: 999, arrivalLateS: 60 }] },
  ])
  expect(unused.map(({ code }) => code)).toEqual(['TRIP', 'TRIP', 'CALL'])
})
