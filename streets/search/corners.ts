import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '../city.ts'

/** Finds where two streets (numbers of names) meet. */
export function createCorners(city: City): (one: number, two: number) => LngLat | null {
  const { tail, head, name, junctionXy } = city.streets
  let junctionsOf: Map<number, Set<number>> | null = null
  return (one, two) => {
    if (!junctionsOf) {
      junctionsOf = new Map()
      for (let s = 0; s < tail.length; s++) {
        let set = junctionsOf.get(name[s]!)
        if (!set) junctionsOf.set(name[s]!, (set = new Set()))
        set.add(tail[s]!).add(head[s]!)
      }
    }
    const others = junctionsOf.get(two)
    for (const junction of junctionsOf.get(one) ?? []) {
      if (others?.has(junction)) return [junctionXy[2 * junction]! / 1e6, junctionXy[2 * junction + 1]! / 1e6]
    }
    return null
  }
}
