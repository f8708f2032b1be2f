import { sortedBy } from '../sorted-by.ts'

/** Indices of places (interleaved, any unit) in the order of a Hilbert curve over their box: near in space, near in memory. */
export function hilbertOrder(xy: ArrayLike<number>): Uint32Array {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xy.length; i += 2) {
    west = Math.min(west, xy[i]!)
    east = Math.max(east, xy[i]!)
    south = Math.min(south, xy[i + 1]!)
    north = Math.max(north, xy[i + 1]!)
  }
  const wide = east - west || 1
  const high = north - south || 1
  const key = new Uint32Array(xy.length / 2)
  for (let i = 0; i < key.length; i++) {
    const x = Math.floor(((xy[2 * i]! - west) / wide) * 65535)
    key[i] = hilbert(x, Math.floor(((xy[2 * i + 1]! - south) / high) * 65535))
  }
  return sortedBy(key)
}

function hilbert(startX: number, startY: number): number {
  let x = startX
  let y = startY
  let sum = 0
  for (let s = 32768; s > 0; s >>= 1) {
    const rx = (x & s) > 0 ? 1 : 0
    const ry = (y & s) > 0 ? 1 : 0
    sum += s * s * ((3 * rx) ^ ry)
    if (ry === 1) continue
    if (rx === 1) {
      x = 65535 - x
      y = 65535 - y
    }
    const swapped = x
    x = y
    y = swapped
  }
  return sum
}
