import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { departures } from '@hexhail/transit/model/headways.ts'
import { modelTimetable } from '@hexhail/transit/model/model-timetable.ts'
import { timetableFault } from '@hexhail/transit/timetable/check-timetable.ts'
import { runsOn, type Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { encodeTimetable, timetableHash } from '@hexhail/transit/timetable/timetable-file.ts'
import { beforeAll, expect, test } from 'vitest'

const CACHE = join(tmpdir(), 'hexhail-test-cities')
/** A first build of the city takes seconds, on a machine full of other tests a minute. */
const PATIENCE_MS = 240_000
const OPTIONS = { agency: 'Modelled', timezone: 'America/Montevideo', startDay: 20_454, days: 14 }
let city: City
let timetable: Timetable

beforeAll(async () => {
  city = openCity((await buildMontevideo(CACHE)).bytes)
  timetable = modelTimetable(city, createCityRouter(city), OPTIONS)
}, PATIENCE_MS)

const places = (line: number): LngLat[] => {
  const { lines, stops } = timetable
  return Array.from(lines.stops.subarray(lines.stopStart[line]!, lines.stopStart[line + 1]!), stop => [
    stops.lngE7[stop]! / 1e7,
    stops.latE7[stop]! / 1e7,
  ])
}

test('the demo city has its lines, says that they are modelled, and holds together', () => {
  expect(timetable.info.modelled).toBe(true)
  expect(timetableFault(timetable)).toBeNull()
  expect(timetable.routes.length).toBeGreaterThan(90)
  expect(timetable.stops.id.length).toBeGreaterThan(3000)
  expect(timetable.stops.name.filter(name => name === '').length).toBeLessThan(timetable.stops.id.length / 50)
})

test('gaps between the stops of a line are filled with stops on the way', () => {
  // Line 306, variant 3122: the map gives 76 of its stops, whose orders end at 125.
  const first = timetable.trips.id.indexOf('306-3122-weekday-1')
  const line = timetable.lines.tripStart.findLastIndex(start => start <= first)
  const way = places(line)
  expect(way.length).toBeGreaterThan(76)
  expect(way.length).toBeLessThanOrEqual(125)
  const strides = Array.from(timetable.lines.route, (_, l) => places(l)).flatMap(stops =>
    stops.slice(1).map((place, i) => greatCircleM(stops[i]!, place)),
  )
  expect(strides.filter(stride => stride > 2000).length).toBeLessThan(strides.length / 100)
})

test('no line is faster than a bus in a city, or slower than a walk', () => {
  const { lines, trips } = timetable
  for (let line = 0; line < lines.route.length; line++) {
    const way = places(line)
    const metres = way.slice(1).reduce((sum, place, i) => sum + greatCircleM(way[i]!, place), 0)
    const at = lines.profileAt[trips.profile[lines.tripStart[line]!]!]!
    const seconds = lines.arrS[at + way.length - 1]!
    expect(metres / seconds).toBeLessThan(9)
    expect(metres / seconds).toBeGreaterThan(1.2)
  }
})

test('each day has buses of one kind of day, more of them on weekdays', () => {
  const { services } = timetable
  // 2026-01-01 was a Thursday.
  const kinds = [0, 1, 2, 3, 4].map(day => services.id.filter((_, s) => runsOn(services, s, day)))
  expect(kinds).toEqual([['weekday'], ['weekday'], ['saturday'], ['sunday'], ['weekday']])
  const [weekday, saturday, sunday] = [0, 1, 2].map(kind => departures(kind, 40, 3122).length)
  expect(weekday).toBeGreaterThan(saturday!)
  expect(saturday).toBeGreaterThan(sunday!)
})

test('the same city gives the same bytes', () => {
  const again = modelTimetable(city, createCityRouter(city), OPTIONS)
  expect(timetableHash(encodeTimetable(again))).toBe(timetableHash(encodeTimetable(timetable)))
})
