import { clipText } from './clip-text.ts'
import type { DriverEffect, DriverState, DriverTrip } from './driver-state.ts'
import { fromHex } from './hex.ts'
import type { CarFacts, ShiftPlace } from './record.ts'

const NO_HASH = `0x${'00'.repeat(32)}` as const
const NO_SHIFT = new Uint8Array(16)

/** The next number of the shift, and the shift after it; null when the shift has no name. Numbers are never given twice. */
export function takeNumber(state: DriverState): {
  readonly state: DriverState
  readonly place: ShiftPlace | null
} {
  const { shift } = state
  if (!shift) return { state, place: null }
  const place = { shift: shift.id, shiftSeq: shift.next }
  return { state: { ...state, shift: { ...shift, next: shift.next + 1 } }, place }
}

/** What an offer says of the car and of the driver's credentials. */
export const carFacts = ({ needs, credentials }: DriverState['car']): CarFacts => ({
  served: needs,
  propulsion: credentials?.propulsion ?? 0,
  vehicleClass: credentials?.vehicleClass ?? 0,
  permit: credentials?.permit ?? NO_HASH,
  vehicle: credentials?.vehicle ?? NO_HASH,
})

/** The word of who comes, in which car, and as which trip of the shift. */
export function carWord({ car }: DriverState, { tag, place }: DriverTrip): DriverEffect {
  const body = {
    driver: clipText(car.name, 32),
    car: clipText(car.text, 48),
    plate: clipText(car.plate, 16),
    shift: place ? fromHex(place.shift, 16) : NO_SHIFT,
    shiftSeq: place?.shiftSeq ?? 0,
  }
  return { type: 'send', tag, message: { name: 'car', body } }
}

/** Files what an ended trip leaves: its record, or a void for the number that it took. Nothing twice. */
export const filing = (trip: DriverTrip): DriverEffect[] =>
  trip.filed || (!trip.receipt && !trip.place) ? [] : [{ type: 'file', trip }]
