import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createTiles } from '@hexhail/streets/map/tiles.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createSearch, type Search } from '@hexhail/streets/search/search.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, expect, test } from 'vitest'
import { graphOracle, oracleDistanceS } from './dijkstra-oracle.ts'
import { seeded } from './grid-town.ts'
import { tileAt } from './tile-at.ts'

const CACHE = join(tmpdir(), 'hexhail-test-cities')
/** A first build takes seconds, on a machine full of other tests a minute. */
const PATIENCE_MS = 240_000
let city: City
let search: Search

beforeAll(async () => {
  city = openCity((await buildMontevideo(CACHE)).bytes)
  search = createSearch(city)
}, PATIENCE_MS)

test('the demo city is whole and found again in the cache', async () => {
  expect(city.info).toMatchObject({
    name: 'Montevideo',
    attribution: expect.stringContaining('OpenStreetMap'),
  })
  expect(city.streets.junctionXy.length / 2).toBeGreaterThan(15_000)
  expect(city.addresses.number.length).toBeGreaterThan(200_000)
  expect(city.stops.line.length).toBeGreaterThan(3_400)
  const again = await buildMontevideo(CACHE)
  expect(again.built).toBe(false)
  expect(again.info.hash).toBe(city.info.hash)
})

test('its times equal a plain Dijkstra over streets', () => {
  const rng = seeded(21)
  const router = createCityRouter(city)
  for (let i = 0; i < 4; i++) {
    const from = randomPlace(city, rng)
    const near = router.snap([from.at[0] + (rng() - 0.5) * 0.01, from.at[1] + (rng() - 0.5) * 0.01])!
    expect(router.distanceS(from, near)).toBe(oracleDistanceS(city.streets, from, near))
  }
})

test.each([
  ['junctions', junctionGraph],
  ['turns', turnGraph],
] as const)(
  'in the model of %s all its times, routes and nearest drivers equal Dijkstra, in a jam as well',
  (model, make) => {
    const { streets } = city
    const rng = seeded(22)
    const graph = make(streets)
    const router = createCityRouter(city, model)
    const drivers = Array.from({ length: 60 }, (_, i) => ({ id: `d${i}`, place: randomPlace(city, rng) }))
    for (const { id, place } of drivers) router.drivers.place(id, place)
    let compared = 0
    let arcUnits = Int32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
    for (const round of [0, 1]) {
      if (round === 1) {
        arcUnits = arcUnits.map(ds => 1 + Math.floor(ds * (0.5 + 1.5 * rng())))
        const step = router.beginTraffic(arcUnits)
        while (!step(50_000));
      }
      expect(router.unitDs).toBe(1)
      const riders = Array.from({ length: 25 }, () => randomPlace(city, rng))
      const matrix = router.matrix(
        drivers.map(driver => driver.place),
        riders,
      )
      const times = drivers.map(({ place }, d) => {
        const wanted = graphOracle(graph, { arcUnits, turnUnits: graph.turnDs }, place)
        return riders.map((rider, r) => {
          compared++
          const timeS = wanted(rider) / 10
          expect(matrix[d * riders.length + r]).toBe(timeS)
          if (r === 0) expect(router.route(place, rider)?.durationS).toBe(timeS)
          return timeS
        })
      })
      riders.forEach((rider, r) => {
        const scan = drivers
          .map(({ id }, d) => ({ id, etaS: times[d]![r]! }))
          .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
        expect(router.drivers.nearest(rider, 10)).toEqual(scan.slice(0, 10))
        expect(router.nearest(drivers, rider, 10)).toEqual(scan.slice(0, 10))
      })
    }
    console.log(`Montevideo, ${model}: 0 wrong of ${compared} times, 120 routes, 100 lists of the nearest`)
  },
  PATIENCE_MS,
)

test('from Parque Rodó to the airport road is some 18 km along Avenida Italia', () => {
  const router = createCityRouter(city)
  const route = router.route(router.snap([-56.1645, -34.9085])!, router.snap([-56.03, -34.838])!)!
  expect(route.distanceM).toBeGreaterThan(15_000)
  expect(route.distanceM).toBeLessThan(21_000)
  expect(route.legs.map(leg => leg.name)).toContain('Avenida Italia')
})

test.each([
  ['18 de julio 1453', 'Avenida 18 de Julio 1453'],
  ['Av. 18 de Julio 1453', 'Avenida 18 de Julio 1453'],
  ['18 de julo 1453', 'Avenida 18 de Julio 1453'],
  ['18 de julio', 'Avenida 18 de Julio'],
  ['tres cruces', 'Terminal Tres Cruces'],
  ['tres crucez', 'Terminal Tres Cruces'],
  ['bvar artigas', 'Bulevar General Artigas'],
  ['avenida itlia', 'Avenida Italia'],
  ['18 de julio y ejido', 'Avenida 18 de Julio / Ejido'],
  ['estadio centenario', 'Estadio Centenario'],
  ['POCITOS', 'Pocitos'],
])('«%s» finds %s first', (typed, title) => {
  expect(search.find(typed)[0]?.title).toBe(title)
})

test('what is found is where it is, what is near comes first, and nonsense finds nothing', () => {
  const tresCruces = search.find('tres cruces')[0]!
  expect(greatCircleM(tresCruces.at, [-56.1665, -34.8939])).toBeLessThan(300)
  const near: LngLat = [-56.205, -34.906]
  const farmacias = search.find('san roque', near, 3)
  const elsewhere = search.find('san roque', [-56.06, -34.88], 3)
  expect(greatCircleM(near, farmacias[0]!.at)).toBeLessThan(greatCircleM(near, elsewhere[0]!.at))
  for (const nothing of ['', '   ', 'xqzvkw', '!!!', '\u0000', 'y'])
    expect(() => search.find(nothing)).not.toThrow()
  expect(search.find('xqzvkw')).toEqual([])
  expect(search.find('a'.repeat(10_000))).toEqual([])
})

test('a place has the name of the house before it, and back again', () => {
  const house = search.find('18 de julio 1453')[0]!
  expect(search.nameAt(house.at)).toBe('Avenida 18 de Julio 1453')
  expect(search.nameAt([0, 0])).toBe('')
})

test('tiles hold the layers that the map draws, and water lies where the sea is', () => {
  const tiles = createTiles(city)
  const layers = (place: LngLat, z: number) =>
    new VectorTile(new PbfReader(tiles.tile(...tileAt(place, z)))).layers
  const town = layers([-56.1845, -34.9058], 17)
  expect(Object.keys(town)).toEqual(expect.arrayContaining(['road', 'building', 'stop', 'housenumber']))
  const names = Array.from({ length: town.road!.length }, (_, i) => town.road!.feature(i).properties.name)
  expect(names).toContain('Avenida 18 de Julio')
  expect(Object.keys(layers([-56.185, -34.907], 13))).toEqual(
    expect.arrayContaining(['sea', 'park', 'road', 'place']),
  )
  expect(Object.keys(layers([-56.2, -34.95], 14))).toEqual(['sea'])
  expect(layers([-56.17, -34.87], 15).sea).toBeUndefined()
  expect(tiles.tile(12, 0, 0).length).toBe(0)
})

test('what cannot be read as a city says so', async () => {
  await expect(buildFromFile('/nowhere/none.osm.pbf', { cacheDir: CACHE })).rejects.toMatchObject({
    code: 'CITY_INPUT',
  })
  await expect(buildFromFile(import.meta.filename, { cacheDir: CACHE })).rejects.toMatchObject({
    code: 'NOT_OSM_PBF',
  })
  await expect(buildFromFile(import.meta.dirname, { cacheDir: CACHE })).rejects.toMatchObject({
    code: 'CITY_INPUT',
    message: expect.stringContaining('is no file'),
  })
})

test('a bundle that is cut off says so, not that it is no extract', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hexhail-cut-'))
  try {
    const path = join(folder, 'cut.city')
    await writeFile(path, (await buildMontevideo(CACHE)).bytes.subarray(0, 1000))
    await expect(buildFromFile(path, { cacheDir: CACHE })).rejects.toMatchObject({ code: 'CITY_TRUNCATED' })
  } finally {
    await rm(folder, { recursive: true })
  }
})

const MONACO = '/work/shared/data/streets/monaco.osm.pbf'
test.skipIf(!existsSync(MONACO))(
  `a whole extract is read, with its turn rules (skipped without ${MONACO})`,
  async () => {
    const monaco = openCity((await buildFromFile(MONACO, { cacheDir: CACHE })).bytes)
    expect(monaco.info.name).toBe('Monaco')
    expect(monaco.streets.turns.length / 3).toBeGreaterThan(10)
    const router = createCityRouter(monaco)
    const rng = seeded(5)
    for (let i = 0; i < 20; i++) {
      const [from, to] = [randomPlace(monaco, rng), randomPlace(monaco, rng)]
      expect(router.distanceS(from, to)).toBe(oracleDistanceS(monaco.streets, from, to))
    }
  },
  PATIENCE_MS,
)
