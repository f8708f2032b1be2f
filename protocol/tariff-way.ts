import { HexhailError } from './hexhail-error.ts'
import { TARIFF_UNIT } from './tariff.ts'
import type { TariffClass, TariffDocument } from './tariff-document.ts'
import type { MeterTrip } from './tariff-meter.ts'

/** The class of a document with this id. @throws {HexhailError} 'tariff-class' */
export function classOf(doc: TariffDocument, id: string): TariffClass {
  const found = doc.classes.find(each => each.id === id)
  if (found) return found
  const known = doc.classes.map(each => each.id).join(', ')
  throw new HexhailError('tariff-class', `Tariff ${doc.id} has no class «${id}»: it has ${known}.`, {
    id,
  })
}

/** The metres and seconds that a meter counts: all of them, or on an S meter metres when it is quick and seconds when not. */
export function countedWay(
  doc: Pick<TariffDocument, 'meter'>,
  { changeoverMh }: Pick<TariffClass, 'changeoverMh'>,
  segments: MeterTrip['segments'],
): { readonly metres: number; readonly secs: number } {
  let metres = 0
  let secs = 0
  for (const piece of segments) {
    const isQuick = piece.metres * 3_600 >= changeoverMh * piece.secs
    if (doc.meter === 'D' || isQuick) metres += piece.metres
    if (doc.meter === 'D' || !isQuick) secs += piece.secs
  }
  return { metres, secs }
}

/** What a way costs before any factor, minor units; `both`: distance and time floored together. */
export function wayOf(doc: TariffDocument, of: TariffClass, segments: MeterTrip['segments']) {
  const { metres, secs } = countedWay(doc, of, segments)
  const first = of.sectionM === 0 ? metres : Math.min(metres, of.sectionM)
  const km = BigInt(of.perKm) * BigInt(first) + BigInt(of.perKmBeyond) * BigInt(metres - first)
  const min = BigInt(of.perMin) * BigInt(secs)
  return {
    base: money(of.flag),
    distance: {
      alone: (km * TARIFF_UNIT) / 1_000n,
      both: ((km * 60n + min * 1_000n) * TARIFF_UNIT) / 60_000n,
    },
    time: (min * TARIFF_UNIT) / 60n,
    units: unitsOf(of, metres, secs) * money(of.unit.amount),
  }
}

/** Steps of the meter: metres and seconds fill the same step. */
function unitsOf({ unit }: TariffClass, metres: number, secs: number): bigint {
  if (unit.metres === 0) return 0n
  const byTime = unit.secs > 0
  const whole = BigInt(unit.metres) * BigInt(byTime ? unit.secs : 1)
  const filled =
    BigInt(metres) * BigInt(byTime ? unit.secs : 1) + (byTime ? BigInt(secs) * BigInt(unit.metres) : 0n)
  return unit.counts === 'full' ? filled / whole : (filled + whole - 1n) / whole
}

const money = (units: number): bigint => BigInt(units) * TARIFF_UNIT
