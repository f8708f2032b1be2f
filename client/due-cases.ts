import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import type { Terms } from '@hexhail/protocol/terms.ts'
import { CASES } from '@hexhail/protocol/trip.ts'

/** True for a kept trip whose case the vault closes for anybody who asks: its day is over. */
export function isDue(trip: RiderState, nowMs: number): boolean {
  const fact = trip.facts.at(-1)?.fact
  return CASES.has(trip.phase) && fact !== undefined && 'deadlineS' in fact && fact.deadlineS * 1000 < nowMs
}

/** Closes the due cases among kept trips; resolves with the trips as they are then. What fails is due again later. */
export async function closeDueCases(
  trips: readonly RiderState[],
  nowMs: number,
  finalize: (terms: Terms) => Promise<unknown>,
): Promise<readonly RiderState[]> {
  const closed: RiderState[] = []
  for (const trip of trips) {
    const done =
      isDue(trip, nowMs) &&
      trip.terms !== null &&
      (await finalize(trip.terms).then(
        () => true,
        () => false,
      ))
    closed.push(done ? { ...trip, phase: 'closed' } : trip)
  }
  return closed
}
