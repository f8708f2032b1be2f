import type { Timetable } from '../timetable/timetable.ts'

/** Stops to begin or end at: the nearest ones to walk to, and of each line the nearest one to ride to. */
export interface NearStops {
  readonly walk: readonly number[]
  readonly ride: readonly number[]
}

/** How many stops, and how far off as the crow flies. */
export interface NearLimits {
  readonly most: number
  readonly walkM: number
  readonly rideM: number
}

const METRES_PER_E7 = 0.0111194927

/** The stops near a place (degrees) that lines call at; nearest first. */
export function nearStops(
  { stops, lines }: Timetable,
  lng: number,
  lat: number,
  limits: NearLimits,
): NearStops {
  const squeeze = Math.cos((lat * Math.PI) / 180)
  const metres = (stop: number): number =>
    METRES_PER_E7 * Math.hypot((stops.lngE7[stop]! - lng * 1e7) * squeeze, stops.latE7[stop]! - lat * 1e7)
  const away = Float64Array.from(stops.id, (_, stop) => metres(stop))
  const called = new Set<number>(lines.stops)
  const nearest = new Set<number>()
  for (let line = 0; line < lines.route.length; line++) {
    let best = lines.stops[lines.stopStart[line]!]!
    for (let at = lines.stopStart[line]!; at < lines.stopStart[line + 1]!; at++)
      if (away[lines.stops[at]!]! < away[best]!) best = lines.stops[at]!
    nearest.add(best)
  }
  const sorted = (some: Iterable<number>, within: number): number[] =>
    [...some]
      .filter(stop => away[stop]! <= within)
      .sort((a, b) => away[a]! - away[b]! || a - b)
      .slice(0, limits.most)
  return { walk: sorted(called, limits.walkM), ride: sorted(nearest, limits.rideM) }
}
