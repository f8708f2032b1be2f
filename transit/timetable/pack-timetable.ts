import { type Packing, packColumn } from '@hexhail/streets/columns.ts'
import { guessFootM, guessFootS } from './foot-guess.ts'
import { packIds } from './id-columns.ts'
import type { FootTable, LineTable, StopTable, Timetable, TripTable } from './timetable.ts'

/** Parts of a timetable by name; `texts`, `fares` and `info` are JSON, the rest columns (`streets/columns.ts`). */
export type Parts = Map<string, Uint8Array>

/**
 * A timetable as parts in which like lies by like, and whatever can be guessed is stored as the step from the guess:
 * calls from the stop before, ride times from the line's profile before, departures from the trip before, ways on
 * foot once for both directions, and from how far apart the stops are.
 */
export function packTimetable(timetable: Timetable): Parts {
  const { stops, lines, trips, services, feet } = timetable
  const parts: Parts = new Map()
  const put = (name: string, values: ArrayLike<number>, packing: Packing): void => {
    parts.set(name, packColumn(values, packing))
  }
  const stopIds = packIds(stops.id)
  const tripIds = packIds(trips.id)
  parts.set(
    'texts',
    new TextEncoder().encode(
      JSON.stringify([
        ...[stopIds.patterns, stops.name, stops.zone, tripIds.patterns, trips.headsigns, services.id],
        ...[timetable.agencies, timetable.routes],
      ]),
    ),
  )
  parts.set('stops.pattern', stopIds.pattern).set('stops.numbers', stopIds.numbers)
  parts.set('trips.pattern', tripIds.pattern).set('trips.numbers', tripIds.numbers)
  // Most feeds know places to a millionth of a degree only.
  const grain = [...stops.lngE7, ...stops.latE7].every(value => value % 10 === 0) ? 10 : 1
  put('stops.grain', [grain], 'plain')
  put(
    'stops.lng',
    stops.lngE7.map(value => value / grain),
    'delta',
  )
  put(
    'stops.lat',
    stops.latE7.map(value => value / grain),
    'delta',
  )
  put('stops.wheels', stops.wheelchair, 'plain')
  put('stops.parent', stops.parent, 'signed')
  putLines(put, lines, trips)
  put('trips.service', trips.service, 'delta')
  put('trips.head', trips.headsign, 'delta')
  put('trips.way', trips.direction, 'plain')
  put('trips.wheels', trips.wheelchair, 'plain')
  put('trips.bikes', trips.bikes, 'plain')
  put('services.words', [services.words], 'plain')
  parts.set('services.bits', new Uint8Array(new Uint32Array(services.bits).buffer))
  putFeet(put, feet, stops)
  parts.set('fares', new TextEncoder().encode(JSON.stringify(timetable.fares)))
  return parts
}

type Put = (name: string, values: ArrayLike<number>, packing: Packing) => void

function putLines(put: Put, lines: LineTable, trips: TripTable): void {
  const count = lines.route.length
  const calls = new Int32Array(count)
  const tripCount = new Int32Array(count)
  const profileCount = new Int32Array(count)
  const profile = new Int32Array(trips.profile.length)
  const sequence = new Int32Array(lines.sequence.length)
  const ride: number[] = []
  const dwell: number[] = []
  let firstProfile = 0
  for (let l = 0; l < count; l++) {
    const [from, to] = [lines.stopStart[l]!, lines.stopStart[l + 1]!]
    const [firstTrip, endTrip] = [lines.tripStart[l]!, lines.tripStart[l + 1]!]
    calls[l] = to - from
    tripCount[l] = endTrip - firstTrip
    for (let i = from; i < to; i++)
      sequence[i] = lines.sequence[i]! - (i > from ? lines.sequence[i - 1]! + 1 : 0)
    let profiles = 0
    for (let t = firstTrip; t < endTrip; t++) {
      profile[t] = trips.profile[t]! - firstProfile
      profiles = Math.max(profiles, profile[t]! + 1)
    }
    for (let p = firstProfile; p < firstProfile + profiles; p++) {
      const at = lines.profileAt[p]!
      const like = p > firstProfile ? lines.profileAt[p - 1]! : -1
      for (let i = 0; i < to - from; i++) {
        ride.push(rideS(lines, at, i) - (like < 0 ? 0 : rideS(lines, like, i)))
        dwell.push(lines.depS[at + i]! - lines.arrS[at + i]!)
      }
    }
    profileCount[l] = profiles
    firstProfile += profiles
  }
  put('lines.route', lines.route, 'delta')
  put('lines.calls', calls, 'plain')
  put('lines.stops', lines.stops, 'delta')
  put('lines.sequence', sequence, 'signed')
  put('lines.flags', lines.flags, 'plain')
  put('lines.trips', tripCount, 'plain')
  put('lines.profiles', profileCount, 'plain')
  put('lines.ride', ride, 'signed')
  put('lines.dwell', dwell, 'plain')
  put('trips.start', trips.startS, 'delta')
  put('trips.profile', profile, 'plain')
}

/** Seconds from the call before; of the first call its arrival (at or before the start). */
function rideS({ arrS, depS }: LineTable, at: number, call: number): number {
  return arrS[at + call]! - (call === 0 ? 0 : depS[at + call - 1]!)
}

function putFeet(put: Put, feet: FootTable, stops: StopTable): void {
  const ways = new Map<string, number>()
  const name = (from: number, to: number, i: number): string =>
    `${from} ${to} ${feet.seconds[i]} ${feet.metres[i]}`
  eachFoot(feet, (from, i) =>
    ways.set(name(from, feet.to[i]!, i), (ways.get(name(from, feet.to[i]!, i)) ?? 0) + 1),
  )
  const count = new Int32Array(feet.start.length - 1)
  const kept: { from: number; i: number; both: boolean }[] = []
  eachFoot(feet, (from, i) => {
    const to = feet.to[i]!
    const both = ways.get(name(from, to, i)) === 1 && ways.get(name(to, from, i)) === 1
    if (both && to < from) return
    count[from]!++
    kept.push({ from, i, both })
  })
  kept.sort((a, b) => a.from - b.from || feet.to[a.i]! - feet.to[b.i]! || a.i - b.i)
  put('feet.count', count, 'plain')
  put(
    'feet.both',
    kept.map(({ both }) => (both ? 0 : 1)),
    'plain',
  )
  put(
    'feet.to',
    kept.map(
      ({ from, i }, k) => feet.to[i]! - (kept[k - 1]?.from === from ? feet.to[kept[k - 1]!.i]! : from),
    ),
    'signed',
  )
  put(
    'feet.metres',
    kept.map(({ from, i }) => feet.metres[i]! - guessFootM(stops, from, feet.to[i]!)),
    'signed',
  )
  put(
    'feet.seconds',
    kept.map(({ i }) => feet.seconds[i]! - guessFootS(feet.metres[i]!)),
    'signed',
  )
}

function eachFoot(feet: FootTable, onFoot: (from: number, i: number) => void): void {
  for (let from = 0; from + 1 < feet.start.length; from++)
    for (let i = feet.start[from]!; i < feet.start[from + 1]!; i++) onFoot(from, i)
}
