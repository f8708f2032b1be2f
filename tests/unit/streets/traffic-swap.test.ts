import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import { streetCells } from '@hexhail/streets/route/street-cells.ts'
import { arcTimes, trafficFactors } from '@hexhail/streets/route/traffic.ts'
import { expect, test } from 'vitest'
import { graphOracle } from './dijkstra-oracle.ts'
import { gridTown, seeded } from './grid-town.ts'

test.each([
  [junctionGraph, createKernel],
  [junctionGraph, createPlainKernel],
  [turnGraph, createKernel],
  [turnGraph, createPlainKernel],
] as const)(
  '%o, %o: between slices of new traffic all is by the old times, after the last by the new',
  (make, createAny) => {
    let compared = 0
    const units = new Set<number>()
    for (let seed = 1; seed <= 6; seed++) {
      const rng = seeded(seed * 31_337)
      const city = openCity(buildCity(gridTown(4 + (seed % 3), rng), { name: 'Town' }).bytes)
      const { streets } = city
      const graph = make(streets)
      if (graph.states === 0) continue
      const router = createRouter(city, { graph, order: dissect(graph), createKernel: createAny })
      const places = Array.from({ length: 8 }, () => randomPlace(city, rng))
      places.forEach((place, i) => void router.drivers.place(`d${i}`, place))
      const cells = streetCells(streets)
      const cell = cells.cells[0]!
      /** What is asked at one moment: times, one of them with its way, and the nearest drivers. */
      const asked = () => ({
        times: places.map(from => places.slice(0, 3).map(to => router.distanceS(from, to))),
        route: router.route(places[4]!, places[5]!)?.durationS ?? Infinity,
        nearest: router.drivers.nearest(places[0]!, 4),
      })
      /** The same by plain Dijkstra, where the arcs take these times. */
      const judged = (arcDs: ArrayLike<number>): ReturnType<typeof asked> => {
        const times = moveTimes(graph, arcDs, router.unitDs)
        const seconds = places.map(from => {
          const wanted = graphOracle(graph, times, from)
          return places.map(to => (wanted(to) * router.unitDs) / 10)
        })
        const nearest = seconds
          .map((row, i) => ({ id: `d${i}`, etaS: row[0]! }))
          .filter(({ etaS }) => etaS < Infinity)
          .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
        const times3 = seconds.map(row => row.slice(0, 3))
        return { times: times3, route: seconds[4]![5]!, nearest: nearest.slice(0, 4) }
      }
      let old = judged(arcTimes(streets, cells, null, 8))
      expect(asked()).toEqual(old)
      for (const jam of [300, 16_384, 200]) {
        const rows = [...Array(40).keys()].map(kind => ({ cell, kind, hour: 8, factor: jam + kind }))
        const long = rng() < 0.5 ? 30 : 1
        const next = arcTimes(streets, cells, trafficFactors(rows), 8).map(ds =>
          Math.min(ds * (jam > 1000 ? long : 1), 400_000),
        )
        const step = router.beginTraffic(next)
        for (; !step(1 + Math.floor(60 * rng())); compared++) expect(asked()).toEqual(old)
        units.add(router.unitDs)
        old = judged(next)
        expect(asked()).toEqual(old)
      }
    }
    expect(compared).toBeGreaterThan(100)
    expect(units.size).toBeGreaterThan(1)
  },
)
