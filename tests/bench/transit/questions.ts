import { nearStops } from '@hexhail/transit/search/near-stops.ts'
import type { DoorWay, Query } from '@hexhail/transit/search/query.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'

/** The seeded questions of the bench; the same in Node and in Chromium. */
export interface Questions {
  /** From a stop, or one that can be walked to from it, to a stop or one near it; `from` and `to` are those two. */
  readonly stops: readonly { readonly from: number; readonly to: number; readonly query: Query }[]
  /** From door to door in a window of 60 minutes, with 30 stops walked to and 30 ridden to at each end. */
  readonly windows: readonly Query[]
}

const WALK_MPS = 1.2
const RIDE_MPS = 8

/** Questions between 7 and 19 h. */
export function questions(
  timetable: Timetable,
  rng: () => number,
  stops: number,
  windows: number,
): Questions {
  const { start, to: ends, seconds, metres } = timetable.feet
  const count = timetable.stops.id.length
  const stop = (): number => Math.floor(rng() * count)
  const departS = (): number => (7 + Math.floor(rng() * 12)) * 3600
  const around = (at: number): DoorWay[] => [
    { stop: at, by: 'walk', seconds: 0, metres: 0, money: 0 },
    ...Array.from({ length: start[at + 1]! - start[at]! }, (_, i): DoorWay => {
      const way = start[at]! + i
      return { stop: ends[way]!, by: 'walk', seconds: seconds[way]!, metres: metres[way]!, money: 0 }
    }),
  ]
  const door = (at: number): DoorWay[] => {
    const [lng, lat] = [timetable.stops.lngE7[at]! / 1e7, timetable.stops.latE7[at]! / 1e7]
    const away = (other: number): number =>
      Math.hypot(
        ((timetable.stops.lngE7[other]! / 1e7 - lng) * Math.cos((lat * Math.PI) / 180)) / 8.99e-6,
        (timetable.stops.latE7[other]! / 1e7 - lat) / 8.99e-6,
      )
    const near = nearStops(timetable, lng, lat, { most: 30, walkM: 5000, rideM: 20_000 })
    return [
      ...near.walk.map((other): DoorWay => {
        const m = Math.round(away(other) * 1.3)
        return { stop: other, by: 'walk', seconds: Math.ceil(m / WALK_MPS), metres: m, money: 0 }
      }),
      ...near.ride.map((other): DoorWay => {
        const m = away(other) * 1.4
        const money = 500 + Math.round(m * 0.25)
        return { stop: other, by: 'ride', seconds: Math.ceil(240 + m / RIDE_MPS), metres: 0, money }
      }),
    ]
  }
  return {
    stops: Array.from({ length: stops }, () => {
      const [from, to] = [stop(), stop()]
      return { from, to, query: { access: around(from), egress: around(to), departS: departS() } }
    }),
    windows: Array.from({ length: windows }, () => ({
      ...{ access: door(stop()), egress: door(stop()), departS: departS(), windowS: 3600 },
    })),
  }
}

/** The same windows with walking and money: each in four steps. */
export const withSteps = (query: Query): Query => ({
  ...query,
  walk: { size: 500, most: 3 },
  money: { size: 1000, most: 3 },
})
