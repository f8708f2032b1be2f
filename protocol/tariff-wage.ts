import { TARIFF_UNIT } from './tariff.ts'
import type { TariffDocument } from './tariff-document.ts'

/**
 * What a driver is to be paid at least for a way with a rider, minor units; floors once. Over a week (`wage.per`) the
 * sum counts: the floors and the pay of its trips are added up. Null: the tariff has no floor.
 */
export function wageFloor(
  { wage }: Pick<TariffDocument, 'wage'>,
  way: { readonly metres: number; readonly secs: number; readonly isWav: boolean },
): bigint | null {
  if (wage.per === 'none') return null
  const perKm = BigInt(way.isWav ? wage.wavPerKm : wage.perKm)
  return (
    ((perKm * BigInt(way.metres) * 60n + BigInt(wage.perMin) * BigInt(way.secs) * 1_000n) * TARIFF_UNIT) /
    60_000n
  )
}
