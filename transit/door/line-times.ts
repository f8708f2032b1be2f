import type { LateTrip } from '../search/delays.ts'
import { lateTimes } from '../search/late-times.ts'
import type { ServiceClock } from '../search/service-clock.ts'
import type { Timetable } from '../timetable/timetable.ts'
import type { LineRef } from './travel-plan.ts'

/** When a trip of the timetable is now expected at two of its calls, unix ms; `isGone`: it does not serve both. */
export interface LineTimes {
  readonly departMs: number
  readonly arriveMs: number
  readonly isGone: boolean
}

/** The times of a trip with all news of it; null where the timetable has no such trip or calls. News as `layDelays` takes it. */
export function lineTimes(
  timetable: Timetable,
  clock: ServiceClock,
  news: readonly LateTrip[],
  { trip: id, day, boardSequence, alightSequence }: LineRef,
): LineTimes | null {
  const { lines, trips, info } = timetable
  const trip = trips.id.indexOf(id)
  if (trip < 0) return null
  const line = lineOfTrip(lines.tripStart, trip)
  const sequence = lines.sequence.subarray(lines.stopStart[line]!, lines.stopStart[line + 1]!)
  const [board, alight] = [sequence.indexOf(boardSequence), sequence.indexOf(alightSequence)]
  if (board < 0 || alight <= board) return null
  const told = news.find(each => each.trip === id && info.startDay + each.day === day)
  const late = lateTimes(timetable, line, lines.profileAt[trips.profile[trip]!]!, told?.calls ?? [])
  const startS = trips.startS[trip]!
  return {
    departMs: clock.ms(day, startS + late.depS[board]!),
    arriveMs: clock.ms(day, startS + late.arrS[alight]!),
    isGone: told?.cancelled === true || late.skipped.has(board) || late.skipped.has(alight),
  }
}

function lineOfTrip(tripStart: Uint32Array, trip: number): number {
  let [low, high] = [0, tripStart.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (tripStart[middle]! <= trip) low = middle
    else high = middle
  }
  return low
}
