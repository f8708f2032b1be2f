import type { City } from '../city.ts'
import type { Leg } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import { createGuidance, type Guidance } from './guidance.ts'
import type { PartMakers } from './route-of.ts'
import { drivenDm, type Way } from './way.ts'
import { wayLine } from './way-line.ts'

/** Makes what is told of ways in one city. */
export function routeParts(city: Pick<City, 'streets' | 'names'>): PartMakers {
  const { streets } = city
  let guidance: Guidance | null = null
  return {
    junctions: ({ arcs }) => junctionsBetween(streets, arcs),
    geometry: way => wayLine(streets, way),
    legs: way => legsOf(city, way),
    steps: way => (guidance ??= createGuidance(city))(way),
  }
}

/** Where each arc but the last ends: the end of its segment that it does not begin at. */
function junctionsBetween({ tail, head }: StreetTable, arcs: readonly number[]): number[] {
  const junctions = new Array<number>(arcs.length - 1)
  let junction = arcs[0]! & 1 ? head[arcs[0]! >> 1]! : tail[arcs[0]! >> 1]!
  for (let i = 0; i < junctions.length; i++) {
    const segment = arcs[i]! >> 1
    // Without a branch, so that no look waits for the one before.
    junction = (junction ^ tail[segment]! ^ head[segment]!) >>> 0
    junctions[i] = junction
  }
  return junctions
}

/** Stretches of one name each. */
function legsOf({ streets, names }: Pick<City, 'streets' | 'names'>, way: Way): Leg[] {
  const { arcs, units, unitDs } = way
  const nameOf = (arc: number): string => names[streets.name[arc >> 1]!] ?? ''
  const legs: Leg[] = []
  let name = nameOf(arcs[0]!)
  let dm = 0
  let time = 0
  const end = (): void => void legs.push({ name, distanceM: dm / 10, durationS: (time * unitDs) / 10 })
  for (let i = 0; i < arcs.length; i++) {
    const next = nameOf(arcs[i]!)
    if (next !== name) {
      end()
      name = next
      dm = 0
      time = 0
    }
    dm += drivenDm(streets, way, i)
    time += units[i]!
  }
  end()
  return legs
}
