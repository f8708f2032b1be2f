import { serviceTable, shareDays } from './services.ts'
import { splitLines } from './split-lines.ts'
import type { FootTable, LineTable, ServiceTable, StopTable, Timetable, TripTable } from './timetable.ts'
import type { SourceFoot, SourceStop, SourceTrip, TimetableSource } from './timetable-source.ts'

/** Makes a timetable of a checked feed. The same feed gives the same timetable, whatever the order of its trips. */
export function buildTimetable(source: TimetableSource): Timetable {
  const services = serviceTable(source.services, source.info.days)
  return {
    info: source.info,
    stops: stopTable(source.stops),
    agencies: source.agencies,
    routes: source.routes,
    services,
    ...linesAndTrips(source.trips, services),
    feet: footTable(source.feet, source.stops.length),
    fares: source.fares ?? null,
  }
}

function stopTable(stops: readonly SourceStop[]): StopTable {
  return {
    id: stops.map(stop => stop.id),
    name: stops.map(stop => stop.name),
    zone: stops.map(stop => stop.zone),
    lngE7: Int32Array.from(stops, stop => Math.round(stop.lng * 1e7)),
    latE7: Int32Array.from(stops, stop => Math.round(stop.lat * 1e7)),
    wheelchair: Uint8Array.from(stops, stop => stop.wheelchair),
    parent: Int32Array.from(stops, stop => stop.parent),
  }
}

function linesAndTrips(
  source: readonly SourceTrip[],
  services: ServiceTable,
): { lines: LineTable; trips: TripTable } {
  const lines = splitLines(source, shareDays(services))
  const trips = lines.flat()
  const firsts = lines.map(line => line[0]!)
  const profiles = profilesOf(lines)
  const headsigns = [...new Set(trips.map(trip => trip.headsign))].sort()
  const headsignAt = new Map(headsigns.map((headsign, index) => [headsign, index]))
  return {
    lines: {
      route: Uint32Array.from(firsts, trip => trip.route),
      stopStart: starts(firsts.map(trip => trip.stops.length)),
      stops: Uint32Array.from(firsts.flatMap(trip => Array.from(trip.stops))),
      sequence: Uint32Array.from(firsts.flatMap(trip => Array.from(trip.sequence))),
      flags: Uint8Array.from(firsts.flatMap(trip => Array.from(trip.flags))),
      tripStart: starts(lines.map(line => line.length)),
      profileAt: Uint32Array.from(profiles.at),
      arrS: Int32Array.from(profiles.arrS),
      depS: Int32Array.from(profiles.depS),
    },
    trips: {
      id: trips.map(trip => trip.id),
      startS: Int32Array.from(trips, trip => trip.depS[0]!),
      profile: Uint32Array.from(profiles.ofTrip),
      service: Uint32Array.from(trips, trip => trip.service),
      headsign: Uint32Array.from(trips, trip => headsignAt.get(trip.headsign)!),
      headsigns,
      direction: Uint8Array.from(trips, trip => trip.direction),
      wheelchair: Uint8Array.from(trips, trip => trip.wheelchair),
      bikes: Uint8Array.from(trips, trip => trip.bikes),
    },
  }
}

/** The speed profiles of lines, each written once a line, in the order of their first trips. */
function profilesOf(lines: readonly (readonly SourceTrip[])[]) {
  const at: number[] = []
  const ofTrip: number[] = []
  const arrS: number[] = []
  const depS: number[] = []
  for (const line of lines) {
    const known = new Map<string, number>()
    for (const trip of line) {
      const startS = trip.depS[0]!
      const arr = Array.from(trip.arrS, s => s - startS)
      const dep = Array.from(trip.depS, s => s - startS)
      const key = `${arr.join()};${dep.join()}`
      let profile = known.get(key)
      if (profile === undefined) {
        profile = at.length
        known.set(key, profile)
        at.push(arrS.length)
        for (const s of arr) arrS.push(s)
        for (const s of dep) depS.push(s)
      }
      ofTrip.push(profile)
    }
  }
  return { at, ofTrip, arrS, depS }
}

function footTable(feet: readonly SourceFoot[], stops: number): FootTable {
  const kept = feet
    .filter(foot => foot.from !== foot.to && foot.seconds <= 0xffff && foot.metres <= 0xffff)
    .sort((a, b) => a.from - b.from || a.seconds - b.seconds || a.to - b.to)
  const counts = new Array<number>(stops).fill(0)
  for (const foot of kept) counts[foot.from]!++
  return {
    start: starts(counts),
    to: Uint32Array.from(kept, foot => foot.to),
    seconds: Uint16Array.from(kept, foot => Math.ceil(foot.seconds)),
    metres: Uint16Array.from(kept, foot => Math.round(foot.metres)),
  }
}

/** Where each of some runs starts when they lie one after the other, and where the last one ends. */
function starts(lengths: readonly number[]): Uint32Array {
  const result = new Uint32Array(lengths.length + 1)
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i]! + lengths[i]!
  return result
}
