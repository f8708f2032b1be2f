import type { LngLat } from '@hexhail/protocol/geo.ts'

/** Indices of places in the order of a Hilbert curve over their box: near in space, near in memory. */
export function hilbertOrder(places: readonly LngLat[]): number[] {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lng, lat] of places) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const wide = east - west || 1
  const high = north - south || 1
  const key = Float64Array.from(places, ([lng, lat]) =>
    hilbert(Math.floor(((lng - west) / wide) * 65535), Math.floor(((lat - south) / high) * 65535)),
  )
  return places.map((_, i) => i).sort((a, b) => key[a]! - key[b]! || a - b)
}

function hilbert(startX: number, startY: number): number {
  let [x, y, sum] = [startX, startY, 0]
  for (let s = 32768; s > 0; s >>= 1) {
    const rx = (x & s) > 0 ? 1 : 0
    const ry = (y & s) > 0 ? 1 : 0
    sum += s * s * ((3 * rx) ^ ry)
    if (ry === 1) continue
    if (rx === 1) {
      x = 65535 - x
      y = 65535 - y
    }
    ;[x, y] = [y, x]
  }
  return sum
}
