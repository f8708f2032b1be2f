/** A stretch of time whose requests and bids are matched together. All peers of an area see the same ones. */
export interface Epoch {
  /** Its end in units of the shortest epoch since 1970: what ties are decided by. */
  readonly number: number
  readonly startMs: number
  readonly endMs: number
}

/**
 * Epochs that there are, with the pickup up to which each holds: where the nearest driver is far, the riders of a longer
 * epoch save more of his way than they wait. Each is twice the one before and all are counted from 1970, so whoever takes
 * another length than his neighbour still ends an epoch whenever that one's longer epoch ends.
 */
const LENGTHS: readonly { readonly lengthMs: number; readonly mostPickupDs: number }[] = [
  { lengthMs: 2_000, mostPickupDs: 600 },
  { lengthMs: 4_000, mostPickupDs: 900 },
  { lengthMs: 8_000, mostPickupDs: Number.POSITIVE_INFINITY },
]
const SHORTEST_MS = LENGTHS[0]!.lengthMs
/** The longest: whoever takes any other ends an epoch with each of these. */
export const LONGEST_EPOCH_MS = LENGTHS.at(-1)!.lengthMs
/** No shorter is waited for what is still on its way at the end of an epoch. */
const LEAST_GUARD_MS = 1_000
/** The guard in medians of the measured latency: so hardly any two peers see different inputs (matching.md 5). */
const GUARD_LATENCIES = 4

/**
 * How long epochs are where drivers promised such a mean pickup lately: short where cars abound, but never shorter than
 * the guard as far as there are such, so that the commits of one are heard before the next is solved.
 */
export function epochLengthMs(pickupDs: number, guardMs = 0): number {
  const isHeldBy = ({ lengthMs, mostPickupDs }: (typeof LENGTHS)[number]): boolean =>
    lengthMs >= guardMs && pickupDs <= mostPickupDs
  return (LENGTHS.find(isHeldBy) ?? LENGTHS.at(-1)!).lengthMs
}

/** Whether all peers end an epoch with this one, whatever length they take: so all of them solve it. */
export const endsForAll = ({ endMs }: Epoch): boolean => endMs % LONGEST_EPOCH_MS === 0

/** The epoch of a moment; one ends where the next begins, and its end belongs to the next. */
export function epochAt(nowMs: number, lengthMs: number): Epoch {
  const startMs = Math.floor(nowMs / lengthMs) * lengthMs
  const endMs = startMs + lengthMs
  return { number: endMs / SHORTEST_MS, startMs, endMs }
}

/** When the epoch of a number ends, unix ms. */
export const epochEndMs = (number: number): number => number * SHORTEST_MS

/** How long after its end an epoch is solved, by the latencies measured lately: four medians, a second at least. */
export function guardMs(latenciesMs: readonly number[]): number {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const median = sorted[sorted.length >> 1] ?? 0
  return Math.max(LEAST_GUARD_MS, Math.ceil(GUARD_LATENCIES * median))
}
