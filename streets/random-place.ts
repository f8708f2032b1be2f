import type { City } from './city.ts'
import { STREET_CLASSES } from './osm/car-access.ts'
import type { Place } from './router.ts'
import { placeOn } from './snap/snap.ts'
import { arcOpen, type StreetTable } from './street-table.ts'

/** How much likelier a metre of each kind of street is to have people waiting on it. */
const WEIGHT: Readonly<Partial<Record<(typeof STREET_CLASSES)[number], number>>> = {
  motorway: 0,
  trunk: 0.2,
  primary: 1.5,
  secondary: 1.5,
  tertiary: 1.2,
  residential: 1,
  living_street: 1,
  service: 0.3,
}
const weights = new WeakMap<StreetTable, Float64Array>()

/** A street place by chance: longer and busier streets more often. `rng` gives 0..1. */
export function randomPlace(city: Pick<City, 'streets'>, rng: () => number): Place {
  const { streets } = city
  let sums = weights.get(streets)
  if (!sums) {
    let sum = 0
    sums = Float64Array.from(
      streets.lengthDm,
      (dm, s) => (sum += dm * (WEIGHT[STREET_CLASSES[streets.kind[s]!]!] ?? 0)),
    )
    weights.set(streets, sums)
  }
  const goal = rng() * (sums.at(-1) ?? 0)
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! <= goal) low = middle + 1
    else high = middle
  }
  const arc = 2 * low + (arcOpen(streets, 2 * low) ? 0 : 1)
  return placeOn(streets, arc, Math.round(rng() * 65_535) / 65_535)
}
