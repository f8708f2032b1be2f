import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import type { FootPlace } from '@hexhail/streets/foot/foot-ways.ts'
import type { Place } from '@hexhail/streets/router.ts'
import type { DoorWays, End, Ride, Walk } from '../search/door-plan.ts'
import { nearStops } from '../search/near-stops.ts'
import { WALK_SPEED } from '../timetable/find-feet.ts'
import type { Timetable } from '../timetable/timetable.ts'
import type { CityWays } from './city-ways.ts'
import type { TravelQuery } from './travel-plan.ts'

/** How far people go to a stop, metres by the streets, and how fast on a bicycle in a city, metres a second. */
export const REACH = { walkM: 1500, cycleM: 4000, throughM: 5000, cycleMps: 4 } as const
/** Stops asked at each end, walked and ridden; a car is not taken over less than so many metres by air. */
const STOPS = { most: 30, rideM: 12_000, leastRideM: 600 } as const

/** A door of a query on the streets. */
export interface Door {
  readonly at: LngLat
  readonly foot: FootPlace | null
  readonly car: Place | null
}

/** All that the planner is to know of one query's doors. */
export interface QueryWays {
  readonly ways: DoorWays
  readonly doors: Readonly<Record<End, Door>>
  readonly walkStops: Readonly<Record<End, readonly number[]>>
  readonly rideStops: Readonly<Record<End, readonly number[]>>
  /** What a ride all the way costs, minor units; null where there is none. */
  readonly throughMoney: number | null
}

/**
 * Asks the streets what a query needs. Whoever has a bicycle rides it where others walk; `fare` is what the lines of a journey
 * cost together.
 */
export function queryWays(
  city: CityWays,
  timetable: Timetable,
  query: TravelQuery,
  fare: DoorWays['fare'],
): QueryWays {
  const { from, to, etaS, tariff, bp, bicycle } = query
  const doorAt = (at: LngLat): Door => ({ at, foot: city.foot.place(at), car: city.snap(at) })
  const doors = { origin: doorAt(from), goal: doorAt(to) }
  const reachM = bicycle ? REACH.cycleM : REACH.walkM
  const mps = bicycle ? REACH.cycleMps : WALK_SPEED
  const walked = (metres: number): Walk | null =>
    Number.isFinite(metres) ? { seconds: Math.ceil(metres / mps), metres: Math.round(metres) } : null
  const toStops = (door: Door): Float64Array =>
    door.foot === null
      ? new Float64Array(city.at.length).fill(Infinity)
      : city.foot.metres(door.foot, city.footStops(), reachM)
  const metres = { origin: toStops(doors.origin), goal: toStops(doors.goal) }
  const ride = (a: Place | null, b: Place | null): Ride | null => {
    const way = etaS === null ? null : city.route(a, b)
    if (way === null || etaS === null) return null
    const seconds = Math.round(way.durationS)
    return { seconds, etaS, money: Number(fareOf(tariff, Math.round(way.distanceM), seconds, bp)) }
  }
  const near = (end: End) => {
    const [lng, lat] = doors[end].at
    const { walk, ride: rides } = nearStops(timetable, lng, lat, {
      ...{ most: STOPS.most, walkM: reachM, rideM: etaS === null ? 0 : STOPS.rideM },
    })
    return {
      walk,
      ride: rides.filter(stop => greatCircleM(doors[end].at, city.at[stop]!) >= STOPS.leastRideM),
    }
  }
  const [origin, goal] = [near('origin'), near('goal')]
  const through = ride(doors.origin.car, doors.goal.car)
  const throughM =
    doors.origin.foot && doors.goal.foot
      ? city.foot.metres(
          doors.origin.foot,
          [doors.goal.foot],
          bicycle ? 3 * REACH.throughM : REACH.throughM,
        )[0]!
      : Infinity
  return {
    doors,
    walkStops: { origin: origin.walk, goal: goal.walk },
    rideStops: { origin: origin.ride, goal: goal.ride },
    throughMoney: through?.money ?? null,
    ways: {
      walk: (end, stop) => walked(metres[end][stop]!),
      ride: (end, stop) =>
        end === 'origin'
          ? ride(doors.origin.car, city.carStop(stop))
          : ride(city.carStop(stop), doors.goal.car),
      walkThrough: () => walked(throughM),
      rideThrough: () => through,
      fare,
    },
  }
}
