import { NO_BOARDING } from '../timetable/timetable.ts'
import type { Columns } from './view-columns.ts'

/**
 * The first run of a day line that can be boarded at a call from `s` on and departs before `before`; if there is none,
 * -1 - (the first one from `s` on). `guess` is where the look begins: any number is right, a near one is quick.
 */
export function firstRun(
  { runStart, startS, timesAt, depS, gone, callStart, flags }: Columns,
  line: number,
  call: number,
  s: number,
  before: number,
  guess: number,
): number {
  let low = runStart[line]!
  let high = runStart[line + 1]!
  const end = high
  if (guess >= low && guess < high) {
    if (startS[guess]! + depS[timesAt[guess]! + call]! >= s) {
      high = guess
      if (guess > low && startS[guess - 1]! + depS[timesAt[guess - 1]! + call]! < s) low = guess
    } else low = guess + 1
  }
  while (low < high) {
    const middle = (low + high) >> 1
    if (startS[middle]! + depS[timesAt[middle]! + call]! >= s) high = middle
    else low = middle + 1
  }
  const first = low
  while (low < end && gone[low] === 1) low++
  const open = low < end && (flags[callStart[line]! + call]! & NO_BOARDING) === 0
  return open && startS[low]! + depS[timesAt[low]! + call]! < before ? low : -1 - first
}
