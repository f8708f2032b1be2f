import { clipText } from '@hexhail/protocol/clip-text.ts'
import type { DriverState } from '@hexhail/protocol/driver-state.ts'

/** Who drives, in what: what a rider is told once the fare is held. */
export type Profile = DriverState['car']

/** What the car can do: bit of the request's needs. */
export const NEEDS = [
  { bit: 1, key: 'wheelchair' },
  { bit: 2, key: 'childSeat' },
  { bit: 4, key: 'pet' },
  { bit: 8, key: 'luggage' },
] as const

/** A profile that nobody has filled in yet. */
export const BLANK_PROFILE: Profile = { name: '', text: '', plate: '', seats: 4, needs: 8 }

/** True when a rider could find the car by it. */
export const isComplete = ({ name, text, plate }: Profile): boolean => Boolean(name && text && plate)

/** The profile as the wire takes it: trimmed, and not longer in UTF-8 than its messages allow. */
export function tidyProfile({ name, text, plate, seats, needs }: Profile): Profile {
  return {
    name: clipText(name.trim(), 32),
    text: clipText(text.trim(), 48),
    plate: clipText(plate.trim().toUpperCase(), 16),
    seats: Math.min(8, Math.max(1, Math.round(seats))),
    needs: needs & 15,
  }
}
