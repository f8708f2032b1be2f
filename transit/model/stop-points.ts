import type { City } from '@hexhail/streets/city.ts'
import type { Place, Router } from '@hexhail/streets/router.ts'
import { arcOpen, type StreetTable } from '@hexhail/streets/street-table.ts'

/** A stop of the map on the street that its buses drive. */
export interface StopPoint {
  /** Its number in the city's stops. */
  readonly stop: number
  readonly name: string
  /** Where a bus stands: on the arc that has the stop on its right, where the data tells it. */
  readonly place: Place
}

/** Snaps a city's stops; null for those that lie on no street. Traffic keeps to the right. */
export function stopPoints(city: City, router: Router): (StopPoint | null)[] {
  const { stops, names, streets } = city
  const streetsAt = streetsByJunction(streets)
  return Array.from(stops.line, (_, stop) => {
    const found = router.snap([stops.xy[2 * stop]! / 1e6, stops.xy[2 * stop + 1]! / 1e6])
    if (found === null) return null
    const { edge, fraction, at, side } = found
    // Of a one-way street the buses drive it as all do, wherever the stop is.
    const turned = side === 'left' && arcOpen(streets, edge ^ 1)
    const place: Place = turned ? { edge: edge ^ 1, fraction: 1 - fraction, at } : { edge, fraction, at }
    const name = names[stops.name[stop]!]!.trim() || corner(streets, names, streetsAt, edge, fraction)
    return { stop, name, place }
  })
}

/** A stop without a name is called after its street and the next one that crosses it. */
function corner(
  streets: StreetTable,
  names: readonly string[],
  streetsAt: readonly (readonly number[])[],
  edge: number,
  fraction: number,
): string {
  const segment = edge >> 1
  const along = edge & 1 ? 1 - fraction : fraction
  const ends = [streets.tail[segment]!, streets.head[segment]!]
  const own = streets.name[segment]!
  for (const junction of along < 0.5 ? ends : ends.reverse()) {
    const other = streetsAt[junction]!.find(s => streets.name[s] !== own && streets.name[s] !== 0)
    if (other !== undefined) return [names[own]!, names[streets.name[other]!]!].filter(Boolean).join(' / ')
  }
  return names[own]!
}

function streetsByJunction({ tail, head, junctionXy }: StreetTable): number[][] {
  const lists: number[][] = Array.from({ length: junctionXy.length / 2 }, () => [])
  tail.forEach((junction, segment) => {
    lists[junction]!.push(segment)
    lists[head[segment]!]!.push(segment)
  })
  return lists
}
