import type { LngLat } from '@hexhail/protocol/geo.ts'

/** A rectangle of degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** Smallest box around places; null where there are none. */
export function boxAround(places: Iterable<LngLat>): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of places) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return west <= east ? [west, south, east, north] : null
}

/** Corner 0..3 counterclockwise from south-west. */
export function boxCorner(k: number, [west, south, east, north]: Box): LngLat {
  return [k === 1 || k === 2 ? east : west, k >= 2 && k < 4 ? north : south]
}

/** Where a place on the border stands: 0..4 counterclockwise from the south-west corner. */
export function perimeterAt(p: LngLat, [west, south, east, north]: Box): number {
  const along = { south: p[1] - south, east: east - p[0], north: north - p[1], west: p[0] - west }
  const nearest = Math.min(along.south, along.east, along.north, along.west)
  if (nearest === along.south) return (p[0] - west) / (east - west)
  if (nearest === along.east) return 1 + (p[1] - south) / (north - south)
  if (nearest === along.north) return 2 + (east - p[0]) / (east - west)
  return 3 + (north - p[1]) / (north - south)
}

/** The place on the border of `outer` straight out from `p`, over the side of `box` that is nearest to it. */
export function outward(p: LngLat, box: Box, outer: Box): LngLat {
  const side = Math.floor(perimeterAt(p, box)) % 4
  if (side === 0) return [p[0], outer[1]]
  if (side === 1) return [outer[2], p[1]]
  return side === 2 ? [p[0], outer[3]] : [outer[0], p[1]]
}

/** The parts of a line inside a box, cut at its border. */
export function clipLine(line: readonly LngLat[], box: Box): LngLat[][] {
  const parts: LngLat[][] = []
  let part: LngLat[] = []
  for (let i = 1; i < line.length; i++) {
    const cut = clipSegment(line[i - 1]!, line[i]!, box)
    if (!cut) {
      if (part.length > 1) parts.push(part)
      part = []
      continue
    }
    if (part.length === 0) part.push(cut[0])
    part.push(cut[1])
    if (cut[1] !== line[i]) {
      parts.push(part)
      part = []
    }
  }
  if (part.length > 1) parts.push(part)
  return parts
}

/** Liang and Barsky. */
function clipSegment(a: LngLat, b: LngLat, [west, south, east, north]: Box): [LngLat, LngLat] | null {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  let [enter, leave] = [0, 1]
  for (const [p, q] of [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ] as const) {
    if (p === 0 && q < 0) return null
    if (p < 0) enter = Math.max(enter, q / p)
    else if (p > 0) leave = Math.min(leave, q / p)
  }
  if (enter > leave) return null
  const at = (t: number): LngLat => [a[0] + dx * t, a[1] + dy * t]
  return [enter === 0 ? a : at(enter), leave === 1 ? b : at(leave)]
}
