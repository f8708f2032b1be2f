import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import { NO_ALIGHTING, NO_BOARDING, runsOn, type Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { expect, test } from 'vitest'
import { inflate, makeZip } from './make-zip.ts'
import { TINY } from './tiny-feed.ts'

const compiled = (changes: Readonly<Record<string, string>> = {}): Timetable =>
  compileFeed(readFeed(makeZip({ ...TINY, ...changes }), inflate).feed!, 'Tiny', CROW)

/** Ways on foot as «from to seconds metres». */
function feetOf({ feet, stops }: Timetable): string[] {
  return stops.id.flatMap((id, from) =>
    Array.from(feet.to.subarray(feet.start[from]!, feet.start[from + 1]!), (to, k) => {
      const i = feet.start[from]! + k
      return `${id} ${stops.id[to]} ${feet.seconds[i]} ${feet.metres[i]}`
    }),
  )
}

test('trips of one route and the same calls are one line, with their own times', () => {
  const { lines, trips, routes, stops } = compiled({
    'stop_times.txt': TINY['stop_times.txt']!.replace('p1,1,0,1', 'p1,1,0,0').replace(
      'far,3,1,0',
      'far,3,0,0',
    ),
  })
  expect(routes.map(route => route.id)).toEqual(['r1', 'r2', 'drt'])
  expect(trips.id).toEqual(['t1', 't2', 'night@88200', 'night@90000', 'night@91800'])
  expect([...trips.startS]).toEqual([8 * 3600, 9 * 3600, 88_200, 90_000, 91_800])
  const first = lines.stops.subarray(0, lines.stopStart[1])
  expect(Array.from(first, stop => stops.id[stop])).toEqual(['p1', 'mid', 'far'])
})

test('calls where nobody boards or alights say so', () => {
  const { lines } = compiled()
  expect([...lines.flags.subarray(0, 3)]).toEqual([NO_ALIGHTING, 0, NO_BOARDING])
})

test('services run on the days of the feed, from its first day on', () => {
  const { info, services } = compiled()
  expect([info.startDay, info.days]).toEqual([Date.UTC(2026, 0, 5) / 86_400_000, 7])
  const days = services.id.map((_, s) => [0, 1, 2, 3, 4, 5, 6, 7].filter(day => runsOn(services, s, day)))
  expect(days).toEqual([[0, 2, 3, 4, 5], [6]])
})

test('a change takes as long as the agency says, both ways only where it says both', () => {
  // 14 m apart by air.
  expect(feetOf(compiled())).toEqual(['p1 p2 90 19', 'p2 p1 16 19'])
})

test('an impossible change is none, one between stations is for all stops in them', () => {
  const transfers = (rows: string): Record<string, string> => ({
    'transfers.txt': `from_stop_id,to_stop_id,transfer_type,min_transfer_time\n${rows}`,
  })
  expect(feetOf(compiled(transfers('p1,p2,3,\n')))).toEqual(['p2 p1 16 19'])
  expect(feetOf(compiled(transfers('hub,mid,2,600\n')))).toEqual([
    'p1 p2 16 19',
    'p1 mid 600 1186',
    'p2 p1 16 19',
    'p2 mid 600 1198',
  ])
})
