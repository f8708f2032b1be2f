import type { City } from '@hexhail/streets/city.ts'
import { createFootWays } from '@hexhail/streets/foot/foot-ways.ts'
import type { Router } from '@hexhail/streets/router.ts'
import { modelFares } from '../fares/model-fares.ts'
import { buildTimetable } from '../timetable/build-timetable.ts'
import { findFeet } from '../timetable/find-feet.ts'
import { streetFeet } from '../timetable/street-feet.ts'
import type { Timetable } from '../timetable/timetable.ts'
import type { SourceTrip } from '../timetable/timetable-source.ts'
import { type Course, courses } from './course.ts'
import { DAY_KINDS, departures } from './headways.ts'
import { stopPoints } from './stop-points.ts'

/** What the map cannot say of a city's lines. */
export interface ModelOptions {
  /** Who runs the lines, as riders read it. */
  readonly agency: string
  /** IANA time zone. */
  readonly timezone: string
  /** First day and number of days that the lines run, from 1970-01-01. */
  readonly startDay: number
  readonly days: number
}

/** A bus needs so much longer than a car on free streets, before it stops anywhere. */
const SLOWER = 1.5
/** Seconds that one stop costs: slowing down, doors, starting. */
const STOP_S = 20
/** Between two stops no bus needs less. */
const LEAST_S = 25
const BUS = 3

/**
 * A timetable of the lines that the map knows, with running times by the street router and headways from a table:
 * modelled, and so it says (`info.modelled`). It has no lines where the map orders no stops. The same city gives the same
 * timetable.
 */
export function modelTimetable(city: City, router: Router, options: ModelOptions): Timetable {
  const found = courses(city, stopPoints(city, router), router)
  const points = [...new Map(found.flatMap(({ stops }) => stops.map(p => [p.stop, p] as const))).values()]
  points.sort((a, b) => a.stop - b.stop)
  const stopAt = new Map(points.map((point, i) => [point.stop, i]))
  const feet = streetFeet(createFootWays(city))
  const lines = [...new Set(found.map(course => course.line))]
  const places = points.map(({ stop }) => ({
    lng: city.stops.xy[2 * stop]! / 1e6,
    lat: city.stops.xy[2 * stop + 1]! / 1e6,
  }))
  return buildTimetable({
    info: {
      ...{ name: city.info.name, timezone: options.timezone, startDay: options.startDay, days: options.days },
      ...{ modelled: true, feetBy: feet.by },
    },
    agencies: [{ id: 'model', name: options.agency }],
    stops: points.map(({ stop, name }, i) => ({
      ...{ id: `s${stop}`, name, ...places[i]!, zone: '', wheelchair: 0, parent: -1 },
    })),
    routes: lines.map(line => ({
      ...{ id: line, agency: 0, shortName: line, longName: '', type: BUS, colour: '' },
    })),
    fares: modelFares(lines.length),
    services: DAY_KINDS.map(({ id, runs }) => ({
      id,
      // 1970-01-01 was a Thursday: day 4 of a week that begins on Sunday.
      days: Array.from({ length: options.days }, (_, day) => day).filter(day =>
        runs((day + options.startDay + 4) % 7),
      ),
    })),
    trips: found.flatMap(course => tripsOf(course, stopAt, lines.indexOf(course.line), router)),
    feet: findFeet(places, feet),
  })
}

function tripsOf(
  course: Course,
  stopAt: ReadonlyMap<number, number>,
  route: number,
  router: Router,
): SourceTrip[] {
  const { line, variant, stops } = course
  const runS: number[] = [0]
  for (let i = 1; i < stops.length; i++) {
    const carS = router.distanceS(stops[i - 1]!.place, stops[i]!.place)
    runS.push(runS[i - 1]! + Math.max(LEAST_S, Math.round(carS * SLOWER) + STOP_S))
  }
  const like = {
    ...{ route, headsign: stops.at(-1)!.name, direction: 255 },
    ...({ wheelchair: 0, bikes: 0 } as const),
    stops: stops.map(({ stop }) => stopAt.get(stop)!),
    sequence: stops.map((_, i) => i + 1),
    flags: stops.map(() => 0),
  }
  return DAY_KINDS.flatMap(({ id }, service) =>
    departures(service, stops.length, variant).map((startS, n) => {
      const times = runS.map(s => startS + s)
      return { ...like, id: `${line}-${variant}-${id}-${n + 1}`, service, arrS: times, depS: times }
    }),
  )
}
