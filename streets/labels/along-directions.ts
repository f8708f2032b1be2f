import { sortedBy } from '../sorted-by.ts'

/** Directions along which places are sorted: east, north, north-east, north-west. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const

/** Places (interleaved, millionths of a degree) in the order of each of four directions, ties by number. */
export function alongDirections(xy: Int32Array): Uint32Array[] {
  const count = xy.length / 2
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    west = Math.min(west, xy[2 * i]!)
    east = Math.max(east, xy[2 * i]!)
    south = Math.min(south, xy[2 * i + 1]!)
    north = Math.max(north, xy[2 * i + 1]!)
  }
  const squeeze = cosine1024((south + north) / 2)
  const keys = new Uint32Array(count)
  return DIRECTIONS.map(([kx, ky]) => {
    for (let i = 0; i < count; i++) {
      const x = Math.floor(((kx < 0 ? east - xy[2 * i]! : xy[2 * i]! - west) * squeeze) / 1024)
      keys[i] = Math.abs(kx) * x + ky * (xy[2 * i + 1]! - south)
    }
    return sortedBy(keys)
  })
}

/** Cosine of a latitude in millionths of a degree, in 1024ths: a polynomial, so that every machine has the same. */
function cosine1024(latitude: number): number {
  const x = (latitude * 355) / 113 / 180e6
  const x2 = x * x
  return Math.round(1024 * (1 - x2 / 2 + (x2 * x2) / 24 - (x2 * x2 * x2) / 720))
}
