/** Directions along which places are sorted: east, north, north-east, north-west. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const
const DIGIT_BITS = 11

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

/** Indices in ascending order of their keys, ties by index: one stable pass for each digit of the keys. */
function sortedBy(keys: Uint32Array): Uint32Array {
  let order = Uint32Array.from(keys, (_, i) => i)
  let next = new Uint32Array(keys.length)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const at = new Uint32Array(2 ** DIGIT_BITS + 1)
    const digit = (i: number): number => (keys[i]! >>> shift) & (2 ** DIGIT_BITS - 1)
    for (let i = 0; i < keys.length; i++) at[digit(i) + 1]!++
    for (let d = 0; d < 2 ** DIGIT_BITS; d++) at[d + 1]! += at[d]!
    for (let i = 0; i < order.length; i++) next[at[digit(order[i]!)]!++] = order[i]!
    ;[order, next] = [next, order]
  }
  return order
}
