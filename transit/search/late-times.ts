import type { Timetable } from '../timetable/timetable.ts'
import type { LateCall } from './delays.ts'

/** A trip's times with the news, seconds after its start; `skipped` are calls, `isUnknown`: news named none of its calls. */
export interface LateTimes {
  readonly arrS: Int32Array
  readonly depS: Int32Array
  readonly skipped: ReadonlySet<number>
  readonly isUnknown: boolean
}

/**
 * Times of a line's profile with news laid over them: a delay holds until the next call that is told, and times never
 * fall along the trip.
 */
export function lateTimes(
  { lines }: Timetable,
  line: number,
  profileAt: number,
  calls: readonly LateCall[],
): LateTimes {
  const first = lines.stopStart[line]!
  const count = lines.stopStart[line + 1]! - first
  const bySequence = new Map(calls.map(call => [call.sequence, call]))
  const arrS = new Int32Array(count)
  const depS = new Int32Array(count)
  const skipped = new Set<number>()
  let lateS = 0
  let before = Number.NEGATIVE_INFINITY
  let used = 0
  for (let i = 0; i < count; i++) {
    const told = bySequence.get(lines.sequence[first + i]!)
    if (told !== undefined) used++
    if (told?.skipped) skipped.add(i)
    lateS = told?.arrivalLateS ?? lateS
    before = arrS[i] = Math.max(before, lines.arrS[profileAt + i]! + Math.round(lateS))
    lateS = told?.departureLateS ?? lateS
    before = depS[i] = Math.max(before, lines.depS[profileAt + i]! + Math.round(lateS))
  }
  return { arrS, depS, skipped, isUnknown: used < bySequence.size }
}
