import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { positionAlong } from '@hexhail/streets/along.ts'
import type { Route } from '@hexhail/streets/router.ts'

/** What a driver has to know of the way, from where he is. */
export interface WayAhead {
  readonly leftM: number
  /** Road seconds at the route's pace, without any time scale. */
  readonly leftS: number
  /** The street he is on; empty where it has no name. */
  readonly on: string
  /** The next street of another name, and how far it is; null on the last one. */
  readonly turn: { readonly onto: string; readonly inM: number; readonly side: Side } | null
}

/** Which way the street goes on. */
export type Side = 'left' | 'right' | 'ahead'

/** The line is looked at this far before and after a corner, metres. */
const LOOK_M = 18
/** Less than this is no turn, degrees. */
const TURN_DEG = 30

/** Where a car is on a route and what comes next. */
export function wayAhead(route: Route, at: LngLat): WayAhead {
  const { doneM, lengthM } = progress(route.geometry, at)
  const scale = lengthM > 0 ? route.distanceM / lengthM : 0
  const drivenM = doneM * scale
  const leftM = Math.max(0, route.distanceM - drivenM)
  const leftS = route.distanceM > 0 ? (route.durationS * leftM) / route.distanceM : 0
  let startM = 0
  let on: string | null = null
  for (const leg of route.legs) {
    const endM = startM + leg.distanceM
    if (on === null && (drivenM < endM || leg === route.legs.at(-1))) on = leg.name
    else if (on !== null && leg.name !== '' && leg.name !== on)
      return {
        leftM,
        leftS,
        on,
        turn: {
          onto: leg.name,
          inM: Math.max(0, startM - drivenM),
          side: sideAt(route.geometry, scale > 0 ? startM / scale : 0),
        },
      }
    startM = endM
  }
  return { leftM, leftS, on: on ?? '', turn: null }
}

/** Which way a line bends at a length of it. */
function sideAt(line: readonly LngLat[], atM: number): Side {
  const before = positionAlong(line, atM - LOOK_M).headingDeg
  const after = positionAlong(line, atM + LOOK_M).headingDeg
  const bend = ((after - before + 540) % 360) - 180
  return bend > TURN_DEG ? 'right' : bend < -TURN_DEG ? 'left' : 'ahead'
}

/** How far along a line the point of it lies that is nearest to a place. */
function progress(line: readonly LngLat[], at: LngLat): { doneM: number; lengthM: number } {
  const shrink = Math.cos((at[1] * Math.PI) / 180)
  let lengthM = 0
  let doneM = 0
  let best = Number.POSITIVE_INFINITY
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]]
    const [px, py] = [(at[0] - a[0]) * shrink, at[1] - a[1]]
    const square = dx * dx + dy * dy
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square))
    const off = (px - dx * share) ** 2 + (py - dy * share) ** 2
    const stepM = greatCircleM(a, b)
    if (off < best) {
      best = off
      doneM = lengthM + stepM * share
    }
    lengthM += stepM
  }
  return { doneM, lengthM }
}
