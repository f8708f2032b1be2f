import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { Route, Step } from '@hexhail/streets/router.ts'

/** What a driver has to know of the way, from where he is. */
export interface WayAhead {
  readonly leftM: number
  /** Road seconds at the route's pace, without any time scale. */
  readonly leftS: number
  /** What comes next, and how far it is: at the end the arrival. */
  readonly next: Step
  readonly inM: number
}

/** Where a car is on a route and what comes next. */
export function wayAhead(route: Route, at: LngLat): WayAhead {
  const { doneM, lengthM } = progress(route.geometry, at)
  const drivenM = lengthM > 0 ? (doneM * route.distanceM) / lengthM : 0
  const leftM = Math.max(0, route.distanceM - drivenM)
  const leftS = route.distanceM > 0 ? (route.durationS * leftM) / route.distanceM : 0
  let startM = 0
  let next = route.steps[0]!
  for (next of route.steps) {
    if (next.kind === 'arrive' || (next.kind !== 'depart' && startM > drivenM)) break
    startM += next.distanceM
  }
  return { leftM, leftS, next, inM: Math.max(0, startM - drivenM) }
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
