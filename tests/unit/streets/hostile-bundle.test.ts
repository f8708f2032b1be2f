import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { packBundle, unpackBundle } from '@hexhail/streets/bundle.ts'
import { JUNCTION_RANK, openCity, readCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const town = buildCity(gridTown(24, seeded(31)), { name: 'Town' }).bytes
const sections = (): Map<string, Uint8Array> => {
  const unpacked = unpackBundle(town)
  if (unpacked.verdict !== 'accept') throw new Error(unpacked.code)
  return new Map(unpacked.value)
}

test('a bundle with another order answers the same or says that the order is poor: it cannot lie by it', () => {
  const rng = seeded(6)
  const city = openCity(town)
  const router = createCityRouter(city)
  const pairs = Array.from({ length: 60 }, () => [randomPlace(city, rng), randomPlace(city, rng)] as const)
  const wanted = pairs.map(([from, to]) => router.distanceS(from, to))
  const good = sections().get(JUNCTION_RANK)!
  const ranks = [
    good.map(() => 0),
    good.map(() => 255),
    good.map(() => Math.floor(256 * rng())),
    good.map(rank => 255 - rank),
    good.map((_, s) => s & 1),
    good.map((_, s) => s % 256),
  ]
  let same = 0
  for (const rank of ranks) {
    const hostile = openCity(packBundle(sections().set(JUNCTION_RANK, rank)))
    let other: typeof router
    try {
      other = createCityRouter(hostile)
    } catch (error) {
      expect(error).toMatchObject({ code: 'ORDER_POOR' })
      continue
    }
    expect(pairs.map(([from, to]) => other.distanceS(from, to))).toEqual(wanted)
    same++
  }
  expect(same).toBeGreaterThan(0)
})

test('a bundle with two sections of one name, or with one that runs into the next, is refused', () => {
  const doubled = packBundle(sections().set('again', sections().get('info')!))
  // The table of sections begins at byte 12: sixteen bytes of name and four of length for each.
  const last = 12 + 20 * sections().size
  expect(readCity(doubled).verdict).toBe('accept')
  doubled.set(new TextEncoder().encode('info\0'), last)
  expect(readCity(doubled)).toMatchObject({ verdict: 'reject', code: 'CITY_DAMAGED' })
  const overlong = town.slice()
  const view = new DataView(overlong.buffer)
  view.setUint32(28, view.getUint32(28, true) + 1, true)
  expect(readCity(overlong).verdict).toBe('reject')
})
