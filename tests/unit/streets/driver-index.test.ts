import type { City } from '@hexhail/streets/city.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { expect, test } from 'vitest'
import { graphOracle } from './dijkstra-oracle.ts'
import { freeTimes, MODELS, somePlace, towns } from './router-towns.ts'

test.each(MODELS)(
  '%s model: the nearest drivers are those of a full scan, parked and driving',
  (name, make) => {
    const compared = towns(80, make, (city, graph, router, rng) => {
      const plain = createRouter(city, { graph, order: dissect(graph), createKernel: createPlainKernel })
      const rider = somePlace(city, rng)
      const drivers = Array.from({ length: 24 }, (_, i) => ({
        id: `d${(i * 7) % 24}`,
        place: somePlace(city, rng, rider),
        classes: Math.floor(rng() * 8),
        isParked: rng() < 0.5,
      }))
      const elsewhere = drivers.map(() => somePlace(city, rng))
      for (const { drivers: index } of [router, plain]) {
        for (const [i, { id }] of drivers.entries()) index.place(id, elsewhere[i]!, { classes: 255 })
        index.secondsTo(rider)
        for (const { id, place, classes, isParked } of drivers)
          index.place(id, place, { classes, headingDeg: isParked ? undefined : headingOn(city, place) })
        index.remove('d3')
      }
      const live = freeTimes(city).map(ds => 1 + Math.floor(ds * (0.5 + 4 * rng())))
      for (const arcUnits of [freeTimes(city), live]) {
        if (arcUnits === live) for (const r of [router, plain]) r.setTraffic(live)
        const times = { arcUnits, turnUnits: graph.turnDs }
        const scan = (parked: boolean) =>
          drivers
            .map(({ id, place, classes, isParked }) => {
              const driven = graph.endState[place.edge] === 0xffffffff ? place.edge ^ 1 : place.edge
              const arcs = parked || isParked ? undefined : [driven]
              return { id, classes, etaS: graphOracle(graph, times, place, arcs)(rider) / 10 }
            })
            .filter(d => d.etaS < Infinity)
            .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
        const all = scan(true)
        const kept = scan(false).filter(d => d.id !== 'd3')
        for (const k of [1, 3, 10, 40]) {
          const bare = ({ id, etaS }: { id: string; etaS: number }) => ({ id, etaS })
          expect(router.nearest(drivers, rider, k)).toEqual(all.slice(0, k).map(bare))
          for (const { drivers: index } of [router, plain]) {
            const seconds = index.secondsTo(rider)
            const told = index.ids.map((id, n) => ({ id, etaS: seconds[n]! })).filter(d => d.etaS < Infinity)
            expect(told.sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))).toEqual(kept.map(bare))
          }
          for (const needs of [0, 1, 6]) {
            const able = kept.filter(d => (d.classes & needs) === needs)
            for (const { drivers: index } of [router, plain])
              expect(index.nearest(rider, k, needs)).toEqual(able.slice(0, k).map(bare))
          }
        }
      }
      return 56
    })
    console.log(`${name} model, nearest: 0 wrong of ${compared}`)
  },
)

/** Where a car looks that drives along the edge of its place. */
function headingOn({ streets }: City, place: Place): number {
  const [a, b] = [0, 1].map(
    f => placeOn(streets, place.edge, Math.min(1, Math.max(0, place.fraction + (f ? 1e-4 : -1e-4)))).at,
  )
  return (Math.atan2((b![0] - a![0]) * Math.cos((a![1] * Math.PI) / 180), b![1] - a![1]) * 180) / Math.PI
}
