import type { Hex } from '@hexhail/protocol/terms.ts'

/** What the open figures need of a trip. */
export interface CubeTrip {
  readonly terms: Hex
  readonly rider: Hex
  /** Res 7. */
  readonly pickupCell: string
  /** Res 7. */
  readonly destCell: string
  /** When the ride began, unix milliseconds. */
  readonly atMs: number
  /** Fare, waiting and tolls, minor units. */
  readonly paid: bigint
  /** From the driver's word to his arrival, seconds. */
  readonly waitS: number
}
