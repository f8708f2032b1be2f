import { NO_ALIGHTING, NO_BOARDING } from '@hexhail/transit/timetable/timetable.ts'
import type { SourceFoot, SourceTrip, TimetableSource } from '@hexhail/transit/timetable/timetable-source.ts'
import { seeded } from '../streets/grid-town.ts'

/** How large a random feed is. */
export interface FeedSize {
  readonly stops: number
  readonly patterns: number
  readonly tripsPerPattern: number
  readonly feet: number
}

const SMALL: FeedSize = { stops: 12, patterns: 6, tripsPerPattern: 8, feet: 14 }

/**
 * A small seeded feed of a few days with all that trips up a search: loops, overtaking, trips past midnight, dwell of zero,
 * days without service, stops and trips closed to wheelchairs, calls where nobody boards or alights.
 */
export function randomFeed(seed: number, size: FeedSize = SMALL): TimetableSource {
  const rng = seeded(seed)
  const below = (n: number): number => Math.floor(rng() * n)
  const access = (): 0 | 1 | 2 => (rng() < 0.6 ? 1 : rng() < 0.5 ? 0 : 2)
  const trips: SourceTrip[] = []
  for (let pattern = 0; pattern < size.patterns; pattern++) {
    const calls = 2 + below(6)
    const stops = Array.from({ length: calls }, () => below(size.stops))
    const flags = stops.map(() => (rng() < 0.08 ? NO_BOARDING : rng() < 0.08 ? NO_ALIGHTING : 0))
    const usual = stops.map(() => [60 * below(12), rng() < 0.5 ? 0 : 30 * below(4)])
    const firstS = rng() < 0.3 ? 20 * 3600 : 6 * 3600
    for (let n = 0; n < size.tripsPerPattern; n++) {
      const slow = rng() < 0.25 ? 1 + rng() * 2 : 1
      let s = firstS + Math.floor(rng() * 8 * 3600)
      const times = usual.map(([ride, dwell], i) => {
        const arr = i === 0 ? s : s + Math.floor(ride! * slow)
        s = arr + dwell!
        return [arr, s]
      })
      trips.push({
        ...{ id: `t${pattern}-${n}`, route: pattern % 4, service: below(3), stops, flags },
        ...{ headsign: `to ${stops.at(-1)}`, direction: pattern % 2, wheelchair: access(), bikes: access() },
        sequence: stops.map((_, i) => i * 10 + 1),
        arrS: times.map(([arr]) => arr!),
        depS: times.map(([, dep]) => dep!),
      })
    }
  }
  const feet: SourceFoot[] = Array.from({ length: size.feet }, () => {
    const metres = 20 + below(600)
    return { from: below(size.stops), to: below(size.stops), seconds: Math.ceil(metres / 1.2), metres }
  })
  return {
    info: {
      ...{ name: `seed ${seed}`, timezone: 'UTC', startDay: 20_454, days: 4 },
      ...{ modelled: false, feetBy: 'crow' },
    },
    agencies: [{ id: 'a', name: 'A' }],
    stops: Array.from({ length: size.stops }, (_, i) => ({
      ...{ id: `s${i}`, name: `Stop ${i}`, lng: rng() / 10, lat: rng() / 10, zone: '' },
      ...{ wheelchair: access(), parent: -1 },
    })),
    routes: Array.from({ length: 4 }, (_, i) => ({
      ...{ id: `r${i}`, agency: 0, shortName: `${i}`, longName: '', type: 3, colour: '' },
    })),
    services: [
      { id: 'daily', days: [0, 1, 2, 3] },
      { id: 'even', days: [0, 2] },
      { id: 'odd', days: [1, 3] },
    ],
    trips,
    feet,
  }
}
