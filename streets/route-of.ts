import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from './city.ts'
import type { Leg, Place, Route } from './router.ts'
import { sliceSegment } from './segment-shape.ts'

/** A route along arcs: the first is left from `from`, the last is driven as far as `to`. */
export function routeOf(
  city: Pick<City, 'streets' | 'names'>,
  times: Int32Array,
  from: Place,
  to: Place,
  arcs: readonly number[],
): Route {
  const { streets, names } = city
  const geometry: LngLat[] = []
  const legs: { name: string; dm: number; ds: number }[] = []
  arcs.forEach((arc, i) => {
    const start = i === 0 ? fractionOn(from, arc) : 0
    const end = i === arcs.length - 1 ? fractionOn(to, arc) : 1
    const segment = arc >> 1
    const part = (whole: number): number => Math.round(whole * end) - Math.round(whole * start)
    const line =
      arc & 1
        ? sliceSegment(streets, segment, 1 - start, 1 - end)
        : sliceSegment(streets, segment, start, end)
    for (const at of line) {
      const last = geometry.at(-1)
      if (!last || last[0] !== at[0] || last[1] !== at[1]) geometry.push(at)
    }
    const name = names[streets.name[segment]!] ?? ''
    let leg = legs.at(-1)
    if (!leg || leg.name !== name) legs.push((leg = { name, dm: 0, ds: 0 }))
    leg.dm += part(streets.lengthDm[segment]!)
    leg.ds += part(times[arc]!)
  })
  if (geometry.length === 1) geometry.push(geometry[0]!)
  const sum = (key: 'dm' | 'ds'): number => legs.reduce((total, leg) => total + leg[key], 0) / 10
  return {
    distanceM: sum('dm'),
    durationS: sum('ds'),
    geometry,
    legs: legs.map((leg): Leg => ({ name: leg.name, distanceM: leg.dm / 10, durationS: leg.ds / 10 })),
  }
}

function fractionOn(place: Place, arc: number): number {
  return arc === place.edge ? place.fraction : 1 - place.fraction
}
