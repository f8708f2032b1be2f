import { isAhead, LATER_S } from './later.ts'
import { CASES, ENDED, type TripState } from './trip.ts'

/** A trip as far as another beside it is concerned. */
export interface Beside {
  readonly phase: TripState
  readonly plan: { readonly pickupAtMs: number }
}

/** Whether a trip is over for its rider, though its money may wait for a day. */
export const isOver = ({ phase }: Beside): boolean => ENDED.has(phase) || CASES.has(phase)

/**
 * Whether a ride at this time (0 = now) may be asked for beside a trip: nobody sits in two cars at once, so one of the
 * two must be some way ahead, and two that are ahead must not be close to each other.
 */
export function mayBeside(trip: Beside, pickupAtMs: number, nowMs: number): boolean {
  if (isOver(trip)) return true
  const other = trip.plan.pickupAtMs
  if (pickupAtMs === 0) return isAhead(other, nowMs)
  return isAhead(other, nowMs)
    ? Math.abs(other - pickupAtMs) >= LATER_S.apart * 1000
    : isAhead(pickupAtMs, nowMs)
}
