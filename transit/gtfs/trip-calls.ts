import type { LngLat } from '@hexhail/protocol/geo.ts'
import { alongShape, alongStops } from './along-shape.ts'
import type { FeedCalls, FeedStop, FeedTrip } from './feed.ts'
import { fillTimes } from './interpolate-times.ts'
import type { RawCalls } from './read-calls.ts'
import type { FeedSource } from './read-rows.ts'
import type { Shapes } from './read-shapes.ts'
import type { TripHead } from './read-trips.ts'

const FILE = 'stop_times.txt'

/** Trips with their calls in order and all times known. Broken trips are left out; `row` is where each head stood. */
export function tripCalls(
  source: FeedSource,
  heads: readonly TripHead[],
  stops: readonly FeedStop[],
  raw: RawCalls,
  shapes: Shapes,
): { trips: FeedTrip[]; calls: FeedCalls } {
  const { complaints } = source
  const order = callsInOrder(heads.length, raw)
  const pick = (column: Int32Array): Int32Array => Int32Array.from(order, at => column[at]!)
  const [trip, row, sequence, stop] = [pick(raw.trip), pick(raw.row), pick(raw.sequence), pick(raw.stop)]
  const [arrS, depS] = [pick(raw.arrS), pick(raw.depS)]
  const distance = Float64Array.from(order, at => raw.distance[at]!)
  const alongs = new Map<string, Float64Array>()
  const trips: FeedTrip[] = []
  const flexTrips = new Set(raw.flex.map(call => call.trip))

  /** How far along its way each call of a trip is: as the feed has it, by the shape, or from stop to stop. */
  const along = (from: number, to: number, shapeId: string): Float64Array => {
    const said = distance.subarray(from, to)
    if (said.every((d, i) => Number.isFinite(d) && (i === 0 || d >= said[i - 1]!))) return said
    if (!said.every(Number.isNaN))
      complaints.add('warning', 'DISTANCE_BACKWARDS', {
        file: FILE,
        row: row[from]!,
        column: 'shape_dist_traveled',
      })
    const key = `${shapeId} ${stop.subarray(from, to).join()}`
    let known = alongs.get(key)
    if (known === undefined) {
      const places = Array.from(stop.subarray(from, to), (s): LngLat => [stops[s]!.lng, stops[s]!.lat])
      const line = shapes.get(shapeId)
      known = line && line.length >= 4 ? alongShape(line, places) : alongStops(places)
      alongs.set(key, known)
    }
    return known
  }

  let end = 0
  for (const [t, head] of heads.entries()) {
    const start = end
    while (end < trip.length && trip[end] === t) end++
    if (raw.broken[t] === 1 || (start === end && flexTrips.has(t))) continue
    if (end - start < 2) {
      complaints.add('warning', 'STOPS_FEW', { file: 'trips.txt', row: head.row, value: head.id })
      continue
    }
    const twice = sequence.subarray(start, end).findIndex((n, i) => i > 0 && n === sequence[start + i - 1])
    if (twice > 0) {
      const at = { file: FILE, row: row[start + twice]!, column: 'stop_sequence' }
      complaints.add('error', 'SEQUENCE_TWICE', { ...at, value: String(sequence[start + twice]) })
      continue
    }
    const wrong = fillTimes(arrS.subarray(start, end), depS.subarray(start, end), () =>
      along(start, end, head.shape),
    )
    if (wrong) {
      const { call, code, column } = wrong
      const value = clockText((column === 'arrival_time' ? arrS : depS)[start + call]!)
      complaints.add('error', code, { file: FILE, row: row[start + call]!, column, value })
      continue
    }
    const { row: _, ...trimmed } = head
    trips.push({ ...trimmed, callStart: start, callEnd: end })
  }
  return {
    trips,
    calls: {
      ...{ stop, sequence, arrS, depS },
      pickup: Uint8Array.from(order, at => raw.pickup[at]!),
      dropOff: Uint8Array.from(order, at => raw.dropOff[at]!),
    },
  }
}

/** Rows by trip and number: most feeds have them so already. */
function callsInOrder(trips: number, { trip, sequence }: RawCalls): Int32Array {
  const starts = new Int32Array(trips + 1)
  for (let i = 0; i < trip.length; i++) starts[trip[i]! + 1]!++
  for (let t = 0; t < trips; t++) starts[t + 1]! += starts[t]!
  const order = new Int32Array(trip.length)
  const next = starts.slice()
  for (let i = 0; i < trip.length; i++) order[next[trip[i]!]!++] = i
  for (let t = 0; t < trips; t++)
    order.subarray(starts[t], starts[t + 1]).sort((a, b) => sequence[a]! - sequence[b]! || a - b)
  return order
}

/** A time as feeds write it, '' where there is none. */
function clockText(s: number): string {
  if (s < 0) return ''
  return [s / 3600, (s / 60) % 60, s % 60].map(n => String(Math.floor(n)).padStart(2, '0')).join(':')
}
