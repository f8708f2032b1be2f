import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { arcOpen } from '@hexhail/streets/street-table.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oracleDistanceS } from './dijkstra-oracle.ts'
import { gridTown, seeded } from './grid-town.ts'

const town = (features: Iterable<Feature>) => openCity(buildCity(features, { name: 'Town' }).bytes)

test('distances and routes equal a plain Dijkstra, mid-street, with one-ways and turn rules', () => {
  let turns = 0
  fc.assert(
    fc.property(fc.nat(), seed => {
      const rng = seeded(seed)
      const city = town(gridTown(4 + (seed % 3), rng))
      if (city.streets.tail.length === 0) return
      turns += city.streets.turns.length
      const router = createCityRouter(city)
      for (let i = 0; i < 12; i++) {
        const from = randomPlace(city, rng)
        const near = placeOn(city.streets, from.edge, Math.round(rng() * 65_535) / 65_535)
        const to = i % 3 === 0 ? near : randomPlace(city, rng)
        const wanted = oracleDistanceS(city.streets, from, to)
        expect(router.distanceS(from, to)).toBe(wanted)
        const route = router.route(from, to)
        expect(route?.durationS ?? Infinity).toBe(wanted)
      }
    }),
    { numRuns: 60, seed: 7 },
  )
  expect(turns).toBeGreaterThan(100)
})

test('the nearest drivers are those that a full scan finds, in order', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 12 }), (seed, k) => {
      const rng = seeded(seed)
      const city = town(gridTown(5, rng))
      if (city.streets.tail.length === 0) return
      const router = createCityRouter(city)
      const drivers = Array.from({ length: 20 }, (_, i) => ({ id: `d${i}`, place: randomPlace(city, rng) }))
      const rider = randomPlace(city, rng)
      const scan = drivers
        .map(({ id, place }) => ({ id, etaS: oracleDistanceS(city.streets, place, rider) }))
        .filter(d => d.etaS < Infinity)
        .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
      expect(router.nearest(drivers, rider, k)).toEqual(scan.slice(0, k))
    }),
    { numRuns: 40, seed: 8 },
  )
})

test('a route starts and ends at its places, its line has no gap and its parts add up', () => {
  const rng = seeded(3)
  const city = town(gridTown(6, rng))
  const router = createCityRouter(city)
  for (let i = 0; i < 50; i++) {
    const [from, to] = [randomPlace(city, rng), randomPlace(city, rng)]
    const route = router.route(from, to)!
    expect(greatCircleM(route.geometry[0]!, from.at)).toBeLessThan(0.5)
    expect(greatCircleM(route.geometry.at(-1)!, to.at)).toBeLessThan(0.5)
    const drawnM = route.geometry.slice(1).reduce((sum, p, k) => sum + greatCircleM(route.geometry[k]!, p), 0)
    expect(Math.abs(drawnM - route.distanceM)).toBeLessThan(2 + route.distanceM * 0.01)
    expect(route.legs.reduce((sum, leg) => sum + leg.distanceM, 0)).toBeCloseTo(route.distanceM, 6)
    expect(route.legs.reduce((sum, leg) => sum + leg.durationS, 0)).toBeCloseTo(route.durationS, 6)
    expect(route.legs.every((leg, k) => leg.name !== route.legs[k + 1]?.name)).toBe(true)
  }
})

test('a car in a one-way street goes round the block to a place behind it', () => {
  const tags = { highway: 'residential', name: 'Ring', oneway: 'yes' }
  const [a, b, c, d] = [
    [0, 0],
    [0.001, 0],
    [0.001, 0.001],
    [0, 0.001],
  ] as const
  const lines = [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ]
  const stub = {
    kind: 'way',
    id: 9,
    tags: { highway: 'residential', name: 'Stub' },
    line: [a, [-0.001, 0]],
  } as const
  const city = town([...lines.map((line, id) => ({ kind: 'way', id, tags, line }) as const), stub])
  const router = createCityRouter(city)
  const ring = [...city.streets.name].findIndex(id => city.names[id] === 'Ring')
  const arc = arcOpen(city.streets, 2 * ring) ? 2 * ring : 2 * ring + 1
  const [early, late] = [placeOn(city.streets, arc, 0.25), placeOn(city.streets, arc, 0.75)]
  const ahead = router.route(early, late)!
  const round = router.route(late, early)!
  const wholeM = [...city.streets.lengthDm].reduce((sum, dm, s) => sum + (s === ring ? dm / 10 : 0), 0)
  expect(ahead.distanceM).toBeCloseTo(wholeM / 2, 0)
  expect(ahead.distanceM + round.distanceM).toBeGreaterThan(440)
  expect(router.distanceS(late, late)).toBe(0)
})

test('places that no bundle holds have no way, and nothing near has no place', () => {
  const city = town(gridTown(4, seeded(1)))
  const router = createCityRouter(city)
  const good = randomPlace(city, seeded(2))
  for (const bad of [
    { ...good, edge: -1 },
    { ...good, edge: 1e9 },
    { ...good, edge: 0.5 },
    { ...good, fraction: Number.NaN },
  ]) {
    expect(router.distanceS(bad, good)).toBe(Infinity)
    expect(router.route(good, bad)).toBeNull()
    expect(router.nearest([{ id: 'd', place: bad }], good, 3)).toEqual([])
  }
  expect(router.snap([0, 0])).toBeNull()
  expect(router.snap([Number.NaN, 0])).toBeNull()
})

test('a place snaps to the street that is nearest of all', () => {
  const rng = seeded(5)
  const city = town(gridTown(6, rng))
  const router = createCityRouter(city)
  const { streets } = city
  for (let i = 0; i < 100; i++) {
    const at = [-56.202 + rng() * 0.01, -34.902 + rng() * 0.009] as const
    const place = router.snap(at)!
    let best = Infinity
    for (let arc = 0; arc < streets.tail.length * 2; arc += 2) {
      for (let k = 0; k <= 200; k++)
        best = Math.min(best, greatCircleM(at, placeOn(streets, arc, k / 200).at))
    }
    expect(greatCircleM(at, place.at)).toBeLessThan(best + 0.1)
    expect(arcOpen(streets, place.edge)).toBe(true)
  }
})
