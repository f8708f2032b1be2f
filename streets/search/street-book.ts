import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '../city.ts'
import type { AddressBook } from './address-book.ts'

/** One street as people speak of it: a name, and where it is. A name far apart twice is two streets. */
export interface NamedStreet {
  readonly name: number
  readonly at: LngLat
  readonly lengthM: number
}

interface Cluster {
  west: number
  south: number
  east: number
  north: number
  lengthM: number
  pieces: { at: LngLat; lengthM: number }[]
}

/** Pieces of one name farther apart than this are two streets, degrees (about 1 km). */
const APART_DEG = 0.01

/** All streets with a name, whether or not cars may use them. */
export function namedStreets(city: City, book: AddressBook): NamedStreet[] {
  const pieces = new Map<number, { at: LngLat; lengthM: number }[]>()
  const put = (name: number, at: LngLat, lengthM: number): void => {
    if (!city.names[name]) return
    const list = pieces.get(name)
    if (list) list.push({ at, lengthM })
    else pieces.set(name, [{ at, lengthM }])
  }
  const { streets, deadStreets } = city
  for (let s = 0; s < streets.tail.length; s++) {
    const [a, b] = [streets.tail[s]!, streets.head[s]!]
    const xy = streets.junctionXy
    put(
      streets.name[s]!,
      [(xy[2 * a]! + xy[2 * b]!) / 2e6, (xy[2 * a + 1]! + xy[2 * b + 1]!) / 2e6],
      streets.lengthDm[s]! / 10,
    )
  }
  let point = 0
  for (let i = 0; i < deadStreets.kind.length; i++) {
    const count = deadStreets.points[i]!
    const middle = point + (count >> 1)
    put(deadStreets.name[i]!, [deadStreets.xy[2 * middle]! / 1e6, deadStreets.xy[2 * middle + 1]! / 1e6], 1)
    point += count
  }
  for (const name of book.streets) {
    const house = pieces.has(name) ? null : (book.house(name, 0) ?? anyHouse(book, name))
    if (house) put(name, house.at, 1)
  }
  return [...pieces].flatMap(([name, list]) =>
    clusters(list).map(cluster => ({ name, at: middleOf(cluster), lengthM: cluster.lengthM })),
  )
}

function anyHouse(book: AddressBook, name: number): { at: LngLat } | null {
  for (let number = 100; number < 20_000; number += 200) {
    const house = book.house(name, number)
    if (house) return house
  }
  return null
}

function clusters(pieces: readonly { at: LngLat; lengthM: number }[]): Cluster[] {
  let found: Cluster[] = []
  for (const piece of pieces) {
    const [lng, lat] = piece.at
    const own: Cluster = {
      west: lng,
      east: lng,
      south: lat,
      north: lat,
      lengthM: piece.lengthM,
      pieces: [piece],
    }
    const apart: Cluster[] = []
    for (const c of found) {
      if (
        lng < c.west - APART_DEG ||
        lng > c.east + APART_DEG ||
        lat < c.south - APART_DEG ||
        lat > c.north + APART_DEG
      ) {
        apart.push(c)
        continue
      }
      own.west = Math.min(own.west, c.west)
      own.east = Math.max(own.east, c.east)
      own.south = Math.min(own.south, c.south)
      own.north = Math.max(own.north, c.north)
      own.lengthM += c.lengthM
      const [few, many] =
        own.pieces.length < c.pieces.length ? [own.pieces, c.pieces] : [c.pieces, own.pieces]
      for (const p of few) many.push(p)
      own.pieces = many
    }
    found = [...apart, own]
  }
  return found
}

/** The piece nearest to the middle of the box: a place that is on the street. */
function middleOf(c: Cluster): LngLat {
  const middle: LngLat = [(c.west + c.east) / 2, (c.south + c.north) / 2]
  return c.pieces.reduce((best, p) => (greatCircleM(p.at, middle) < greatCircleM(best.at, middle) ? p : best))
    .at
}
