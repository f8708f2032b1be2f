import { bearingDeg, greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'

/** A place on a line and the way a car there looks, degrees from north. */
export interface Position {
  readonly at: LngLat
  readonly headingDeg: number
}

/** Where a car is after `distanceM` along a line; before the start and past the end it stands at the tip. */
export function positionAlong(geometry: readonly LngLat[], distanceM: number): Position {
  let left = Math.max(0, distanceM)
  let headingDeg = 0
  for (let i = 1; i < geometry.length; i++) {
    const a = geometry[i - 1]!
    const b = geometry[i]!
    const lengthM = greatCircleM(a, b)
    if (lengthM === 0) continue
    headingDeg = bearingDeg(a, b)
    if (left <= lengthM) {
      const t = left / lengthM
      return { at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], headingDeg }
    }
    left -= lengthM
  }
  const last = geometry.at(-1)
  return { at: last ?? [0, 0], headingDeg }
}
