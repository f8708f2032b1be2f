import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { formatTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { t } from './text.ts'

/** What a rider may tell somebody of the ride: who drives, in what, until when; no place. Null without a car. */
export function shareWords(trip: RiderState, nowMs: number): string | null {
  if (!trip.car) return null
  const { driver: name, car, plate } = trip.car
  const time = formatTime(nowMs + (trip.seen?.etaS ?? 0) * 1000, locale.value)
  return t(trip.startedAtMs ? 'shareRiding' : 'shareComing', { name, car, plate, time })
}
