import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnCosts } from '@hexhail/streets/graph/turn-cost.ts'
import { fractionOn } from '@hexhail/streets/route/place-access.ts'
import type { Place, Route } from '@hexhail/streets/router.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'
import { streetLaw } from './street-law.ts'

/** Times of one epoch, in units of `unitDs` tenths of a second, by arc. */
interface ArcUnits {
  readonly arcUnits: ArrayLike<number>
  readonly unitDs: number
}

/** Tells what is wrong with a route that should take `durationS`; null: nothing. */
export type RouteJudge = (
  route: Route | null,
  from: Place,
  to: Place,
  durationS: number,
  times: ArcUnits,
) => string | null

/** Makes the judge: it drives the edges anew by the street table and counts time and length itself. */
export function routeJudge(streets: StreetTable, model: StateGraph['model']): RouteJudge {
  const isLawful = streetLaw(streets, model)
  const turnDs = turnCosts(streets)
  const sum = (list: readonly number[]): number => list.reduce((total, n) => total + n, 0)
  const tenths = (list: readonly number[]): number => Math.round(10 * sum(list))
  return (route, from, to, durationS, { arcUnits, unitDs }) => {
    if (!route) return durationS === Infinity ? null : 'no route'
    const { edges, legs, steps, geometry } = route
    const [first, last] = [edges[0]!, edges.at(-1)!]
    if (first >> 1 !== from.edge >> 1 || last >> 1 !== to.edge >> 1) return 'it begins or ends elsewhere'
    if (!isLawful(edges)) return 'it breaks a street law'
    const part = (i: number, whole: number): number =>
      Math.round(whole * (i === edges.length - 1 ? fractionOn(to, last) : 1)) -
      Math.round(whole * (i === 0 ? fractionOn(from, first) : 0))
    const driven = sum(edges.map((edge, i) => part(i, arcUnits[edge]!)))
    const turned = edges.map((edge, i) =>
      i === 0 || model === 'junctions'
        ? 0
        : Math.floor((turnDs(edges[i - 1]!, edge) + (unitDs >> 1)) / unitDs),
    )
    if (((driven + sum(turned)) * unitDs) / 10 !== durationS) return 'its edges take another time'
    if (route.durationS !== durationS) return `it says ${route.durationS} s`
    if (tenths(legs.map(leg => leg.durationS)) !== tenths([durationS])) return 'its legs take another time'
    const lengthDm = sum(edges.map((edge, i) => part(i, streets.lengthDm[edge >> 1]!)))
    for (const parts of [[route], legs, steps])
      if (tenths(parts.map(each => each.distanceM)) !== lengthDm)
        return 'its parts are not as long as its edges'
    const isAt = (line: readonly number[], { at }: Place): boolean =>
      Math.abs(line[0]! - at[0]) + Math.abs(line[1]! - at[1]) < 1e-5
    if (!isAt(geometry[0]!, from) || !isAt(geometry.at(-1)!, to)) return 'its line begins or ends elsewhere'
    return null
  }
}
