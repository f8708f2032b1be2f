import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '../city.ts'
import { PLACE_KINDS } from '../map/map-kinds.ts'
import { type CellGrid, cellGrid } from '../snap/cell-grid.ts'
import { createSnap } from '../snap/snap.ts'

/** Names of places the other way round, and house numbers by street. */
export interface AddressBook {
  /** Street and number nearest to a place, the street alone where no number is within 80 m, or nothing. */
  nameAt(at: LngLat): string
  /** The part of town a place lies in, or nothing. */
  districtAt(at: LngLat): string
  /** The house with a number, or the one with the nearest number of its side, at most 100 away. */
  house(street: number, number: number): { number: number; at: LngLat } | null
  /** Streets (numbers of names) that have house numbers. */
  readonly streets: readonly number[]
}

const HOUSE_LIMIT_M = 80
const DISTRICT_LIMIT_M = 4000
const DISTRICTS = new Set(['town', 'suburb', 'neighbourhood'])

/** The address book of a city; its grids are laid when first wanted. */
export function createAddressBook(city: City): AddressBook {
  const { street, count, number, xy } = city.addresses
  const firstOf = new Map<number, { first: number; count: number }>()
  const streetOf = new Int32Array(number.length)
  let first = 0
  for (let i = 0; i < street.length; i++) {
    firstOf.set(street[i]!, { first, count: count[i]! })
    streetOf.fill(street[i]!, first, first + count[i]!)
    first += count[i]!
  }
  const houseAt = (i: number): LngLat => [xy[2 * i]! / 1e5, xy[2 * i + 1]! / 1e5]
  const districts: { name: string; at: LngLat }[] = []
  city.places.kind.forEach((kind, i) => {
    if (!DISTRICTS.has(PLACE_KINDS[kind]!)) return
    districts.push({
      name: city.names[city.places.name[i]!] ?? '',
      at: [city.places.xy[2 * i]! / 1e6, city.places.xy[2 * i + 1]! / 1e6],
    })
  })
  let houses: CellGrid | null = null
  let snapNamed: ReturnType<typeof createSnap> | null = null

  return {
    streets: [...street],
    nameAt(at) {
      houses ??= cellGrid(number.length, 0.002, (i, put) => {
        const [lng, lat] = houseAt(i)
        put(lng, lat, lng, lat)
      })
      let [best, bestM] = [-1, Infinity]
      houses.around(
        at,
        HOUSE_LIMIT_M,
        () => bestM,
        i => {
          const offM = greatCircleM(at, houseAt(i))
          if (offM < bestM) [best, bestM] = [i, offM]
        },
      )
      if (bestM <= HOUSE_LIMIT_M) return `${city.names[streetOf[best]!]} ${number[best]}`
      snapNamed ??= createSnap(city.streets, segment => city.streets.name[segment] !== 0)
      const place = snapNamed(at)
      return place ? (city.names[city.streets.name[place.edge >> 1]!] ?? '') : ''
    },
    districtAt(at) {
      let [name, bestM] = ['', DISTRICT_LIMIT_M]
      for (const district of districts) {
        const offM = greatCircleM(at, district.at)
        if (offM < bestM) [name, bestM] = [district.name, offM]
      }
      return name
    },
    house(name, wanted) {
      const range = firstOf.get(name)
      if (!range) return null
      let [best, off] = [-1, 100.5]
      for (let i = range.first; i < range.first + range.count; i++) {
        const d = Math.abs(number[i]! - wanted) + ((number[i]! - wanted) % 2 === 0 ? 0 : 0.5)
        if (d < off) [best, off] = [i, d]
      }
      return best < 0 ? null : { number: number[best]!, at: houseAt(best) }
    },
  }
}
