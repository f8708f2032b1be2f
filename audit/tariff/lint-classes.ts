import type { TariffClass, TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { type Finding, finding, type LintCode } from './finding.ts'

/** No ride is longer, metres. */
const FARTHEST_M = 500_000
/** How far the changeover speed may be from where the rates meet, basis points. */
const CHANGEOVER_SLACK_BP = 1_000
const PRICES = ['flag', 'minimum', 'perKm', 'perKmBeyond', 'perMin', 'waitPerMin'] as const

/** Prices of the classes: what never counts, what is free, and where a longer ride would cost less. */
export function classFindings(doc: TariffDocument): Finding[] {
  if (doc.classes.length === 0) return [finding('error', 'classes', 'lintNoClass')]
  return doc.classes.flatMap((of, i) => {
    const at = (field: string) => `classes[${i}].${field}`
    const warn = (field: string, code: LintCode, data: Finding['data'] = {}) =>
      finding('warning', at(field), code, data)
    return [
      ...(isFree(of) ? [finding('error', at('flag'), 'lintFree')] : []),
      ...(of.minimum > 0 && of.minimum <= of.flag ? [warn('minimum', 'lintMinimumIdle')] : []),
      ...sectionOf(of, warn),
      ...(hasIdleUnit(of) ? [warn('unit.metres', 'lintUnitIdle')] : []),
      ...changeoverOf(doc, of, at),
      ...(of.pooledBp > 10_000 ? [warn('pooledBp', 'lintPooled')] : []),
      ...wavOf(doc, of, at),
    ]
  })
}

const isFree = ({ flag, minimum, perKm, perMin, unit }: TariffClass): boolean =>
  flag + minimum + perKm + perMin + unit.amount * unit.metres === 0

const hasIdleUnit = ({ unit }: TariffClass): boolean => {
  const set = [unit.metres > 0, unit.amount > 0]
  return set.includes(true) && set.includes(false)
}

function sectionOf(
  of: TariffClass,
  warn: (field: string, code: LintCode, data?: Finding['data']) => Finding,
): Finding[] {
  if (of.sectionM === 0) return of.perKmBeyond > 0 ? [warn('perKmBeyond', 'lintSectionIdle')] : []
  if (of.sectionM > FARTHEST_M)
    return [warn('sectionM', 'lintSectionFar', { km: Math.round(of.sectionM / 1_000) })]
  return of.perKm === of.perKmBeyond ? [warn('perKmBeyond', 'lintSectionSame')] : []
}

/** On an S meter the price must not jump at the changeover speed: there both rates must cost the same. */
function changeoverOf(doc: TariffDocument, of: TariffClass, at: (field: string) => string): Finding[] {
  const found = of.changeoverMh
  if (doc.meter === 'D')
    return found > 0 ? [finding('warning', at('changeoverMh'), 'lintChangeoverIdle')] : []
  // Price of a kilometre and of an hour, in hundredths of a unit.
  const step = of.unit.metres > 0 ? of.unit.amount : 0
  const perKm = of.perKm * 100 + (step > 0 ? (step * 100_000) / of.unit.metres : 0)
  const perHour = of.perMin * 6_000 + (step > 0 && of.unit.secs > 0 ? (step * 360_000) / of.unit.secs : 0)
  if (perKm === 0) return [] // a flat fare
  const wanted = Math.round((perHour * 1_000) / perKm)
  if (perHour === 0) return [finding('warning', at('perMin'), 'lintTimeFree')]
  if (found === 0) return [finding('error', at('changeoverMh'), 'lintChangeoverNone', { wanted })]
  const isOff = Math.abs(found - wanted) * 10_000 > wanted * CHANGEOVER_SLACK_BP
  return isOff ? [finding('warning', at('changeoverMh'), 'lintChangeoverOff', { wanted })] : []
}

function wavOf(doc: TariffDocument, of: TariffClass, at: (field: string) => string): Finding[] {
  const others = doc.classes.filter(each => !each.isWav)
  if (!doc.access.wavNoExtra || !of.isWav || others.length === 0) return []
  const dearer = (other: TariffClass) => PRICES.find(field => of[field] > other[field])
  if (others.some(other => dearer(other) === undefined && of.unit.amount <= other.unit.amount)) return []
  const [other] = others
  const field = dearer(other!) ?? 'unit.amount'
  return [finding('error', at(field), 'lintWavDearer', { other: other!.id, field })]
}
