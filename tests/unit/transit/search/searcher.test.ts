import { dayView, type Needs } from '@hexhail/transit/search/day-view.ts'
import { Searcher } from '@hexhail/transit/search/searcher.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import { expect, test } from 'vitest'
import { seeded } from '../../streets/grid-town.ts'
import { journeyFaults } from '../journey-checker.ts'
import { randomFeed } from '../random-feed.ts'
import { PRICES, plainPareto } from './plain-pareto.ts'
import { randomQuery } from './random-query.ts'
import { figuresOf, sortedFigures } from './sorted-figures.ts'

const DENSE = { stops: 10, patterns: 12, tripsPerPattern: 14, feet: 14 }

test('the search gives the Pareto set of the definition, on seeded networks', () => {
  let [journeys, changes] = [0, 0]
  for (let seed = 1; seed <= 24; seed++) {
    const source = randomFeed(seed, DENSE)
    const timetable = buildTimetable(source)
    const rng = seeded(seed + 1000)
    const pick = (): 'sure' | 'open' => (rng() < 0.5 ? 'sure' : 'open')
    const needs: Needs = {
      ...(rng() < 0.3 ? { wheelchair: pick() } : {}),
      ...(rng() < 0.2 ? { bikes: pick() } : {}),
    }
    const day = Math.floor(rng() * 4)
    const searcher = new Searcher(dayView(timetable, day, needs))
    for (let n = 0; n < 4; n++) {
      const linePrice = Int32Array.from(timetable.lines.route, route => route * 300)
      PRICES.set(linePrice, trip => trip.route * 300)
      const query = { ...randomQuery(rng, source.stops.length), ...(rng() < 0.4 ? { linePrice } : {}) }
      const found = searcher.search(query)
      expect(sortedFigures(found.map(figuresOf)), `seed ${seed}, query ${n}`).toEqual(
        sortedFigures(plainPareto(source, day, needs, query)),
      )
      expect(found.flatMap(each => journeyFaults(source, timetable, day, needs, query, each))).toEqual([])
      journeys += found.length
      changes += found.filter(j => j.lines > 1).length
    }
  }
  expect(journeys).toBeGreaterThan(100)
  expect(changes).toBeGreaterThan(30)
})
