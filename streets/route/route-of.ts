import type { City } from '../city.ts'
import type { Leg, Place, Route } from '../router.ts'
import type { Guidance } from './guidance.ts'
import { fractionOn } from './place-access.ts'
import { wayLine } from './way-line.ts'

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
  const [first, last] = [arcs[0]!, arcs.at(-1)!]
  const legs: { name: string; dm: number; units: number }[] = []
  const lengthsDm: number[] = []
  arcs.forEach((arc, i) => {
    const start = i === 0 ? fractionOn(from, arc) : 0
    const end = i === arcs.length - 1 ? fractionOn(to, arc) : 1
    const segment = arc >> 1
    const part = (whole: number): number => Math.round(whole * end) - Math.round(whole * start)
    const name = names[streets.name[segment]!] ?? ''
    let leg = legs.at(-1)
    if (!leg || leg.name !== name) legs.push((leg = { name, dm: 0, units: 0 }))
    const dm = part(streets.lengthDm[segment]!)
    lengthsDm.push(dm)
    leg.dm += dm
    leg.units += part(arcUnits[arc]!) + turns[i]!
  })
  const sum = (key: 'dm' | 'units'): number => legs.reduce((total, leg) => total + leg[key], 0)
  return {
    distanceM: sum('dm') / 10,
    durationS: (sum('units') * unitDs) / 10,
    geometry: wayLine(streets, arcs, fractionOn(from, first), fractionOn(to, last)),
    legs: legs.map(
      ({ name, dm, units }): Leg => ({ name, distanceM: dm / 10, durationS: (units * unitDs) / 10 }),
    ),
    steps: guidance(arcs, lengthsDm, to),
    edges: arcs,
  }
}
