import { createStickyCell } from '@hexhail/client/sticky-cell.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { expect, test } from 'vitest'
import { harvest, locator } from '../../bench/harvest/attacker.ts'
import { createTown } from '../../bench/harvest/town.ts'
import { quantile } from '../../bench/quantile.ts'
import { RULES } from '../protocol/table-top.ts'
import { gridCity } from '../sim/grid-city.ts'

const { bytes } = gridCity()
const streets = openCity(bytes)
const city = createLocalCity()
await city.load(bytes)

/** Median error in metres of an attacker who knows the scheme, with a firm time for each fake request. */
async function medianErrorM(
  seed: number,
  requests: number,
  cellOf?: (at: LngLat) => string,
): Promise<number> {
  const { next: random } = createSeeded(seed)
  const some = (count: number) => Array.from({ length: count }, () => randomPlace(streets, random).at)
  const places = some(24)
  const town = await createTown({ city, rules: RULES, places, random, ...(cellOf && { cellOf }) })
  const sights = await harvest(town, RULES, some(requests))
  expect(sights.size).toBe(places.length)
  const known = cellOf ?? (at => createStickyCell(random)(at))
  const locate = locator({ city, rules: RULES, likely: some(4000), cellOf: known })
  const errors: number[] = []
  for (const [driver, seen] of sights) {
    const at = await locate(seen)
    errors.push(at ? greatCircleM(at, places[driver]!) : Number.POSITIVE_INFINITY)
  }
  return quantile(errors, 0.5)!
}

test('fifty fake requests place a driver no better than 250 m', async () => {
  expect(await medianErrorM(5, 50)).toBeGreaterThanOrEqual(250)
})

test('the same attacker would find drivers who counted from where they are', async () => {
  expect(await medianErrorM(5, 20, at => cellAt(at, 10))).toBeLessThan(120)
})
