import type { SourceTrip } from './timetable-source.ts'

/**
 * Trips as lines: one route, the same calls and rules, and on any day no trip overtakes another. In each line trips are by
 * departure; lines are by route, calls and first trip.
 */
export function splitLines(
  trips: readonly SourceTrip[],
  shareDays: (a: number, b: number) => boolean,
): SourceTrip[][] {
  const patterns = new Map<string, SourceTrip[]>()
  for (const trip of trips) {
    const key = [trip.route, ...[trip.stops, trip.sequence, trip.flags].map(c => Array.from(c).join())].join(
      ';',
    )
    const pattern = patterns.get(key)
    if (pattern) pattern.push(trip)
    else patterns.set(key, [trip])
  }
  return [...patterns]
    .sort(([a, [x]], [b, [y]]) => x!.route - y!.route || (a < b ? -1 : 1))
    .flatMap(([, pattern]) => splitPattern(pattern.sort(byDeparture), shareDays))
}

/** A line while it grows: its trips, and the last one of each service. */
interface Growing {
  readonly trips: SourceTrip[]
  readonly lastOf: Map<number, SourceTrip>
}

function splitPattern(
  trips: readonly SourceTrip[],
  shareDays: (a: number, b: number) => boolean,
): SourceTrip[][] {
  const lines: Growing[] = []
  for (const trip of trips) {
    let line = lines.find(({ lastOf }) =>
      [...lastOf.values()].every(last => !shareDays(last.service, trip.service) || follows(trip, last)),
    )
    if (line === undefined) lines.push((line = { trips: [], lastOf: new Map() }))
    line.trips.push(trip)
    line.lastOf.set(trip.service, trip)
  }
  return lines.map(line => line.trips)
}

const byDeparture = (a: SourceTrip, b: SourceTrip): number =>
  a.depS[0]! - b.depS[0]! || a.arrS[a.arrS.length - 1]! - b.arrS[b.arrS.length - 1]! || (a.id < b.id ? -1 : 1)

/** Whether a trip is nowhere before another. */
function follows(trip: SourceTrip, other: SourceTrip): boolean {
  for (let i = 0; i < trip.stops.length; i++)
    if (trip.arrS[i]! < other.arrS[i]! || trip.depS[i]! < other.depS[i]!) return false
  return true
}
