import { LATER_S, LATER_STEP_MS, laterGrid } from '@hexhail/protocol/later.ts'
import type { RideLeg } from '@hexhail/transit/door/travel-plan.ts'

/** When a ride of a journey is asked for: at once for now, at once for a time, or not before a moment. Unix ms. */
export type RideTime =
  | { readonly ask: 'now' }
  | { readonly ask: 'at'; readonly pickupAtMs: number }
  | { readonly ask: 'later'; readonly fromMs: number }

/** A request needs so long until a car comes that it is made so long before, ms. */
const AHEAD_MS = 600_000

/**
 * The time to ask for, so that the car meets the line. Booked times lie on a grid: before a line the one before is taken,
 * after a line the one after it. A ride to a line that is too near to be booked is asked for now, and the rider waits at
 * the stop; one from a line only shortly before the line comes, or the car would wait for him.
 */
export function rideTime(leg: Pick<RideLeg, 'end' | 'departMs'>, nowMs: number): RideTime {
  const least = nowMs + LATER_S.least * 1000
  if (leg.end === 'goal') {
    if (leg.departMs >= least) return { ask: 'at', pickupAtMs: laterGrid(leg.departMs) }
    const fromMs = leg.departMs - AHEAD_MS
    return fromMs <= nowMs ? { ask: 'now' } : { ask: 'later', fromMs }
  }
  const pickupAtMs = Math.floor(leg.departMs / LATER_STEP_MS) * LATER_STEP_MS
  return pickupAtMs >= least ? { ask: 'at', pickupAtMs } : { ask: 'now' }
}
