import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import { runsOn } from '@hexhail/transit/timetable/timetable.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFeed } from '../random-feed.ts'

const feeds = fc.integer({ min: 1, max: 1 << 30 }).map(seed => randomFeed(seed))

test('every call of every trip is in the timetable, at its times', () => {
  fc.assert(
    fc.property(feeds, source => {
      const { lines, trips } = buildTimetable(source)
      const found: string[] = []
      for (let line = 0; line < lines.route.length; line++)
        for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++)
          for (let call = lines.stopStart[line]!; call < lines.stopStart[line + 1]!; call++) {
            const at = lines.profileAt[trips.profile[trip]!]! + call - lines.stopStart[line]!
            const times = [lines.arrS[at]!, lines.depS[at]!].map(s => s + trips.startS[trip]!)
            found.push([trips.id[trip], lines.sequence[call], lines.stops[call], ...times].join())
          }
      const fed = source.trips.flatMap(({ id, ...trip }) =>
        Array.from(trip.stops, (stop, i) => [id, trip.sequence[i], stop, trip.arrS[i], trip.depS[i]].join()),
      )
      expect(found.sort()).toEqual(fed.sort())
    }),
    { numRuns: 50 },
  )
})

test('on no day does a trip of a line overtake another', () => {
  fc.assert(
    fc.property(feeds, source => {
      const { info, lines, trips, services } = buildTimetable(source)
      const overtaken: string[] = []
      for (let day = 0; day < info.days; day++)
        for (let line = 0; line < lines.route.length; line++) {
          const calls = lines.stopStart[line + 1]! - lines.stopStart[line]!
          const last = new Float64Array(calls * 2).fill(Number.NEGATIVE_INFINITY)
          for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++) {
            if (!runsOn(services, trips.service[trip]!, day)) continue
            const at = lines.profileAt[trips.profile[trip]!]!
            for (let i = 0; i < calls * 2; i++) {
              const s = trips.startS[trip]! + (i < calls ? lines.arrS[at + i]! : lines.depS[at + i - calls]!)
              if (s < last[i]!) overtaken.push(trips.id[trip]!)
              last[i] = s
            }
          }
        }
      expect(overtaken).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('the order of the feed’s trips changes nothing', () => {
  fc.assert(
    fc.property(feeds, source => {
      const turned = { ...source, trips: source.trips.toReversed() }
      expect(buildTimetable(turned)).toEqual(buildTimetable(source))
    }),
    { numRuns: 20 },
  )
})
