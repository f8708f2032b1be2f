import { ByteText, textBytes } from './byte-text.ts'
import { CREDENTIAL_KEY } from './credential-key.ts'
import type { DoJob } from './jobs-in-order.ts'
import type { MdsTrips } from './mds-book.ts'
import {
  idleVehicle,
  type MdsEvent,
  type MdsState,
  type MdsStep,
  type MdsVehicle,
  shiftSteps,
  tripSteps,
} from './mds-machine.ts'
import { type PartPlaces, writeParts } from './part-places.ts'

/** What events are made of; plain data. Job n does the trips of `order` from `begins[n]` to `begins[n + 1]`. */
export interface EventsData {
  readonly provider: string
  readonly jurisdiction: string
  /** Keys of the vehicles by number. */
  readonly vehicleKeys: Uint8Array
  readonly trips: MdsTrips
  /** Trips of each vehicle behind each other. */
  readonly order: Int32Array
  readonly begins: Int32Array
}

/** Rows of `mds-events.json` and `mds-vehicles-status.json`, each after a comma. */
export type EventParts = readonly [events: Uint8Array, status: Uint8Array]

/** Where a car is at an event, as far as the record says: which of its way's ends. */
const PLACES: Readonly<Partial<Record<MdsEvent, 0 | 2>>> = {
  reservation_stop: 0,
  trip_start: 0,
  trip_stop: 2,
  trip_end: 2,
  service_end: 2,
}
/** Bytes of a row at most. */
const ROW = 2_048
const MARKS = 256

/** The job of a thread: it writes its part into the files. */
export function createJobs(given: unknown): DoJob<null> {
  const data = given as EventsData & { readonly places: PartPlaces }
  const write = createEventWriter(data)
  return job => {
    writeParts(data.places, job, write(data.begins[job]!, data.begins[job + 1]!))
    return { value: null }
  }
}

/** Writes events of a part of `order`, of whole vehicles: what it gives is good until the next part. */
export function createEventWriter({ provider, jurisdiction, vehicleKeys, trips, order }: EventsData) {
  const { ids, times, ends } = trips
  const events = new ByteText()
  const status = new ByteText()
  const T = Object.fromEntries(
    Object.entries({
      device: ',\n{"device_id":"',
      provider: `","provider_id":"${provider}",`,
      lastEvent: '"last_event":',
      lastTelemetry: ',"last_telemetry":',
      eventId: '"event_id":"',
      telemetryId: '"telemetry_id":"',
      statusTime: '","timestamp":',
      noTrip: ',"trip_ids":null,"journey_id":null,"location":',
      statusEnd: '}}',
      nowhere: `,"event_geographies":["${jurisdiction}"]`,
      location: ',"location":',
      lat: '{"lat":',
      lng: ',"lng":',
      trip: ',"trip_ids":["',
      tripEnd: '"]',
    }).map(([name, text]) => [name, textBytes(text)]),
  ) as Readonly<Record<string, Uint8Array>>
  const middles = new Map<MdsEvent, Map<MdsState, Uint8Array>>()
  const middleOf = (event: MdsEvent, state: MdsState): Uint8Array => {
    let ofEvent = middles.get(event)
    if (!ofEvent) middles.set(event, (ofEvent = new Map()))
    let middle = ofEvent.get(state)
    if (!middle) {
      middle = textBytes(`","vehicle_state":"${state}","event_types":["${event}"],"timestamp":`)
      ofEvent.set(state, middle)
    }
    return middle
  }
  const id = new Uint8Array(16)
  let number = -1
  let vehicle: MdsVehicle = idleVehicle()
  let atMs = 0
  let row = 0
  let mark = 0
  /** The last event, in `events`, and the last place: 0 and 0 = none. */
  let lastFrom = 0
  let lngE5 = 0
  let latE5 = 0

  const putHead = (out: ByteText): void => {
    out.put(T.device!)
    out.uuid(vehicleKeys, CREDENTIAL_KEY * number)
    out.put(T.provider!)
  }
  const putLocation = (out: ByteText): void => {
    out.put(T.lat!)
    out.degrees(latE5)
    out.put(T.lng!)
    out.degrees(lngE5)
    out.byte(125)
  }
  /** Id of an event of the row, or of its telemetry. */
  const putId = (out: ByteText, of: number): void => {
    for (let b = 0; b < 16; b++) id[b] = ids[32 * row + 16 + b]!
    id[15] = (id[15]! + of) & (MARKS - 1)
    out.uuid(id, 0)
  }
  const tell = (steps: readonly MdsStep[], ms: number): void => {
    atMs = Math.max(atMs, ms)
    for (const [event, state] of steps) {
      events.room(ROW + T.provider!.length + T.nowhere!.length)
      lastFrom = events.at + 2
      putHead(events)
      events.put(T.eventId!)
      putId(events, mark++)
      events.put(middleOf(event, state))
      events.uint(atMs)
      const end = PLACES[event]
      const at = 4 * row + (end ?? 0)
      if (end === undefined || (ends[at] === 0 && ends[at + 1] === 0)) events.put(T.nowhere!)
      else {
        lngE5 = ends[at]!
        latE5 = ends[at + 1]!
        events.put(T.location!)
        putLocation(events)
      }
      if (event !== 'service_start' && event !== 'service_end') {
        events.put(T.trip!)
        events.uuid(ids, 32 * row)
        events.put(T.tripEnd!)
      }
      events.byte(125)
    }
  }
  const close = (): void => {
    if (number < 0) return
    tell(shiftSteps(vehicle, false), atMs)
    if (lngE5 === 0 && latE5 === 0) return
    const last = events.bytes.subarray(lastFrom, events.at)
    status.room(ROW + 2 * T.provider!.length + last.length)
    putHead(status)
    status.put(T.lastEvent!)
    status.put(last)
    status.put(T.lastTelemetry!)
    const telemetry = status.at
    putHead(status)
    // A row of its own begins with a comma and a line; this one stands within another.
    status.bytes.copyWithin(telemetry, telemetry + 2, status.at)
    status.at -= 2
    status.put(T.telemetryId!)
    putId(status, MARKS - 1)
    status.put(T.statusTime!)
    status.uint(atMs)
    status.put(T.noTrip!)
    putLocation(status)
    status.put(T.statusEnd!)
  }

  return (from: number, to: number): EventParts => {
    events.clear()
    status.clear()
    number = -1
    let shift = -1
    for (let n = from; n < to; n++) {
      const next = order[n]!
      if (trips.vehicle[next] !== number) {
        close()
        number = trips.vehicle[next]!
        vehicle = idleVehicle()
        atMs = 0
        lngE5 = 0
        latE5 = 0
      } else if (trips.shift[next] !== shift) tell(shiftSteps(vehicle, false), atMs)
      shift = trips.shift[next]!
      row = next
      mark = 0
      const started = times[4 * row + 2]!
      tell(tripSteps(vehicle, 'hold'), times[4 * row]! * 1_000)
      if (times[4 * row + 1]! > 0) tell(tripSteps(vehicle, 'arrive'), times[4 * row + 1]! * 1_000)
      if (started > 0) tell(tripSteps(vehicle, 'start'), started * 1_000)
      tell(tripSteps(vehicle, started > 0 ? 'finish' : 'settle'), times[4 * row + 3]! * 1_000)
    }
    close()
    return [events.written, status.written]
  }
}
