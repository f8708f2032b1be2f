import { LATER_S } from '@hexhail/protocol/later.ts'

/** A ride is booked for a quarter of an hour. Ms. */
const SLOT_MS = 900_000
/** So long a rider may think about a slot before it is too near to be asked for. Ms. */
const THINK_MS = 300_000

/** The times for which a ride can be booked now, the nearest first, unix ms. */
export function slots(nowMs: number): number[] {
  const least = nowMs + LATER_S.least * 1000 + THINK_MS
  const most = nowMs + LATER_S.most * 1000
  const first = Math.ceil(least / SLOT_MS) * SLOT_MS
  return Array.from({ length: Math.floor((most - first) / SLOT_MS) + 1 }, (_, n) => first + n * SLOT_MS)
}
