import type { TariffClass, TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { type Finding, finding } from './finding.ts'

/** Levies, factors, caps, concessions, wages and rounding. */
export function moneyFindings(doc: TariffDocument): Finding[] {
  const { hours, rounding } = doc
  return [
    ...levyFindings(doc),
    ...factorFindings(doc),
    ...capFindings(doc),
    ...doc.concessions.flatMap(({ id, bp, borneBy }, i) => [
      ...(bp === 0 ? [finding('warning', `concessions[${i}].bp`, 'lintConcessionIdle', { id })] : []),
      ...(borneBy === 'driver' && doc.wage.per !== 'none'
        ? [finding('warning', `concessions[${i}].borneBy`, 'lintConcessionWage', { id })]
        : []),
    ]),
    ...wageFindings(doc),
    ...(hours.limitS > hours.windowS ? [finding('error', 'hours.limitS', 'lintHours')] : []),
    ...((rounding.step === 0) === (rounding.mode === 'none')
      ? []
      : [finding('warning', 'rounding.step', 'lintRounding')]),
  ]
}

function levyFindings({ levies }: TariffDocument): Finding[] {
  return levies.flatMap(({ id, payer, amount, bp, when, where, propulsion }, i) => [
    ...(amount + bp === 0 ? [finding('warning', `levies[${i}].amount`, 'lintNothingDue', { id })] : []),
    ...(payer === 'fare' && when.length + where.zones.length + propulsion.length > 0
      ? [finding('error', `levies[${i}].payer`, 'lintLevyOnChain', { id })]
      : []),
  ])
}

/** Factors that clock, zone and sharing come to, and that the bounds would cut off. */
function factorFindings(doc: TariffDocument): Finding[] {
  const { minBp: min, maxBp: max } = doc.upfront
  const zones = doc.zones.map(zone => zone.multBp).concat(10_000)
  const pooled = doc.classes.map(each => each.pooledBp).concat(10_000)
  const most = (bps: readonly number[], pick: typeof Math.max) => pick(...bps)
  const check = (path: string, bp: number): Finding[] => {
    const low = Math.floor(
      (bp * most(zones, Math.min) * Math.min(10_000, most(pooled, Math.min))) / 100_000_000,
    )
    const high = Math.floor((bp * most(zones, Math.max)) / 10_000)
    const found = high > max ? high : low < min ? low : null
    return found === null ? [] : [finding('warning', path, 'lintFactor', { found, min, max })]
  }
  return [
    ...check('upfront', 10_000),
    ...doc.periods.flatMap(({ multBp }, i) => check(`periods[${i}].multBp`, multBp)),
  ].slice(0, 3)
}

const least = ({ flag, minimum }: TariffClass): number => Math.max(flag, minimum)

function capFindings({ caps, classes, transfers }: TariffDocument): Finding[] {
  const under = (path: string, cap: number): Finding[] => {
    const above = classes.find(each => cap > 0 && least(each) > cap)
    return above ? [finding('error', path, 'lintCapBelow', { id: above.id })] : []
  }
  return [
    ...under('caps.day', caps.day),
    ...under('caps.week', caps.week),
    ...(caps.week > 0 && caps.week < caps.day ? [finding('error', 'caps.week', 'lintCapWeek')] : []),
    ...transfers.flatMap(({ to, discount }, i) =>
      classes.some(each => each.id === to && discount > least(each))
        ? [finding('error', `transfers[${i}].discount`, 'lintTransferAbove', { id: to })]
        : [],
    ),
  ]
}

/** Where a long ride at the lowest factor, less the levies, pays below the floor. */
function wageFindings({ wage, classes, upfront, levies, meter }: TariffDocument): Finding[] {
  if (wage.per === 'none') return []
  const taken = levies.reduce((all, levy) => all + (levy.payer === 'fare' ? levy.bp : 0), 0)
  const kept = (price: number) => Math.floor((price * upfront.minBp * (10_000 - taken)) / 100_000_000)
  return classes.flatMap((of, i) => {
    const step = of.unit.metres > 0 ? of.unit.amount : 0
    const perKm = of.perKm + (step * 1_000) / (of.unit.metres || 1)
    const perMin = of.perMin + (of.unit.secs > 0 ? (step * 60) / of.unit.secs : 0)
    const floor = of.isWav ? Math.max(wage.wavPerKm, wage.perKm) : wage.perKm
    const kmLow = kept(perKm) < floor
    const minLow = kept(perMin) < wage.perMin
    // A D meter pays both, an S meter one of them: there the floor of both together is what counts.
    if (meter === 'D' ? kmLow : kmLow && minLow)
      return [finding('warning', `classes[${i}].perKm`, 'lintWageHigh', { field: 'wage.perKm' })]
    return meter === 'D' && minLow
      ? [finding('warning', `classes[${i}].perMin`, 'lintWageHigh', { field: 'wage.perMin' })]
      : []
  })
}
