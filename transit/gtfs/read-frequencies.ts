import type { FeedFrequency, FeedTrip } from './feed.ts'
import { choice, count, needed, ref, time } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

/** No line departs more often than this from one row. */
const MOST_DEPARTURES = 2880

/** Trips that run again and again. */
export function readFrequencies(source: FeedSource, trips: readonly FeedTrip[]): FeedFrequency[] {
  const tripAt = new Map(trips.map((trip, i) => [trip.id, i]))
  const schema = {
    tripId: { ...ref(tripAt), blank: undefined },
    startTime: needed(time),
    endTime: needed(time),
    headwaySecs: needed(count),
    exactTimes: choice(1),
  }
  return readRows(source, 'frequencies.txt', schema).flatMap(row => {
    const at = { file: 'frequencies.txt', row: row.row }
    const span = row.endTime - row.startTime
    if (span <= 0)
      source.complaints.add('error', 'WINDOW_BAD', { ...at, column: 'end_time', value: row.tripId })
    else if (row.headwaySecs === 0 || span / row.headwaySecs > MOST_DEPARTURES)
      source.complaints.add('error', 'HEADWAY_MANY', {
        ...at,
        column: 'headway_secs',
        value: `${row.headwaySecs}`,
      })
    else
      return {
        trip: tripAt.get(row.tripId)!,
        startS: row.startTime,
        endS: row.endTime,
        headwayS: row.headwaySecs,
        isExact: row.exactTimes === 1,
      }
    return []
  })
}
