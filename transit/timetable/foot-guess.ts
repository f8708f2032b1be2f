import { shrinkAt } from '@hexhail/streets/snap/shrink-at.ts'
import { DETOUR, WALK_SPEED } from './find-feet.ts'
import type { StopTable } from './timetable.ts'

/** Metres of latitude of one unit of 1e-7 degree. */
const METRES_PER_E7 = 0.0111195

/** Metres that a way on foot between two stops should have; the same on every machine (no sines but a rounded one). */
export function guessFootM({ lngE7, latE7 }: StopTable, from: number, to: number): number {
  const dx = (lngE7[to]! - lngE7[from]!) * shrinkAt(latE7[from]! / 1e7)
  const dy = latE7[to]! - latE7[from]!
  return Math.round(Math.sqrt(dx * dx + dy * dy) * METRES_PER_E7 * DETOUR)
}

/** Seconds that a way of whole metres should take. */
export function guessFootS(metres: number): number {
  return Math.ceil(metres / WALK_SPEED)
}
