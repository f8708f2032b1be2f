/**
 * Fares as numbers, for looking at a million trips: the same results as protocol/tariff.ts and protocol/tariff-meter.ts
 * wherever a number holds them (tests/unit/audit/fare-number.test.ts), NaN where not. NaN is never found in order, so such
 * a trip is asked exactly.
 */
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { TariffClass, TariffDocument } from '@hexhail/protocol/tariff-document.ts'

/** Minor units in a hundredth of the token. */
export const UNIT = 10_000
/** Products up to here have exact floors. */
const EXACT = 2 ** 51

/** `fareOf`. */
export function fareNumber(t: Tariff, metres: number, secs: number, bp: number): number {
  const first = t.sectionM === 0 ? metres : Math.min(metres, t.sectionM)
  const way = (t.perKm * first + t.perKmBeyond * (metres - first)) * 60 + t.perMin * secs * 1_000
  const metered = Math.max(t.minimum * UNIT, t.base * UNIT + Math.floor(way / 6))
  return roundHalfUp(scaled(metered, bp), t.roundTo * UNIT, way)
}

/** `waitOf`. */
export function waitNumber(perMin: number, freeS: number, waitSecs: number): number {
  const due = Math.max(0, waitSecs - freeS) * perMin * UNIT
  return due <= EXACT ? Math.floor(due / 60) : Number.NaN
}

/** `levyOf`. */
export function levyNumber(t: Tariff, fare: number): number {
  return Math.min(fare, scaled(fare, t.levyBps) + t.levyFlat * UNIT)
}

/** `cancelCeiling`. */
export function cancelNumber(t: Tariff, quote: number): number {
  return Math.max(t.cancelMin * UNIT, Math.min(scaled(quote, t.cancelBp), t.cancelMax * UNIT))
}

/** The fare part of `meter` before any discount, at metres and seconds that the meter counts. */
export function meterNumber(
  { rounding }: TariffDocument,
  of: TariffClass,
  metres: number,
  secs: number,
  bp: number,
): number {
  const first = of.sectionM === 0 ? metres : Math.min(metres, of.sectionM)
  const way = (of.perKm * first + of.perKmBeyond * (metres - first)) * 60 + of.perMin * secs * 1_000
  const units = stepsOf(of, metres, secs) * of.unit.amount * UNIT
  const plain = Math.max(of.minimum * UNIT, of.flag * UNIT + Math.floor(way / 6) + units)
  const fare = scaled(plain, bp)
  const step = rounding.step * UNIT
  if (way > EXACT || !(units <= EXACT)) return Number.NaN
  if (step === 0 || rounding.mode === 'none') return fare
  const up = rounding.mode === 'up' ? step - 1 : rounding.mode === 'half-up' ? step / 2 : 0
  return Math.floor((fare + up) / step) * step
}

/** `wageFloor`. */
export function wageNumber(perKm: number, perMin: number, metres: number, secs: number): number {
  const way = perKm * metres * 60 + perMin * secs * 1_000
  return way <= EXACT ? Math.floor(way / 6) : Number.NaN
}

function stepsOf({ unit }: TariffClass, metres: number, secs: number): number {
  if (unit.metres === 0) return 0
  const byTime = unit.secs > 0
  const whole = unit.metres * (byTime ? unit.secs : 1)
  const filled = metres * (byTime ? unit.secs : 1) + (byTime ? secs * unit.metres : 0)
  if (filled > EXACT) return Number.NaN
  return unit.counts === 'full' ? Math.floor(filled / whole) : Math.ceil(filled / whole)
}

/** An amount times basis points, floored. */
export function scaled(amount: number, bp: number): number {
  const product = amount * bp
  return product <= EXACT ? Math.floor(product / 10_000) : Number.NaN
}

function roundHalfUp(fare: number, step: number, way: number): number {
  if (way > EXACT) return Number.NaN
  return step === 0 ? fare : Math.floor((fare + step / 2) / step) * step
}
