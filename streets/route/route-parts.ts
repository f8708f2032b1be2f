import type { City } from '../city.ts'
import type { Leg } from '../router.ts'
import { arcHead } from '../street-table.ts'
import { createGuidance, type Guidance } from './guidance.ts'
import type { PartMakers } from './route-of.ts'
import { drivenDm, type Way } from './way.ts'
import { wayLine } from './way-line.ts'

/** Makes what is told of ways in one city. */
export function routeParts(city: Pick<City, 'streets' | 'names'>): PartMakers {
  const { streets } = city
  let guidance: Guidance | null = null
  return {
    junctions: ({ arcs }) => arcs.slice(0, -1).map(arc => arcHead(streets, arc)),
    geometry: way => wayLine(streets, way),
    legs: way => legsOf(city, way),
    steps: way => (guidance ??= createGuidance(city))(way),
  }
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
