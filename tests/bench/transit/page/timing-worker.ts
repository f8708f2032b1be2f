/* Opens a timetable and times the search in it. */
import { decodeTimetable } from '@hexhail/transit/timetable/timetable-file.ts'
import { type SearchTimes, timeSearches } from '../time-searches.ts'

globalThis.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  const read = decodeTimetable(data)
  if (read.verdict !== 'accept') throw new Error(`The timetable is refused: ${read.code}.`)
  globalThis.postMessage(timeSearches(read.value, 7, () => performance.now()) satisfies SearchTimes)
}
