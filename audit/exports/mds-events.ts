import { writeListBegin, writeListEnd } from './json-list.ts'
import type { MdsBook } from './mds-book.ts'
import type { MdsFleet } from './mds-fleet.ts'
import { idleVehicle, type MdsEvent, type MdsStep, shiftSteps, tripSteps } from './mds-machine.ts'
import { lastHexAt, uuidAt } from './mds-uuid.ts'
import type { OutFiles } from './out-files.ts'

/** Where a car is at an event, as far as the record says. */
const PLACES: Readonly<Partial<Record<MdsEvent, 'from' | 'to'>>> = {
  reservation_stop: 'from',
  trip_start: 'from',
  trip_stop: 'to',
  trip_end: 'to',
  service_end: 'to',
}

/**
 * Writes `mds-events.json` and `mds-vehicles-status.json`: each vehicle's trips one after the other through the state
 * machine, so that no step is one that MDS does not have. Times never go back.
 */
export function writeMdsEvents(
  files: OutFiles,
  { provider, jurisdiction }: { readonly provider: string; readonly jurisdiction: string },
  fleet: MdsFleet,
  book: MdsBook,
): void {
  const events = files.text('mds-events.json')
  const status = files.text('mds-vehicles-status.json')
  writeListBegin(events, 'events')
  writeListBegin(status, 'vehicles_status')
  let number = -1
  let vehicle = idleVehicle()
  let shift = -1
  let atMs = 0
  let row = 0
  let mark = 0
  let isFirst = true
  let hasStatus = false
  let last = ''
  let place = ''
  /** The same in all events of the vehicle, and in all of the trip: but for the end of its event ids. */
  let ofVehicle = ''
  let ofTrip = ''
  let eventId = ''

  const placed = (event: MdsEvent): string => {
    const end = PLACES[event]
    const at = 4 * row + (end === 'to' ? 2 : 0)
    const [lng, lat] = [book.ends[at]!, book.ends[at + 1]!]
    if (end === undefined || (lng === 0 && lat === 0)) return `"event_geographies":["${jurisdiction}"]`
    place = `{"lat":${lat / 1e5},"lng":${lng / 1e5}}`
    return `"location":${place}`
  }
  const tell = (steps: readonly MdsStep[], ms: number): void => {
    atMs = Math.max(atMs, ms)
    for (const [event, state] of steps) {
      const isOfTrip = event !== 'service_start' && event !== 'service_end'
      last =
        `${ofVehicle}${eventId}${lastHexAt(book.ids, 32 * row + 16, mark++)}","vehicle_state":"${state}",` +
        `"event_types":["${event}"],"timestamp":${atMs},${placed(event)}${isOfTrip ? ofTrip : ''}}`
      if (!isFirst) events.write(',\n')
      events.write(last)
      isFirst = false
    }
  }
  const close = (): void => {
    if (number < 0) return
    tell(shiftSteps(vehicle, false), atMs)
    if (place === '') return
    const device = fleet.vehicles[number]!.id
    const telemetry =
      `{"device_id":"${device}","provider_id":"${provider}","telemetry_id":"${uuidAt(book.ids, 32 * row + 16, 255)}",` +
      `"timestamp":${atMs},"trip_ids":null,"journey_id":null,"location":${place}}`
    status.write(
      `${hasStatus ? ',\n' : ''}{"device_id":"${device}","provider_id":"${provider}","last_event":${last},"last_telemetry":${telemetry}}`,
    )
    hasStatus = true
  }

  for (const next of book.order()) {
    if (book.vehicle[next] !== number) {
      close()
      number = book.vehicle[next]!
      vehicle = idleVehicle()
      ofVehicle = `{"device_id":"${fleet.vehicles[number]!.id}","provider_id":"${provider}","event_id":"`
      atMs = 0
      place = ''
    } else if (book.shift[next] !== shift) tell(shiftSteps(vehicle, false), atMs)
    shift = book.shift[next]!
    row = next
    mark = 0
    eventId = uuidAt(book.ids, 32 * row + 16).slice(0, -2)
    ofTrip = `,"trip_ids":["${uuidAt(book.ids, 32 * row)}"]`
    const accepted = book.times[4 * row]!
    const arrived = book.times[4 * row + 1]!
    const started = book.times[4 * row + 2]!
    const ended = book.times[4 * row + 3]!
    const ms = (seconds: number) => Math.round(seconds * 1_000)
    tell(tripSteps(vehicle, 'hold'), ms(accepted))
    if (arrived > 0) tell(tripSteps(vehicle, 'arrive'), ms(arrived))
    if (started > 0) tell(tripSteps(vehicle, 'start'), ms(started))
    tell(tripSteps(vehicle, started > 0 ? 'finish' : 'settle'), ms(ended))
  }
  close()
  writeListEnd(events)
  writeListEnd(status)
}
