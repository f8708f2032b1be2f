import type { FareTable } from '../fares/fare-table.ts'

/**
 * A timetable: lines as stop list, speed profiles and departures, in typed arrays. Places are degrees times 1e7; times
 * are seconds from the start of the service day (noon less 12 h) and may pass 24 h. All indices count from 0.
 */
export interface Timetable {
  readonly info: TimetableInfo
  readonly stops: StopTable
  readonly agencies: readonly Agency[]
  readonly routes: readonly Route[]
  readonly lines: LineTable
  readonly trips: TripTable
  readonly services: ServiceTable
  readonly feet: FootTable
  /** What its lines cost; null where nobody said. */
  readonly fares: FareTable | null
}

/** What a reader is told about it. `feetBy`: what foot transfers were found by. */
export interface TimetableInfo {
  readonly name: string
  /** IANA time zone of the service days. */
  readonly timezone: string
  /** First day that `services` know, in days since 1970-01-01, and how many they know. */
  readonly startDay: number
  readonly days: number
  /** Times are not an agency's but worked out from streets and headways. */
  readonly modelled: boolean
  readonly feetBy: 'streets' | 'crow'
}

/** GTFS's three answers to «can a wheelchair (a bicycle)?»: 0 nobody said, 1 yes, 2 no. */
export type Access = 0 | 1 | 2

/** Stops, one an index in each column. `parent` is a station's stop index or -1. */
export interface StopTable {
  readonly id: readonly string[]
  readonly name: readonly string[]
  readonly zone: readonly string[]
  readonly lngE7: Int32Array
  readonly latE7: Int32Array
  /** `Access` of each. */
  readonly wheelchair: Uint8Array
  readonly parent: Int32Array
}

export interface Agency {
  readonly id: string
  readonly name: string
}

/** A route as riders know it; `type` is GTFS's `route_type`, `agency` an index, `colour` six hex digits or empty. */
export interface Route {
  readonly id: string
  readonly agency: number
  readonly shortName: string
  readonly longName: string
  readonly type: number
  readonly colour: string
}

/** No boarding, no alighting at a line's stop: bits of `LineTable.flags`. */
export const NO_BOARDING = 1
export const NO_ALIGHTING = 2

/**
 * Lines: trips of one route that call at the same stops under the same rules and never overtake each other on a day.
 * The calls of line `l` are `stopStart[l] … stopStart[l + 1]` in `stops`, `sequence` and `flags`; its trips are
 * `tripStart[l] … tripStart[l + 1]` in the trip table. Profile `p` has as many times as its line has calls, from
 * `profileAt[p]` on in `arrS` and `depS`: seconds after the trip's start, which is its departure from the first stop.
 */
export interface LineTable {
  readonly route: Uint32Array
  readonly stopStart: Uint32Array
  readonly stops: Uint32Array
  /** GTFS's `stop_sequence`. */
  readonly sequence: Uint32Array
  readonly flags: Uint8Array
  readonly tripStart: Uint32Array
  readonly profileAt: Uint32Array
  readonly arrS: Int32Array
  readonly depS: Int32Array
}

/** Trips, in each line by departure: no trip is at any call before one above it that runs on the same day. */
export interface TripTable {
  readonly id: readonly string[]
  readonly startS: Int32Array
  readonly profile: Uint32Array
  readonly service: Uint32Array
  /** Index into `headsigns`. */
  readonly headsign: Uint32Array
  readonly headsigns: readonly string[]
  /** 0, 1, or 255 where nobody said. */
  readonly direction: Uint8Array
  readonly wheelchair: Uint8Array
  readonly bikes: Uint8Array
}

/** Service `s` runs on day `d` (from `startDay`) if bit `d & 31` of `bits[s * words + (d >> 5)]` is set. */
export interface ServiceTable {
  readonly id: readonly string[]
  readonly words: number
  readonly bits: Uint32Array
}

/** Ways on foot from stop `s`: `start[s] … start[s + 1]`, nearest first; never from a stop to itself. */
export interface FootTable {
  readonly start: Uint32Array
  readonly to: Uint32Array
  readonly seconds: Uint16Array
  readonly metres: Uint16Array
}

/** Whether a service runs on a day, counted from `startDay`; a day out of its range has none. */
export function runsOn(services: ServiceTable, service: number, day: number): boolean {
  if (day < 0 || day >= services.words * 32) return false
  return ((services.bits[service * services.words + (day >> 5)]! >>> (day & 31)) & 1) === 1
}
