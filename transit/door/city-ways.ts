import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/streets/city.ts'
import { createFootWays, type FootPlace, type FootWays } from '@hexhail/streets/foot/foot-ways.ts'
import type { Place, Route, Router } from '@hexhail/streets/router.ts'
import type { Timetable } from '../timetable/timetable.ts'

/** The streets and the stops of a city together: what a search of ways from door to door asks them. */
export interface CityWays {
  readonly foot: FootWays
  /** Of each stop, where it is, where one walks from it and where a car stops at it. */
  readonly at: readonly LngLat[]
  footStop(stop: number): FootPlace | null
  /** All of them. */
  footStops(): readonly (FootPlace | null)[]
  carStop(stop: number): Place | null
  snap(at: LngLat): Place | null
  route(from: Place | null, to: Place | null): Route | null
  /** What a line's vehicle drives from one call to the next: the street way where there is one, else straight on. */
  stretch(from: number, to: number): { readonly metres: number; readonly line: readonly LngLat[] }
}

/** A street way is not what a vehicle drives where it is so much longer than the way by air (rails, bus roads). */
const MOST_DETOUR = 1.8
const AT_LEAST_M = 150
/** Stretches that are kept. */
const KEPT = 5000

/** Joins them; stops are looked up when first asked for. */
export function cityWays(city: City, router: Router, { stops }: Timetable): CityWays {
  const foot = createFootWays(city)
  const at = Array.from(stops.id, (_, i): LngLat => [stops.lngE7[i]! / 1e7, stops.latE7[i]! / 1e7])
  const carStops = new Map<number, Place | null>()
  const stretches = new Map<string, ReturnType<CityWays['stretch']>>()
  let footStops: readonly (FootPlace | null)[] | null = null
  const allFootStops = () => (footStops ??= at.map(place => foot.place(place)))
  const carStop = (stop: number): Place | null => {
    let place = carStops.get(stop)
    if (place === undefined) carStops.set(stop, (place = router.snap(at[stop]!)))
    return place
  }
  const route = (from: Place | null, to: Place | null): Route | null =>
    from && to ? router.route(from, to) : null
  return {
    foot,
    at,
    footStops: allFootStops,
    footStop: stop => allFootStops()[stop]!,
    carStop,
    snap: place => router.snap(place),
    route,
    stretch: (from, to) => {
      const key = `${from} ${to}`
      let found = stretches.get(key)
      if (found === undefined) {
        const airM = greatCircleM(at[from]!, at[to]!)
        const way = route(carStop(from), carStop(to))
        const isDriven = way !== null && way.distanceM <= Math.max(AT_LEAST_M, airM * MOST_DETOUR)
        found = isDriven
          ? { metres: way.distanceM, line: way.geometry }
          : { metres: airM, line: [at[from]!, at[to]!] }
        if (stretches.size >= KEPT) stretches.clear()
        stretches.set(key, found)
      }
      return found
    },
  }
}
