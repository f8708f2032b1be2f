import type { Timetable } from '../timetable/timetable.ts'

/** Where trips stand in a timetable, by their ids. */
export interface TripPlace {
  readonly trip: number
  readonly line: number
}

const PLACES = new WeakMap<Timetable, ReadonlyMap<string, TripPlace>>()

/** Trips by id; worked out once for each timetable. */
export function tripPlaces(timetable: Timetable): ReadonlyMap<string, TripPlace> {
  let places = PLACES.get(timetable)
  if (places === undefined) {
    const { lines, trips } = timetable
    const made = new Map<string, TripPlace>()
    for (let line = 0; line < lines.route.length; line++)
      for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++)
        made.set(trips.id[trip]!, { trip, line })
    PLACES.set(timetable, (places = made))
  }
  return places
}

/** One call of a trip as it is planned, seconds of its service day. */
export interface PlannedCall {
  readonly stop: number
  /** GTFS's `stop_sequence`. */
  readonly sequence: number
  readonly arrS: number
  readonly depS: number
}

/** A trip's calls in their order. */
export function plannedCalls({ lines, trips }: Timetable, { trip, line }: TripPlace): PlannedCall[] {
  const first = lines.stopStart[line]!
  const at = lines.profileAt[trips.profile[trip]!]!
  const startS = trips.startS[trip]!
  return Array.from({ length: lines.stopStart[line + 1]! - first }, (_, i) => ({
    stop: lines.stops[first + i]!,
    sequence: lines.sequence[first + i]!,
    arrS: startS + lines.arrS[at + i]!,
    depS: startS + lines.depS[at + i]!,
  }))
}
