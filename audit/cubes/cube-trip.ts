import type { Hex } from '@hexhail/protocol/terms.ts'

/** Who rode where and when: what the rows of the open figures are made by. */
export interface PlacedTrip {
  readonly terms: Hex
  readonly rider: Hex
  /** Res 7. */
  readonly pickupCell: string
  /** Res 7. */
  readonly destCell: string
  /** When the ride began, unix milliseconds. */
  readonly atMs: number
}

/** What the open figures need of a trip. */
export interface CubeTrip extends PlacedTrip {
  /** Fare, waiting and tolls, minor units. */
  readonly paid: bigint
  /** From the driver's word to his arrival, seconds. */
  readonly waitS: number
}
