import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { SourceFoot } from './timetable-source.ts'

/** Metres a second on foot (the usual 1.2 m/s of signals and of trip planners). */
export const WALK_SPEED = 1.2
/** How much longer a way by streets is than by air where nobody looked. */
export const DETOUR = 1.3
/** Who changes walks no further than this, metres; stops are looked for no further by air. */
export const MOST_FOOT_M = 500

/** No place has more stops in a square of `MOST_FOOT_M`; what is beyond has no ways on foot. */
const MOST_IN_CELL = 500

/** Finds ways on foot from one stop to some near it. */
export interface FootFinder {
  readonly by: 'streets' | 'crow'
  /** Metres to each of `to`, `Infinity` where there is no way of at most `mostM`. */
  metres(from: LngLat, to: readonly LngLat[], mostM: number): ArrayLike<number>
}

/** Ways as the crow flies, and three tenths more: where no streets are known. */
export const CROW: FootFinder = {
  by: 'crow',
  metres: (from, to) => to.map(place => greatCircleM(from, place) * DETOUR),
}

/** A way of so many metres by air, as one walks it. */
export function crowWay(airM: number): Pick<SourceFoot, 'seconds' | 'metres'> {
  return footWay(airM * DETOUR)
}

/** All ways on foot between stops, each direction, of at most `MOST_FOOT_M`. */
export function findFeet(
  stops: readonly { readonly lng: number; readonly lat: number }[],
  walk: FootFinder,
): SourceFoot[] {
  const degrees = MOST_FOOT_M / 111_000
  const cells = new Map<string, number[]>()
  const widths = stops.map(stop => degrees / Math.max(0.01, Math.cos((stop.lat * Math.PI) / 180)))
  const width = widths.reduce((a, b) => Math.max(a, b), degrees)
  const cellOf = (stop: { lng: number; lat: number }): [number, number] => [
    Math.floor(stop.lng / width),
    Math.floor(stop.lat / degrees),
  ]
  stops.forEach((stop, i) => {
    const name = cellOf(stop).join()
    const cell = cells.get(name)
    if (cell && cell.length >= MOST_IN_CELL) return
    if (cell) cell.push(i)
    else cells.set(name, [i])
  })
  const place = (i: number): LngLat => [stops[i]!.lng, stops[i]!.lat]
  return stops.flatMap((stop, from) => {
    const [x, y] = cellOf(stop)
    const near: number[] = []
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const to of cells.get(`${x + dx},${y + dy}`) ?? [])
          if (to !== from && greatCircleM(place(from), place(to)) <= MOST_FOOT_M) near.push(to)
    const metres = walk.metres(place(from), near.map(place), MOST_FOOT_M)
    return near.flatMap((to, i) => (metres[i]! <= MOST_FOOT_M ? { from, to, ...footWay(metres[i]!) } : []))
  })
}

function footWay(metres: number): Pick<SourceFoot, 'seconds' | 'metres'> {
  const whole = Math.round(metres)
  return { metres: whole, seconds: Math.ceil(whole / WALK_SPEED) }
}
