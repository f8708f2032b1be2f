import type { DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Route } from '@hexhail/streets/router.ts'
import type { ReadonlySignal } from '@preact/signals-core'

/** The driver's side of the protocol: a shift, kept on disk, with all that a page shows of it. */
export interface DriverClient {
  readonly shift: ReadonlySignal<DriverState>
  /** Where the car is; null before the first position. */
  readonly here: ReadonlySignal<{ readonly at: LngLat; readonly headingDeg: number } | null>
  /** The way to the pickup or to the destination, from the last time it was computed. */
  readonly route: ReadonlySignal<Route | null>
  readonly linked: ReadonlySignal<boolean>
  /** Ended trips of this device, newest first. */
  readonly history: ReadonlySignal<readonly DriverTrip[]>
  /** Begins to hear requests around the place. Rejects with `HexhailError` PERMIT when the account has none. */
  goOnline(at: LngLat): Promise<void>
  goOffline(): Promise<void>
  /** A new position: follows the cells, tells the rider, runs the meter. `odometerM` counts up while driving. */
  moveTo(at: LngLat, headingDeg: number, odometerM: number): Promise<void>
  /** Answers a request with a price factor, basis points. */
  offer(requestId: Hex, bp: number): Promise<void>
  dispatch(event: DriverEvent): Promise<void>
  /** Puts the ended trip into the history and is free for the next. */
  close(): Promise<void>
  stop(): Promise<void>
}
