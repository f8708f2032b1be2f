import type { RidePlan, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import type { ReadonlySignal } from '@preact/signals-core'
import type { RankedOffer } from './ranked-offer.ts'

/** The rider's side of the protocol: one trip at a time, kept on disk, with all that a page shows of it. */
export interface RiderClient {
  /** The trip under way or just ended; null before the first request and after `close`. */
  readonly trip: ReadonlySignal<RiderState | null>
  /** Offers best first, with what the rank came from. */
  readonly ranked: ReadonlySignal<readonly RankedOffer[]>
  /** Ended trips, newest first. */
  readonly history: ReadonlySignal<readonly RiderState[]>
  /** True while the chosen driver's device is linked. */
  readonly linked: ReadonlySignal<boolean>
  /** Asks for a ride. Rejects with `HexhailError` BUSY, FUNDS or OFFLINE. */
  request(plan: RidePlan): Promise<void>
  /** Takes an offer: reads the lane from the chain, then the wallet signs. */
  choose(tag: string): Promise<void>
  /** Everything else that a rider can do; the reducer ignores what does not fit the state. */
  dispatch(event: RiderEvent): Promise<void>
  /** What a cancel would cost now: a pure preview. */
  cancelPreview(): { readonly fee: bigint; readonly free: 'early' | 'late' | 'notCloser' | null }
  /** Puts the ended trip into the history. */
  close(): Promise<void>
  stop(): Promise<void>
}
