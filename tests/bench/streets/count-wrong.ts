import type { City } from '@hexhail/streets/city.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { standOnly } from './measure-nearest.ts'
import type { Model } from './open-model.ts'
import type { BenchDriver } from './places.ts'
import type { PlainDijkstra } from './plain-dijkstra.ts'
import { streetLaw } from './street-law.ts'

/** How many answers were compared with plain Dijkstra, and how many were another. */
export interface Compared {
  distances: number
  nearest: number
  routes: number
  wrong: number
}

const DISTANCES = 5
const K = 10

/** Asks a model about `goals`, half by free streets and half by live times, and judges each answer. */
export function countWrong(
  city: City,
  model: Model,
  plain: PlainDijkstra,
  [freeDs, liveDs]: readonly [ArrayLike<number>, ArrayLike<number>],
  drivers: readonly BenchDriver[],
  goals: readonly Place[],
  rng: () => number,
): Compared {
  const { router } = model
  const isLawful = streetLaw(city.streets, model.graph.model)
  const compared = { distances: 0, nearest: 0, routes: 0, wrong: 0 }
  const judge = (isRight: boolean, what: string): void => {
    if (isRight) return
    compared.wrong++
    if (compared.wrong <= 5) console.log(`  wrong: ${what}, ${model.graph.model}`)
  }
  standOnly(model, [], drivers)
  for (const [half, arcTimesDs] of [freeDs, liveDs].entries()) {
    router.setTraffic(arcTimesDs)
    const times = model.times(arcTimesDs)
    const seconds = (units: number): number => (units * times.unitDs) / 10
    for (const [g, to] of goals.entries()) {
      if (g % 2 !== half) continue
      plain.search(times, to, () => false)
      const expected = (from: Place): number => seconds(plain.unitsFrom(from, [from.edge, from.edge ^ 1]))
      for (let i = 0; i < DISTANCES; i++, compared.distances++) {
        // The last one is on the street of the goal itself.
        const from =
          i < DISTANCES - 1
            ? goals[Math.floor(rng() * goals.length)]!
            : placeOn(city.streets, to.edge, Math.round(rng() * 65_535) / 65_535)
        judge(router.distanceS(from, to) === expected(from), 'distance')
      }
      const from = goals[(g * 7 + 1) % goals.length]!
      const route = router.route(from, to)
      judge(isWholeRoute(route, expected(from)) && isLawful(route?.edges ?? []), 'route')
      compared.routes++
      const needs = g % 3 === 0 ? 1 << (g % 8) : 0
      const nearest = drivers
        .filter(({ stance }) => (stance.classes! & needs) === needs)
        .map(({ id, place, arcs }) => ({ id, etaS: seconds(plain.unitsFrom(place, arcs)) }))
        .filter(({ etaS }) => etaS < Infinity)
        .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
        .slice(0, K)
      judge(JSON.stringify(router.drivers.nearest(to, K, needs)) === JSON.stringify(nearest), `${K} nearest`)
      compared.nearest++
    }
  }
  router.setTraffic(null)
  standOnly(model, drivers, [])
  return compared
}

/** Whether a route takes as long as it must, and its legs and steps make up the whole. */
function isWholeRoute(route: ReturnType<Model['router']['route']>, durationS: number): boolean {
  if (!route) return durationS === Infinity
  const tenths = (list: readonly number[]): number => Math.round(list.reduce((sum, n) => sum + n, 0) * 10)
  return (
    route.durationS === durationS &&
    tenths(route.legs.map(leg => leg.durationS)) === Math.round(durationS * 10) &&
    tenths(route.legs.map(leg => leg.distanceM)) === Math.round(route.distanceM * 10) &&
    tenths(route.steps.map(step => step.distanceM)) === Math.round(route.distanceM * 10)
  )
}
