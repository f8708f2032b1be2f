import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'

/** A stop that lies nearer to a shape than this is looked for no further along it. */
const NEAR_M = 60

/**
 * How far along a line each stop lies, metres, never falling: of each the first place behind the stop before where the
 * line passes nearby, else the nearest behind it. Shapes that cross themselves are followed in their order.
 */
export function alongShape(line: Float64Array, stops: readonly LngLat[]): Float64Array {
  const segments = line.length / 2 - 1
  const found = new Float64Array(stops.length)
  const start = new Float64Array(segments + 1)
  for (let i = 0; i < segments; i++)
    start[i + 1] = start[i]! + greatCircleM(pointAt(line, i), pointAt(line, i + 1))
  let segment = 0
  let done = 0
  stops.forEach((stop, s) => {
    let best = Infinity
    let bestAt = done
    let bestSegment = segment
    for (let i = segment; i < segments; i++) {
      const length = start[i + 1]! - start[i]!
      const { away, part } = nearestOn(pointAt(line, i), pointAt(line, i + 1), stop)
      const at = Math.max(done, start[i]! + part * length)
      if (away < best) [best, bestAt, bestSegment] = [away, at, i]
      // Past the first stretch that runs near: what comes back later is another passage.
      else if (best < NEAR_M && away > 2 * NEAR_M) break
    }
    found[s] = done = bestAt
    segment = bestSegment
  })
  return found
}

/** How far each stop is from the first, from stop to stop by air, metres. */
export function alongStops(stops: readonly LngLat[]): Float64Array {
  const along = new Float64Array(stops.length)
  for (let i = 1; i < stops.length; i++) along[i] = along[i - 1]! + greatCircleM(stops[i - 1]!, stops[i]!)
  return along
}

function pointAt(line: Float64Array, i: number): LngLat {
  return [line[2 * i]!, line[2 * i + 1]!]
}

/** How far a place is from a segment, metres, and at what part of it (0..1) it is nearest; flat, for cities. */
function nearestOn(a: LngLat, b: LngLat, p: LngLat): { away: number; part: number } {
  const metresPerDeg = 111_195
  const shrink = Math.cos((a[1] * Math.PI) / 180)
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]]
  const [px, py] = [(p[0] - a[0]) * shrink, p[1] - a[1]]
  const square = dx * dx + dy * dy
  const part = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square))
  return { away: Math.hypot(px - part * dx, py - part * dy) * metresPerDeg, part }
}
