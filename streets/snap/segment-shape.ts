import type { LngLat } from '@hexhail/protocol/geo.ts'
import { type StreetTable, segmentLine } from '../street-table.ts'

/** Metres of a degree of latitude. */
export const DEGREE_M = 111_195

/** Nearest point of a line to a place: how far off, and how far along (0..1). */
export interface Nearest {
  readonly offM: number
  readonly fraction: number
}

/** Nearest point of a segment, measured on a plane that touches the globe at the place. */
export function nearestOnSegment(streets: StreetTable, segment: number, [lng, lat]: LngLat): Nearest {
  const line = segmentLine(streets, segment)
  const kx = DEGREE_M * Math.cos((lat * Math.PI) / 180)
  let [best, bestAlong, total] = [Infinity, 0, 0]
  for (let i = 2; i < line.length; i += 2) {
    const ax = (line[i - 2]! - lng) * kx
    const ay = (line[i - 1]! - lat) * DEGREE_M
    const dx = (line[i]! - lng) * kx - ax
    const dy = (line[i + 1]! - lat) * DEGREE_M - ay
    const squared = dx * dx + dy * dy
    const length = Math.sqrt(squared)
    const t = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared))
    const px = ax + dx * t
    const py = ay + dy * t
    const off = px * px + py * py
    if (off < best) {
      best = off
      bestAlong = total + length * t
    }
    total += length
  }
  return { offM: Math.sqrt(best), fraction: total === 0 ? 0 : bestAlong / total }
}

/** Places along a segment from fraction `a` to fraction `b`, both ends included; backwards where `b` is before `a`. */
export function sliceSegment(streets: StreetTable, segment: number, a: number, b: number): LngLat[] {
  const line = segmentLine(streets, segment)
  const kx = Math.cos((line[1]! * Math.PI) / 180)
  const lengths: number[] = [0]
  for (let i = 2; i < line.length; i += 2) {
    lengths.push(lengths.at(-1)! + Math.hypot((line[i]! - line[i - 2]!) * kx, line[i + 1]! - line[i - 1]!))
  }
  const total = lengths.at(-1)!
  const at = (fraction: number): LngLat => {
    const goal = fraction * total
    let i = 1
    while (i < lengths.length - 1 && lengths[i]! < goal) i++
    const span = lengths[i]! - lengths[i - 1]!
    const t = span === 0 ? 0 : Math.min(1, Math.max(0, (goal - lengths[i - 1]!) / span))
    const [x, y] = [line[2 * i - 2]!, line[2 * i - 1]!]
    return [x + (line[2 * i]! - x) * t, y + (line[2 * i + 1]! - y) * t]
  }
  const [low, high] = [Math.min(a, b), Math.max(a, b)]
  const places: LngLat[] = [at(low)]
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! > low * total && lengths[i]! < high * total) places.push([line[2 * i]!, line[2 * i + 1]!])
  }
  places.push(at(high))
  return a <= b ? places : places.reverse()
}
