import type { Tariff } from './tariff.ts'
import { type TariffDocument, tariffHash } from './tariff-document.ts'
import { classOf } from './tariff-way.ts'
import type { Hex } from './terms.ts'

/**
 * The chain's tariff of one class of a document: the vault refuses what is above it, so it is never below what `meter`
 * gives. D meters without steps come out the same to the unit; steps and an S meter's choice are bounded from above.
 * Levies that do not come out of every fare are no part of it. What does not fit the contract's fields is `chainFaults`.
 */
export function chainTariff(doc: TariffDocument, classId: string, authority: Hex): Tariff {
  const of = classOf(doc, classId)
  const { upfront, cancel, rounding, chargesMost } = doc
  const { amount } = of.unit
  const hasSteps = of.unit.metres > 0
  const stepKm = hasSteps ? ceil(amount * 1_000, of.unit.metres) : 0
  const stepMin = hasSteps && of.unit.secs > 0 ? ceil(amount * 60, of.unit.secs) : 0
  const begun = hasSteps && of.unit.counts === 'begun' ? amount : 0
  const roundUp = rounding.mode === 'up' ? ceil(rounding.step * 10_000, upfront.minBp) : 0
  const base = of.flag + begun + roundUp
  const levies = doc.levies.filter(levy => levy.payer === 'fare')
  return {
    authority,
    base,
    perKm: of.perKm + stepKm,
    perMin: of.perMin + stepMin,
    minimum: of.minimum + roundUp,
    levyBps: total(levies.map(levy => levy.bp)),
    waitPerMin: of.waitPerMin,
    freeWaitS: of.freeWaitS,
    minBp: upfront.minBp,
    maxBp: upfront.maxBp,
    ...nightOf(doc),
    utcOffsetMin: doc.clock.offsets.findLast(each => each.fromS <= doc.validFrom)?.minutes ?? 0,
    cancelGraceS: cancel.freeS,
    cancelMin: cancel.min,
    cancelMax: cancel.max,
    cancelPerKm: cancel.perKm,
    cancelPerMin: cancel.perMin,
    cancelBp: cancel.bp,
    noShowWaitS: cancel.noShowS,
    noShowFee: cancel.noShowFee,
    lateS: cancel.lateS,
    sectionM: of.sectionM,
    perKmBeyond: of.sectionM === 0 ? 0 : of.perKmBeyond + stepKm,
    levyFlat: total(levies.map(levy => levy.amount)),
    tollMax: chargesMost,
    roundTo: rounding.mode === 'half-up' ? rounding.step : 0,
    document: tariffHash(doc),
    needsPermit: doc.needsPermit,
  }
}

/** The contract has one night for all days: where the document's only factor is one, else none. */
function nightOf({ periods }: TariffDocument): Pick<Tariff, 'nightFromMin' | 'nightToMin' | 'nightBp'> {
  const nights = periods.filter(period => period.multBp !== 10_000)
  const [night] = nights
  const isDaily = night?.holidays === 'any' && new Set(night.days).size === 7 && night.toMin < 1_440
  return nights.length === 1 && isDaily && night
    ? { nightFromMin: night.fromMin, nightToMin: night.toMin, nightBp: night.multBp }
    : { nightFromMin: 0, nightToMin: 0, nightBp: 10_000 }
}

/** Most that each of the contract's fields holds, where a derived number may be above it. */
const LIMITS = {
  base: 2 ** 24 - 1,
  perKm: 2 ** 24 - 1,
  perMin: 2 ** 24 - 1,
  minimum: 2 ** 24 - 1,
  perKmBeyond: 2 ** 24 - 1,
  levyFlat: 2 ** 24 - 1,
  /** `Tariffs.LEVY_MAX`. */
  levyBps: 2_000,
} as const

/** A number of the chain's tariff that the contract does not take. */
export interface ChainFault {
  readonly field: keyof typeof LIMITS | 'minBp' | 'cancelMin'
  readonly found: number
  readonly most: number
}

/** What `Tariffs.publish` would refuse of a derived tariff. */
export function chainFaults(tariff: Tariff): ChainFault[] {
  const over = Object.entries(LIMITS).flatMap(([field, most]) => {
    const found = tariff[field as keyof typeof LIMITS]
    return found > most ? [{ field: field as keyof typeof LIMITS, found, most }] : []
  })
  return [
    ...over,
    ...(tariff.minBp > tariff.maxBp
      ? [{ field: 'minBp' as const, found: tariff.minBp, most: tariff.maxBp }]
      : []),
    ...(tariff.cancelMin > tariff.cancelMax
      ? [{ field: 'cancelMin' as const, found: tariff.cancelMin, most: tariff.cancelMax }]
      : []),
  ]
}

/** True when a chain's tariff is derived from this document, for one of its classes; the class, else null. */
export function classOfTariff(doc: TariffDocument, tariff: Tariff): string | null {
  const fits = (id: string): boolean => {
    const derived = chainTariff(doc, id, tariff.authority)
    return (Object.keys(derived) as (keyof Tariff)[]).every(key => derived[key] === tariff[key])
  }
  return doc.classes.find(each => fits(each.id))?.id ?? null
}

const ceil = (a: number, b: number): number => Math.ceil(a / b)
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
