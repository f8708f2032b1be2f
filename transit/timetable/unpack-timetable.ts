import { type Packing, unpackColumn } from '@hexhail/streets/columns.ts'
import { guessFootM, guessFootS } from './foot-guess.ts'
import { unpackIds } from './id-columns.ts'
import type { Parts } from './pack-timetable.ts'
import type { FootTable, LineTable, StopTable, Timetable, TimetableInfo, TripTable } from './timetable.ts'

type Take = (name: string, packing: Packing) => Int32Array

/**
 * A timetable out of its parts, as `pack-timetable.ts` has them; whether it holds together is for `check-timetable.ts`.
 * @throws {RangeError | SyntaxError} where the parts are none
 */
export function unpackTimetable(parts: Parts, info: TimetableInfo): Timetable {
  const part = (name: string): Uint8Array => {
    const bytes = parts.get(name)
    if (bytes === undefined) throw new RangeError(`A timetable has no ${name}.`)
    return bytes
  }
  const take: Take = (name, packing) => unpackColumn(part(name), packing)
  const texts = jsonOf(part('texts'))
  if (
    !Array.isArray(texts) ||
    texts.length !== 8 ||
    !texts.every(Array.isArray) ||
    !texts.slice(0, 6).every(isTexts)
  )
    throw new RangeError('The texts of a timetable are not eight lists.')
  const [stopPatterns, names, zones, tripPatterns, headsigns, services] = texts as string[][]
  const [grain = 1] = take('stops.grain', 'plain')
  const degrees = (name: string): Int32Array => take(name, 'delta').map(value => value * grain)
  const stops: StopTable = {
    id: unpackIds(stopPatterns!, part('stops.pattern'), part('stops.numbers')),
    name: names!,
    zone: zones!,
    lngE7: degrees('stops.lng'),
    latE7: degrees('stops.lat'),
    wheelchair: bytesOf(take('stops.wheels', 'plain')),
    parent: take('stops.parent', 'signed'),
  }
  const { lines, startS, profile } = takeLines(take)
  const trips: TripTable = {
    id: unpackIds(tripPatterns!, part('trips.pattern'), part('trips.numbers')),
    startS,
    profile,
    service: Uint32Array.from(take('trips.service', 'delta')),
    headsign: Uint32Array.from(take('trips.head', 'delta')),
    headsigns: headsigns!,
    direction: bytesOf(take('trips.way', 'plain')),
    wheelchair: bytesOf(take('trips.wheels', 'plain')),
    bikes: bytesOf(take('trips.bikes', 'plain')),
  }
  const bits = part('services.bits').slice()
  return {
    info,
    stops,
    lines,
    trips,
    agencies: texts[6] as Timetable['agencies'],
    routes: texts[7] as Timetable['routes'],
    services: {
      id: services!,
      words: take('services.words', 'plain')[0] ?? 0,
      bits: new Uint32Array(bits.buffer, 0, bits.length >> 2),
    },
    feet: takeFeet(take, stops),
    fares: jsonOf(part('fares')) as Timetable['fares'],
  }
}

const jsonOf = (bytes: Uint8Array): unknown =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))

function takeLines(take: Take): { lines: LineTable; startS: Int32Array; profile: Uint32Array } {
  const calls = take('lines.calls', 'plain')
  const tripCount = take('lines.trips', 'plain')
  const profileCount = take('lines.profiles', 'plain')
  const stops = take('lines.stops', 'delta')
  const sequence = take('lines.sequence', 'signed')
  const ride = take('lines.ride', 'signed')
  const dwell = take('lines.dwell', 'plain')
  const profile = take('trips.profile', 'plain')
  const startS = take('trips.start', 'delta')
  const stopStart = starts(calls, stops.length)
  const tripStart = starts(tripCount, startS.length)
  if (
    tripCount.length !== calls.length ||
    profileCount.length !== calls.length ||
    profile.length !== startS.length
  )
    throw new RangeError('The columns of lines differ in length.')
  const arrS = new Int32Array(ride.length)
  const depS = new Int32Array(ride.length)
  const profileAt: number[] = []
  let at = 0
  for (let l = 0; l < calls.length; l++) {
    const n = calls[l]!
    if (at + n * profileCount[l]! > ride.length)
      throw new RangeError('There are fewer ride times than calls.')
    for (let i = stopStart[l]! + 1; i < stopStart[l + 1]!; i++)
      sequence[i] = sequence[i]! + sequence[i - 1]! + 1
    for (let t = tripStart[l]!; t < tripStart[l + 1]!; t++) {
      if (profile[t]! >= profileCount[l]!) throw new RangeError(`Trip ${t} has a profile of another line.`)
      profile[t] = profile[t]! + profileAt.length
    }
    for (let p = 0; p < profileCount[l]!; p++, at += n) {
      profileAt.push(at)
      for (let i = 0; i < n; i++) {
        if (p > 0) ride[at + i] = ride[at + i]! + ride[at + i - n]!
        arrS[at + i] = ride[at + i]! + (i > 0 ? depS[at + i - 1]! : 0)
        depS[at + i] = arrS[at + i]! + dwell[at + i]!
      }
    }
  }
  if (at !== ride.length || dwell.length !== ride.length || sequence.length !== stops.length)
    throw new RangeError('The columns of calls differ in length.')
  const lines: LineTable = {
    ...{ stopStart, tripStart, arrS, depS },
    route: Uint32Array.from(take('lines.route', 'delta')),
    stops: Uint32Array.from(stops),
    sequence: Uint32Array.from(sequence),
    flags: bytesOf(take('lines.flags', 'plain')),
    profileAt: Uint32Array.from(profileAt),
  }
  return { lines, startS, profile: Uint32Array.from(profile) }
}

function takeFeet(take: Take, stops: StopTable): FootTable {
  const count = take('feet.count', 'plain')
  const oneWay = take('feet.both', 'plain')
  const steps = take('feet.to', 'signed')
  const [metres, seconds] = [take('feet.metres', 'signed'), take('feet.seconds', 'signed')]
  const known = starts(count, steps.length)
  if (
    [oneWay, metres, seconds].some(column => column.length !== steps.length) ||
    count.length !== stops.lngE7.length
  )
    throw new RangeError('The columns of ways on foot differ in length.')
  const ways: { from: number; to: number; s: number; m: number }[] = []
  for (let from = 0; from < count.length; from++)
    for (let i = known[from]!, to = from; i < known[from + 1]!; i++) {
      to += steps[i]!
      if (to < 0 || to >= count.length) throw new RangeError(`A way on foot leads to stop ${to}.`)
      const m = metres[i]! + guessFootM(stops, from, to)
      const s = seconds[i]! + guessFootS(m)
      if (m < 0 || m > 0xffff || s < 0 || s > 0xffff)
        throw new RangeError(`A way on foot has ${m} m and ${s} s.`)
      ways.push({ from, to, s, m })
      if (oneWay[i] === 0) ways.push({ from: to, to: from, s, m })
    }
  ways.sort((a, b) => a.from - b.from || a.s - b.s || a.to - b.to || a.m - b.m)
  const degree = new Int32Array(count.length)
  for (const { from } of ways) degree[from] = degree[from]! + 1
  return {
    start: starts(degree, ways.length),
    to: Uint32Array.from(ways, way => way.to),
    seconds: Uint16Array.from(ways, way => way.s),
    metres: Uint16Array.from(ways, way => way.m),
  }
}

/** Where runs start that lie one after the other, and where the last one ends, which must be `total`. */
function starts(lengths: Int32Array, total: number): Uint32Array {
  const result = new Uint32Array(lengths.length + 1)
  let sum = 0
  for (let i = 0; i < lengths.length; i++) result[i + 1] = sum += lengths[i]!
  if (sum !== total) throw new RangeError(`Runs of ${sum} in all, where there are ${total}.`)
  return result
}

function bytesOf(values: Int32Array): Uint8Array {
  if (values.some(value => value < 0 || value > 255))
    throw new RangeError('A column of bytes has bigger numbers.')
  return Uint8Array.from(values)
}

function isTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every(item => typeof item === 'string')
}
