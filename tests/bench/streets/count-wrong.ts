import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { FAR } from '@hexhail/streets/kernel/label-kernel.ts'
import type { CityRouter, DriverEta, Place } from '@hexhail/streets/router.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'
import type { GoalJudge } from '../../unit/streets/street-oracle.ts'
import { routeJudge } from './judge-route.ts'
import type { BenchDriver } from './places.ts'

/** How many answers were compared with a plain search, and how many were another. */
export interface Compared {
  distances: number
  nearest: number
  routes: number
  wrong: number
}

/** What is asked of one router, and by whom it is judged. */
export interface Trial {
  /** City and seed, for whoever wants to see a wrong answer again. */
  readonly name: string
  readonly streets: StreetTable
  readonly graph: StateGraph
  readonly router: CityRouter
  readonly judge: GoalJudge
  /** Times of all arcs (tenths of a second); the goals are shared out among them. */
  readonly rounds: readonly ArrayLike<number>[]
  /** None of them stands in the router yet. */
  readonly drivers: readonly BenchDriver[]
  readonly goals: readonly Place[]
  /** Draws the place that a way to `to` starts from. */
  readonly start: (to: Place) => Place
  /** Distances asked to each goal. */
  readonly distances: number
  readonly rng: () => number
}

/** A unit this big is the last there is: times beyond what it can say are no way. */
const LARGEST_UNIT_DS = 64
const MANY = [10, 1, 3, 40]
/** Work of a slice, where new times are worked in by slices. */
const SLICE = 10_000

/** Asks a router for distances, a route and the nearest drivers to each goal, and judges each answer. */
export function countWrong(trial: Trial): Compared {
  const { name, streets, graph, router, judge, rounds, goals } = trial
  const isRouteRight = routeJudge(streets, graph.model)
  const drivers = [...trial.drivers]
  const compared = { distances: 0, nearest: 0, routes: 0, wrong: 0 }
  for (const { id, place, stance } of drivers) router.drivers.place(id, place, stance)

  rounds.forEach((arcTimesDs, round) => {
    if (round % 2 === 0) router.setTraffic(arcTimesDs)
    else {
      const step = router.beginTraffic(arcTimesDs)
      while (!step(SLICE));
    }
    const times = moveTimes(graph, arcTimesDs, router.unitDs)
    const second = (units: number): number => (units * times.unitDs) / 10
    // Only the largest unit may lose a time: one that does not fit with what a place can add to it.
    const longest = times.arcUnits.reduce((a, b) => Math.max(a, b), 0)
    const sureS = second(times.unitDs < LARGEST_UNIT_DS ? Infinity : FAR - 2 * longest)
    const isRight = (got: number, wantedS: number): boolean =>
      got === wantedS || (got === Infinity && wantedS >= sureS)
    for (const [g, to] of goals.entries()) {
      if (g % rounds.length !== round) continue
      judge.aim(times, to)
      const expected = (from: Place): number => second(judge.unitsFrom(from, [from.edge, from.edge ^ 1]))
      const blame = (what: string, from: Place | null, wanted: unknown, got: unknown): void => {
        if (compared.wrong++ >= 3) return
        const brief = (p: Place | null) => p && { edge: p.edge, fraction: p.fraction }
        const places = { round, unitDs: times.unitDs, from: brief(from), to: brief(to) }
        const drawn = what.includes('nearest') ? { drivers: inDispute(drivers, wanted, got) } : {}
        console.log(`  wrong ${what}: ${name}, ${graph.model}`)
        console.log(`    ${JSON.stringify({ ...places, wanted, got, ...drawn })}`)
      }
      const attempt = <T>(what: string, from: Place | null, ask: () => T): T | undefined => {
        try {
          return ask()
        } catch (error) {
          blame(`${what} throws`, from, 'an answer', String(error))
          return undefined
        }
      }
      const starts = Array.from({ length: trial.distances }, () => trial.start(to))
      const column = attempt('matrix', null, () => router.matrix(starts, [to]))
      using prepared = router.prepare([...starts, to])
      const seconds = attempt('prepared', null, () => prepared.secondsTo(to))
      starts.forEach((from, i) => {
        compared.distances++
        const wanted = expected(from)
        const alone = attempt('distance', from, () => router.distanceS(from, to))
        const pair = attempt('prepared', from, () => prepared.distanceS(i, starts.length))
        const got = { alone, inMatrix: column?.[i], prepared: pair, fromAll: seconds?.[i] }
        // What threw is blamed already.
        const answers = Object.values(got).filter(time => time !== undefined)
        if (!answers.every(time => isRight(time, wanted))) blame('distance', from, wanted, got)
      })
      const from = trial.start(to)
      const wanted = expected(from)
      if (wanted < sureS || wanted === Infinity) {
        const route = attempt('route', from, () => router.route(from, to))
        const fault = route === undefined ? null : isRouteRight(route, from, to, wanted, times)
        if (fault) blame(`route (${fault})`, from, wanted, route)
        compared.routes++
      }
      move(drivers, router, trial, g)
      const needs = g % 3 === 0 ? 1 << (g % 8) : 0
      const k = MANY[g % MANY.length]!
      const ranked = (list: readonly BenchDriver[], isKept: boolean, most = k): DriverEta[] =>
        list
          .map(({ id, place, arcs }) => ({
            id,
            etaS: isKept ? second(judge.unitsFrom(place, arcs)) : expected(place),
          }))
          .filter(({ etaS }) => etaS < Infinity)
          .sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
          .slice(0, most)
      const sure = (list: readonly DriverEta[] | undefined): string =>
        JSON.stringify(list?.filter(({ etaS }) => etaS < sureS))
      const able = drivers.filter(({ stance }) => (stance.classes! & needs) === needs)
      const kept = attempt('nearest', null, () => router.drivers.nearest(to, k, needs))
      const best = ranked(able, true)
      if (kept && sure(kept) !== sure(best)) blame(`${k} nearest, needs ${needs}`, null, best, kept)
      const { drivers: index } = router
      const told = attempt('times of all kept', null, () => index.secondsTo(to))
      const every = told && index.ids.map((id, n) => ({ id, etaS: told[n]! }))
      every?.sort((a, b) => a.etaS - b.etaS || (a.id < b.id ? -1 : 1))
      const each = ranked(drivers, true, Infinity)
      if (every && sure(every) !== sure(each)) blame('times of all kept, not nearest', null, each, every)
      const few = drivers.slice(0, 50)
      const scanned = attempt('nearest of a list', null, () => router.nearest(few, to, k))
      const fewest = ranked(few, false)
      if (scanned && sure(scanned) !== sure(fewest)) blame(`${k} nearest of a list`, null, fewest, scanned)
      compared.nearest++
    }
  })
  router.setTraffic(null)
  for (const { id } of drivers) router.drivers.remove(id)
  return compared
}

/** The drivers, of two lists of the nearest, who are not timed alike in both. */
function inDispute(drivers: readonly BenchDriver[], ...lists: readonly unknown[]): readonly BenchDriver[] {
  const [some, others] = lists.map(
    list => new Set(Array.isArray(list) ? (list as DriverEta[]).map(each => JSON.stringify(each)) : []),
  )
  const ids = [...some!.symmetricDifference(others!)].map(text => (JSON.parse(text) as DriverEta).id)
  return drivers.filter(({ id }) => ids.includes(id))
}

/** Before each goal one driver goes elsewhere, and now and then one leaves and comes back. */
function move(drivers: BenchDriver[], router: CityRouter, { rng }: Trial, g: number): void {
  if (drivers.length < 2) return
  const i = Math.floor(rng() * drivers.length)
  const other = drivers[Math.floor(rng() * drivers.length)]!
  const moved = { ...drivers[i]!, place: other.place, arcs: other.arcs }
  const { headingDeg } = other.stance
  drivers[i] = { ...moved, stance: { classes: moved.stance.classes!, headingDeg } }
  if (g % 5 === 0) {
    router.drivers.remove(moved.id)
    router.drivers.place(moved.id, moved.place, drivers[i]!.stance)
  } else router.drivers.place(moved.id, moved.place, { headingDeg })
}
