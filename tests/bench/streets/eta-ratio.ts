import type { CityRouter, Place } from '@hexhail/streets/router.ts'
import { arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'
import { quantile } from '../quantile.ts'
import { wholeLimits } from './whole-limits.ts'

/** What two engines are compared by. */
export interface EtaTrial {
  readonly streets: StreetTable
  /** With turn times, and without. */
  readonly turns: CityRouter
  readonly junctions: CityRouter
  readonly extract: string
  readonly pairs: readonly (readonly [Place, Place])[]
}

/** What the other engine says of each pair; null where it finds no way. */
export interface TheirEta {
  readonly durationS: readonly (number | null)[]
  readonly distanceM: readonly (number | null)[]
}

/**
 * Says how our times lie to another engine's, ours divided by theirs, and measures why: the same pairs again with one
 * thing driven otherwise, then with all of these.
 */
export function sayEtaRatio({ streets, turns, junctions, extract, pairs }: EtaTrial, theirs: TheirEta): void {
  const ratios = (ours: readonly number[], other: readonly (number | null)[]): number[] =>
    ours.flatMap((own, i) => (other[i] && own < Infinity ? [own / other[i]] : []))
  const at = (list: readonly number[], q: number): string => (quantile(list, q) ?? Number.NaN).toFixed(3)
  const say = (what: string, list: readonly number[]): void =>
    console.log(`  ${what.padEnd(52)} ${at(list, 0.5)} (p5 ${at(list, 0.05)}, p95 ${at(list, 0.95)})`)
  /** Times of all pairs where segments are driven at `kmh`. */
  const times = (router: CityRouter, kmh: Uint8Array, lights: Uint8Array): number[] => {
    const driven = { ...streets, speedKmh: kmh, lights }
    router.setTraffic(
      Int32Array.from({ length: 2 * streets.tail.length }, (_, arc) => arcTimeDs(driven, arc)),
    )
    const found = pairs.map(([from, to]) => router.distanceS(from, to))
    router.setTraffic(null)
    return found
  }
  const { speedKmh: own, lights } = streets
  const { kmh: whole, lost } = wholeLimits(streets, extract)
  const dark = lights.map(() => 0)
  const ours = times(turns, own, lights)
  const compared = ratios(ours, theirs.durationS)
  console.log(
    `ETA, ours / Valhalla’s, ${compared.length} of ${pairs.length} pairs that both can drive, median:`,
  )
  say('as we drive', compared)
  say(
    '… signed limits taken whole, not by four fifths',
    ratios(times(turns, whole, lights), theirs.durationS),
  )
  say('… traffic lights cost nothing', ratios(times(turns, own, dark), theirs.durationS))
  say('… turns cost nothing', ratios(times(junctions, own, lights), theirs.durationS))
  say('… all three', ratios(times(junctions, whole, dark), theirs.durationS))
  const routes = pairs.map(([from, to]) => turns.route(from, to))
  say(
    'length of the way',
    ratios(
      routes.map(route => route?.distanceM ?? Infinity),
      theirs.distanceM,
    ),
  )
  const [signed, all] = shareOfTime(
    routes.flatMap(route => route?.edges ?? []),
    streets,
    whole,
  )
  console.log(
    `  Of our time on these ways ${Math.round((100 * signed) / all)} % is on streets with a signed limit` +
      `${lost > 0 ? ` (${lost} segments were not told apart)` : ''}. What no line above explains is the speeds of\n` +
      '  streets without one: OSRM’s by class here, Valhalla’s by class, place and density there. Against Dijkstra the ratio is 1.',
  )
}

/** Tenths of a second on streets whose speed hangs on a signed limit, and on all. */
function shareOfTime(edges: readonly number[], streets: StreetTable, whole: Uint8Array): [number, number] {
  let [signed, all] = [0, 0]
  for (const arc of edges) {
    const ds = arcTimeDs(streets, arc)
    all += ds
    if (whole[arc >> 1] !== streets.speedKmh[arc >> 1]) signed += ds
  }
  return [signed, all]
}
