import type { Request } from '@hexhail/protocol/messages.ts'
import { levyOf, type Tariff } from '@hexhail/protocol/tariff.ts'
import { quotedFare, quotedLines, type TripTariff } from '@hexhail/protocol/trip-tariff.ts'

/** What is left of a gross amount for the driver after the authority's levy, minor units. */
export const afterLevy = (tariff: Tariff, amount: bigint): bigint => amount - levyOf(tariff, amount)

/** The least and the most that a driver can earn, minor units. */
export interface PayRange {
  readonly least: bigint
  readonly most: bigint
}

/**
 * What a request pays at a price factor, after the levy. A request names the trip in whole kilometres and minutes,
 * rounded up: the true trip lies within the last kilometre and the last minute.
 */
export function payRange(
  of: TripTariff,
  { distanceKm, minutes }: Pick<Request, 'distanceKm' | 'minutes'>,
  bp: number,
): PayRange {
  const at = (km: number, min: number): bigint =>
    afterLevy(of.tariff, quotedFare(of, Math.max(0, km) * 1000, Math.max(0, min) * 60, bp))
  return { least: at(distanceKm - 1, minutes - 1), most: at(distanceKm, minutes) }
}

/** The lines of the most that a request pays, before the levy. */
export const payLines = (
  of: TripTariff,
  { distanceKm, minutes }: Pick<Request, 'distanceKm' | 'minutes'>,
  bp: number,
) => quotedLines(of, distanceKm * 1000, minutes * 60, bp)
