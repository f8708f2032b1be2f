import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { expect, test } from 'vitest'
import { graphOracle, oracleDistanceS } from './dijkstra-oracle.ts'
import { seeded } from './grid-town.ts'
import { faultsOf } from './route-faults.ts'
import { freeTimes, MODELS, routerOf, somePlace, town, towns } from './router-towns.ts'

test.each(MODELS)('%s model: times and routes equal Dijkstra, with live times', (name, make) => {
  let compared = 0
  const counted = towns(120, make, (city, graph, router, rng) => {
    let times = freeTimes(city)
    for (const round of [0, 1, 2]) {
      if (round === 1) {
        times = times.map(ds => 1 + Math.floor(ds * (0.5 + 4 * rng())))
        router.setTraffic(times)
      }
      if (round === 2) {
        times = times.map(ds => 1 + Math.floor(ds * (0.5 + 2 * rng())))
        const step = router.beginTraffic(times)
        while (!step(7));
      }
      for (let i = 0; i < 6; i++) {
        const from = somePlace(city, rng)
        const wanted = graphOracle(graph, { arcUnits: times, turnUnits: graph.turnDs }, from)
        for (let k = 0; k < 4; k++, compared++) {
          const to = somePlace(city, rng, from)
          const units = wanted(to)
          expect(router.distanceS(from, to)).toBe(units / 10)
          const route = router.route(from, to)
          expect(route?.durationS ?? Infinity).toBe(units / 10)
          if (route) expect(faultsOf(city, graph, route, from, to)).toEqual([])
        }
      }
    }
    return 0
  })
  expect(counted).toBe(0)
  expect(compared).toBeGreaterThan(5_000)
  console.log(`${name} model, times and routes: 0 wrong of ${compared}`)
})

test('junction model: times equal a search over streets that looks every turn rule up', () => {
  let turns = 0
  const compared = towns(60, junctionGraph, (city, _, router, rng) => {
    turns += city.streets.turns.length / 3
    for (let i = 0; i < 6; i++) {
      const from = somePlace(city, rng)
      const to = somePlace(city, rng, from)
      expect(router.distanceS(from, to)).toBe(oracleDistanceS(city.streets, from, to))
    }
    return 6
  })
  expect(turns).toBeGreaterThan(50)
  console.log(`times over streets: 0 wrong of ${compared}`)
})

test.each(MODELS)(
  '%s model: times too long for the unit take a bigger one, and a smaller one again',
  (name, make) => {
    const units = new Set<number>()
    const compared = towns(16, make, (city, graph, router, rng) => {
      const free = freeTimes(city)
      const places = Array.from({ length: 8 }, () => somePlace(city, rng))
      for (const place of places) router.drivers.place(`d${places.indexOf(place)}`, place)
      const check = (times: Int32Array): void => {
        const { unitDs } = router
        units.add(unitDs)
        const whole = (ds: number): number => Math.floor((ds + (unitDs >> 1)) / unitDs)
        const arcUnits = times.map(ds => Math.max(1, whole(ds)))
        const turnUnits = Uint32Array.from(graph.turnDs, whole)
        for (const from of places) {
          const wanted = graphOracle(graph, { arcUnits, turnUnits }, from)
          for (const to of places) {
            expect(router.distanceS(from, to)).toBe((wanted(to) * unitDs) / 10)
            expect(router.route(from, to)?.durationS ?? Infinity).toBe((wanted(to) * unitDs) / 10)
          }
        }
        const scan = places
          .map((place, i) => ({ id: `d${i}`, etaS: router.distanceS(place, places[0]!) }))
          .filter(d => d.etaS < Infinity)
          .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
        expect(router.drivers.nearest(places[0]!, 3)).toEqual(scan.slice(0, 3))
      }
      const jam = free.map(ds => ds * (20 + Math.floor(400 * rng())))
      check(free)
      router.setTraffic(jam)
      check(jam)
      for (const times of [free, jam]) {
        const step = router.beginTraffic(times)
        while (!step(50));
        check(times)
      }
      return 4 * 64
    })
    expect(units.has(1) && units.size > 1).toBe(true)
    console.log(`${name} model, in units of ${[...units]} tenths: 0 wrong of ${compared}`)
  },
)

test.each(MODELS)('%s model: a matrix holds the times of all pairs', (_, make) => {
  towns(20, make, (city, _graph, router, rng) => {
    const froms = Array.from({ length: 5 }, () => somePlace(city, rng))
    const tos = [...froms.slice(0, 2), ...Array.from({ length: 4 }, () => somePlace(city, rng, froms[0]))]
    const unknown = { ...froms[0]!, edge: -1 }
    const matrix = router.matrix([...froms, unknown], tos)
    const wanted = froms.flatMap(from => tos.map(to => router.distanceS(from, to)))
    expect([...matrix]).toEqual([...wanted, ...tos.map(() => Infinity)])
    return 1
  })
})

test.each(MODELS)(
  '%s model: prepared places are as far as others, by new times too, until disposed of',
  (_, make) => {
    towns(10, make, (city, _graph, router, rng) => {
      const unknown = { ...somePlace(city, rng), edge: -1 }
      const places = [...Array.from({ length: 6 }, () => somePlace(city, rng)), unknown]
      router.prepare(places.slice(2))[Symbol.dispose]()
      const prepared = router.prepare(places)
      for (const slow of [1, 3]) {
        router.setTraffic(freeTimes(city).map(ds => ds * slow))
        const wanted = places.map(from => places.map(to => router.distanceS(from, to)))
        expect(places.map((_, i) => places.map((_, j) => prepared.distanceS(i, j)))).toEqual(wanted)
        places.forEach((to, j) => {
          expect([...prepared.secondsTo(to)]).toEqual(wanted.map(row => row[j]))
        })
      }
      expect(() => prepared.distanceS(0, places.length)).toThrow(RangeError)
      prepared[Symbol.dispose]()
      expect(() => prepared.distanceS(0, 1)).toThrow(RangeError)
      expect(() => prepared.secondsTo(places[0]!)).toThrow(RangeError)
      return 1
    })
  },
)

test('until new times are worked in, all is answered by the old ones; later times overtake', () => {
  const rng = seeded(5)
  const city = town(6, rng)
  const router = routerOf(city, junctionGraph(city.streets))
  const [from, to] = [randomPlace(city, rng), randomPlace(city, rng)]
  const old = router.distanceS(from, to)
  const slow = freeTimes(city).map(ds => ds * 3)
  const step = router.beginTraffic(slow)
  expect(step(1)).toBe(false)
  expect(router.distanceS(from, to)).toBe(old)
  router.setTraffic(slow.map(ds => ds * 2))
  const sixfold = router.distanceS(from, to)
  expect(sixfold).toBeGreaterThan(5 * old)
  while (!step(1000));
  expect(router.distanceS(from, to)).toBe(sixfold)
  router.setTraffic(null)
  expect(router.distanceS(from, to)).toBe(old)
  expect(() => router.setTraffic([1, 2])).toThrow(RangeError)
  for (const bad of [0, -1, Number.NaN, Infinity])
    expect(() => router.setTraffic(Float64Array.from(slow, () => bad))).toThrow(RangeError)
  expect(router.distanceS(from, to)).toBe(old)
})

test('the unit follows from the times alone, whatever was asked before', () => {
  const city = town(6, seeded(12))
  const graph = junctionGraph(city.streets)
  const uneven = freeTimes(city).map((_, arc) => (arc >> 1 === 7 ? 18_000 : 100))
  let apart = 0
  for (let each = 800; each < 8_000; each += 400) {
    const even = freeTimes(city).map(() => each)
    const fresh = routerOf(city, graph)
    fresh.setTraffic(even)
    const used = routerOf(city, graph)
    for (const isSliced of [false, true]) {
      used.setTraffic(uneven)
      for (const fraction of [0, 1]) {
        used.drivers.place('d', placeOn(city.streets, 14, fraction))
        used.drivers.nearest(placeOn(city.streets, 14, fraction), 1)
      }
      const step = isSliced ? used.beginTraffic(even) : null
      if (!step) used.setTraffic(even)
      else while (!step(100));
      expect(used.unitDs).toBe(fresh.unitDs)
      apart += fresh.unitDs === 1 ? 0 : 1
    }
  }
  expect(apart).toBeGreaterThan(2)
})
