import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from './city.ts'
import type { Guidance } from './guidance.ts'
import { fractionOn } from './place-access.ts'
import type { Leg, Place, Route } from './router.ts'
import { sliceSegment } from './segment-shape.ts'

/** A way: the first arc is left from a place on it, the last is driven as far as a place on it. */
export interface Way {
  readonly arcs: readonly number[]
  /** Time lost in the turn before each arc, units. */
  readonly turns: readonly number[]
}

/** The route along a way; `arcUnits` are the times of all arcs in units of `unitDs` tenths of a second. */
export function routeOf(
  { streets, names }: Pick<City, 'streets' | 'names'>,
  guidance: Guidance,
  { arcUnits, unitDs }: { readonly arcUnits: Uint32Array; readonly unitDs: number },
  from: Place,
  to: Place,
  { arcs, turns }: Way,
): Route {
  const geometry: LngLat[] = []
  const legs: { name: string; dm: number; units: number }[] = []
  const lengthsDm: number[] = []
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
    if (!leg || leg.name !== name) legs.push((leg = { name, dm: 0, units: 0 }))
    const dm = part(streets.lengthDm[segment]!)
    lengthsDm.push(dm)
    leg.dm += dm
    leg.units += part(arcUnits[arc]!) + turns[i]!
  })
  if (geometry.length === 1) geometry.push(geometry[0]!)
  const sum = (key: 'dm' | 'units'): number => legs.reduce((total, leg) => total + leg[key], 0)
  return {
    distanceM: sum('dm') / 10,
    durationS: (sum('units') * unitDs) / 10,
    geometry,
    legs: legs.map(
      ({ name, dm, units }): Leg => ({ name, distanceM: dm / 10, durationS: (units * unitDs) / 10 }),
    ),
    steps: guidance(arcs, lengthsDm, to),
    edges: arcs,
  }
}
