import { concat } from './hex.ts'
import type { Agreed } from './quote.ts'
import type { Shared } from './sharing.ts'
import { endFare, ridingBp, type TripTariff, vestedLines } from './trip-tariff.ts'
import { countedOf, drivenWay } from './trip-way.ts'

/** A ride as one side knows it. */
export interface Ridden {
  readonly agreed: Agreed
  readonly startedAtMs: number
  readonly meter: { readonly metres: number; readonly secs: number }
  readonly trace: { readonly segments: readonly Uint8Array[] }
  /** What was told of others in the car. */
  readonly shared?: Shared | null
}

/**
 * The fare at the end: the quote, or after an early stop and on a meter that runs what it counts if that is less; never
 * above what the ride costs in a shared car.
 */
export function fareAtEnd(of: TripTariff, ride: Ridden, isEarly: boolean): bigint {
  return inShared(ride, endFare(of, agreedOn(of, ride), countOf(of, ride), isEarly))
}

/** The part of the quote that is earned so far; minor units. */
export function fareSoFar(of: TripTariff, ride: Ridden): bigint {
  const lines = vestedLines(of, agreedOn(of, ride), countOf(of, ride), ride.meter.secs)
  return inShared(
    ride,
    lines.reduce((sum, { amount }) => sum + amount, 0n),
  )
}

const inShared = ({ shared }: Ridden, fare: bigint): bigint =>
  shared && shared.fare < fare ? shared.fare : fare

const agreedOn = (of: TripTariff, { agreed, startedAtMs }: Ridden): Agreed => ({
  ...agreed,
  bp: ridingBp(of, agreed.bp, startedAtMs),
})

function countOf(of: TripTariff, { meter, trace }: Ridden) {
  const { metres, secs } = meter
  if (of.by === null || of.by.document.meter === 'D') return { metres, secs }
  return countedOf(of, drivenWay(concat(...trace.segments)), { metres, secs })
}
