import type { Needs } from '@hexhail/transit/search/day-view.ts'
import type { Query, Steps } from '@hexhail/transit/search/query.ts'
import type { SourceTrip, TimetableSource } from '@hexhail/transit/timetable/timetable-source.ts'

/** What is known of a trip on a day that is not in the feed: seconds late at each call, calls left out, or all of it. */
export interface Live {
  readonly trip: string
  readonly day: number
  readonly arrS: readonly number[]
  readonly depS: readonly number[]
  readonly skipped: readonly boolean[]
  readonly cancelled: boolean
}

/** `grid, arrival, lines, steps walked, steps paid` of a journey. */
export type Figures = readonly [number, number, number, number, number]

interface Label {
  readonly stop: number
  readonly s: number
  readonly walk: number
  readonly money: number
}

/**
 * The Pareto set by the definition and by nothing else: from each departure all labels are spread over all trips of the
 * raw feed, call by call, and only at the end it is asked who beats whom. For small networks.
 */
export function plainPareto(
  source: TimetableSource,
  day: number,
  needs: Needs,
  query: Query,
  live: readonly Live[] = [],
): Figures[] {
  const runs = runsOf(source, day, needs, live)
  const steps = (amount: number, by: Steps | undefined): number => (by ? Math.round(amount / by.size) : 0)
  const { walk, money, windowS = 0, gridS = 60, horizonS = 4 * 3600, maxRides = 5, changeS = 0 } = query
  const most = { walk: walk?.most ?? 0, money: money?.most ?? 0 }
  const latestS = query.departS + windowS + horizonS
  const all: Figures[] = []
  const direct: Figures[] = []
  const kept = (labels: readonly Label[]): Label[] =>
    pareto(
      labels.filter(l => l.walk <= most.walk && l.money <= most.money && l.s <= latestS),
      l => l.stop,
      l => [l.s, l.walk, l.money],
    )
  for (let depart = query.departS; depart <= query.departS + windowS; depart += gridS) {
    for (const way of query.direct ?? []) {
      const [w, m] = [steps(way.metres, walk), steps(way.money, money)]
      if (w <= most.walk && m <= most.money) direct.push([depart, depart + way.seconds, 0, w, m])
    }
    let ready = kept(
      query.access.map(way => ({
        stop: way.stop,
        s: Math.max(depart, way.notBeforeS ?? depart) + way.seconds,
        walk: steps(way.metres, walk),
        money: steps(way.money, money),
      })),
    )
    for (let lines = 1; lines <= maxRides; lines++) {
      const arrived = kept(ready.flatMap(label => runs.flatMap(run => rideOn(run, label, price))))
      for (const label of arrived)
        for (const way of query.egress.filter(each => each.stop === label.stop)) {
          const w = label.walk + steps(way.metres, walk)
          const m = label.money + steps(way.money, money)
          const s = label.s + way.seconds
          if (w <= most.walk && m <= most.money && s <= latestS) all.push([depart, s, lines, w, m])
        }
      ready = kept(
        arrived.flatMap(label => [
          { ...label, s: label.s + changeS },
          ...source.feet
            .filter(foot => foot.from === label.stop && foot.to !== label.stop)
            .filter(foot => Math.round(foot.metres) <= (query.maxFootM ?? 1e9))
            .map(foot => ({
              stop: foot.to,
              s: label.s + changeS + Math.ceil(foot.seconds),
              walk: label.walk + steps(Math.round(foot.metres), walk),
              money: label.money,
            })),
        ]),
      )
    }
  }
  const figures = pareto(
    [...direct, ...all],
    () => 0,
    ([grid, ...less]) => [-grid, ...less],
  )
  return figures.filter(([, , lines]) => lines > 0)

  function price(trip: SourceTrip): number {
    return steps(query.linePrice ? PRICES.get(query.linePrice)!(trip) : 0, money)
  }
}

/** The price of a trip's line, by the array that the search was given: the oracle knows no lines. */
export const PRICES = new WeakMap<object, (trip: SourceTrip) => number>()

interface Run {
  readonly trip: SourceTrip
  readonly arrS: readonly number[]
  readonly depS: readonly number[]
  readonly open: readonly boolean[]
}

function runsOf(source: TimetableSource, day: number, needs: Needs, live: readonly Live[]): Run[] {
  const fits = (access: number, need?: 'sure' | 'open'): boolean =>
    need === undefined || access === 1 || (need === 'open' && access === 0)
  return [-2, -1, 0, 1].flatMap(shift =>
    source.trips.flatMap(trip => {
      if (!source.services[trip.service]!.days.includes(day + shift)) return []
      if (!fits(trip.wheelchair, needs.wheelchair) || !fits(trip.bikes, needs.bikes)) return []
      const known = live.find(each => each.trip === trip.id && each.day === day + shift)
      if (known?.cancelled) return []
      const at = (times: ArrayLike<number>, late?: readonly number[]): number[] =>
        Array.from(times, (s, i) => s + shift * 86_400 + (late?.[i] ?? 0))
      const open = Array.from(
        trip.stops,
        (stop, i) => fits(source.stops[stop]!.wheelchair, needs.wheelchair) && !known?.skipped[i],
      )
      return [{ trip, arrS: at(trip.arrS, known?.arrS), depS: at(trip.depS, known?.depS), open }]
    }),
  )
}

function rideOn(run: Run, label: Label, price: (trip: SourceTrip) => number): Label[] {
  const found: Label[] = []
  const { stops, flags } = run.trip
  for (let i = 0; i < stops.length; i++) {
    if (stops[i] !== label.stop || run.depS[i]! < label.s || !run.open[i] || flags[i]! & 1) continue
    for (let j = i + 1; j < stops.length; j++)
      if (run.open[j] && !(flags[j]! & 2))
        found.push({ ...label, stop: stops[j]!, s: run.arrS[j]!, money: label.money + price(run.trip) })
  }
  return found
}

/** Those of each group that no other beats or equals in all figures; one of equals. */
function pareto<T>(all: readonly T[], groupOf: (each: T) => number, of: (each: T) => readonly number[]): T[] {
  const groups = new Map<number, [T, readonly number[]][]>()
  for (const each of all) {
    const group = groups.get(groupOf(each)) ?? []
    const mine = of(each)
    if (group.some(([, other]) => other.every((value, i) => value <= mine[i]!))) continue
    const left = group.filter(([, other]) => !mine.every((value, i) => value <= other[i]!))
    groups.set(groupOf(each), [...left, [each, mine]])
  }
  return [...groups.values()].flatMap(group => group.map(([each]) => each))
}
