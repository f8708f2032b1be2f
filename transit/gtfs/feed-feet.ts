import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { crowWay } from '../timetable/find-feet.ts'
import type { SourceFoot } from '../timetable/timetable-source.ts'
import type { Feed } from './feed.ts'

/** GTFS's transfer_type: so many seconds at least; no change possible. */
const TAKES = 2
const IMPOSSIBLE = 3

/**
 * Ways on foot as the agency has them: where it says how long a change takes that holds, what it calls impossible goes,
 * and what it names beyond the walker's reach comes in. Rules for single routes and trips are left aside, as are those
 * that keep riders seated. A station stands for all stops in it.
 */
export function feedFeet(feed: Feed, stopAt: Int32Array, found: readonly SourceFoot[]): SourceFoot[] {
  const key = (from: number, to: number): number => from * stopAt.length + to
  const feet = new Map(found.map(foot => [key(foot.from, foot.to), foot]))
  const platforms = feed.stops.map((stop, i) => (stop.kind === 1 ? [] : [i]))
  feed.stops.forEach((stop, i) => {
    if (stop.kind === 0 && stop.parent >= 0) platforms[stop.parent]!.push(i)
  })
  for (const rule of feed.transfers) {
    if (rule.type > IMPOSSIBLE || rule.fromRoute || rule.toRoute || rule.fromTrip || rule.toTrip) continue
    for (const a of platforms[rule.from]!)
      for (const b of platforms[rule.to]!) {
        const [from, to] = [stopAt[a]!, stopAt[b]!]
        if (from < 0 || to < 0 || from === to) continue
        const known = feet.get(key(from, to))
        if (rule.type === IMPOSSIBLE) feet.delete(key(from, to))
        else if (known === undefined || (rule.type === TAKES && rule.seconds >= 0)) {
          const [x, y] = [feed.stops[a]!, feed.stops[b]!]
          const way = known ?? { from, to, ...crowWay(greatCircleM([x.lng, x.lat], [y.lng, y.lat])) }
          feet.set(key(from, to), rule.seconds >= 0 ? { ...way, seconds: rule.seconds } : way)
        }
      }
  }
  return [...feet.values()]
}
