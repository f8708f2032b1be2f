/** How a rider is matched: by the nearest of direct offers, or by the solution of an epoch. */
export type Market = 'direct' | 'epoch'

/** What a peer knows of its own neighbourhood. */
export interface Neighbourhood {
  readonly waitingRiders: number
  readonly idleDrivers: number
  /** How far this clock is from the median of the times that messages lately heard were signed at, latency taken off. */
  readonly clockOffMs: number
  readonly guardMs: number
}

/** Up to this share of waiting riders to idle drivers the nearest offer is as good as the best assignment. */
const THIN_SHARE = 0.005

/**
 * Each peer's own rule, asked anew each epoch: direct offers where hardly two riders ever want one driver, or where the
 * peer's clock is off by more than half a guard, so that it would solve other epochs than its neighbours. Peers that
 * decide otherwise still fit together: a car is its driver's to give and a ride its rider's, whoever asks.
 */
export function marketOf({ waitingRiders, idleDrivers, clockOffMs, guardMs }: Neighbourhood): Market {
  if (2 * Math.abs(clockOffMs) > guardMs) return 'direct'
  return waitingRiders <= THIN_SHARE * idleDrivers ? 'direct' : 'epoch'
}
