import { chainFaults, chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import { type TariffDocument, tariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { ShapeFault, ShapeRule } from '@hexhail/protocol/tariff-shape.ts'
import { type Finding, finding, type LintCode } from './finding.ts'
import { classFindings } from './lint-classes.ts'
import { clockFindings } from './lint-clock.ts'
import { moneyFindings } from './lint-money.ts'
import { periodFindings } from './lint-periods.ts'
import { placeFindings } from './lint-places.ts'
import { LINT_WORDS } from './lint-words.ts'

/** Nobody's account: what the contract takes does not depend on whose tariff it is. */
const ANYBODY = `0x${'00'.repeat(20)}` as const

/** All complaints about a tariff document, errors first; empty: publish it. Takes whatever JSON a file holds. */
export function lintTariff(json: unknown): readonly Finding[] {
  const read = tariffDocument(json)
  if ('faults' in read) return read.faults.map(shapeFinding)
  const { document: doc } = read
  const all = [
    ...headFindings(doc),
    ...clockFindings(doc),
    ...classFindings(doc),
    ...periodFindings(doc),
    ...placeFindings(doc),
    ...moneyFindings(doc),
    ...chainFindings(doc),
  ]
  return [...all.filter(each => each.level === 'error'), ...all.filter(each => each.level === 'warning')]
}

const SHAPES: Readonly<Record<ShapeRule, LintCode>> = {
  int: 'shapeInt',
  flag: 'shapeFlag',
  hash: 'shapeHash',
  oneOf: 'shapeOneOf',
  list: 'shapeList',
  object: 'shapeObject',
  strange: 'shapeStrange',
  name: 'shapeName',
  words: 'shapeWords',
  cell: 'shapeCell',
  currency: 'shapeCurrency',
  zone: 'shapeZoneName',
  date: 'shapeDateForm',
}

/** A fault of form as a complaint. */
export const shapeFinding = ({ path, found, rule, bounds }: ShapeFault): Finding =>
  finding('error', path, SHAPES[rule], { found, ...bounds })

/** A finding as a line for people. */
export const lintText = ({ level, path, code, data }: Finding): string =>
  `${level} ${path || 'tariff'}: ${LINT_WORDS[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(data[name]))}`

function headFindings(doc: TariffDocument): Finding[] {
  const { version, prev, validFrom, validTo } = doc
  const isFirst = /^0x0+$/.test(prev)
  const lists = ['classes', 'periods', 'zones', 'levies', 'tolls', 'concessions'] as const
  return [
    ...lists.flatMap(name =>
      twice(doc[name].map(each => each.id)).map(i =>
        finding('error', `${name}[${i}].id`, 'lintTwice', { id: doc[name][i]!.id }),
      ),
    ),
    ...(isFirst === (version === 1) ? [] : [finding('error', 'prev', 'lintPrev', { version })]),
    ...(validTo !== 0 && validTo <= validFrom ? [finding('error', 'validTo', 'lintDates')] : []),
  ]
}

/** Places of the names that stood there before. */
const twice = (names: readonly string[]): number[] =>
  names.flatMap((name, i) => (names.indexOf(name) < i ? [i] : []))

function chainFindings(doc: TariffDocument): Finding[] {
  return doc.classes.flatMap(({ id }, i) =>
    chainFaults(chainTariff(doc, id, ANYBODY)).map(({ field, found, most }) =>
      finding('error', pathOf(field, i), 'lintChain', { id, field, found, most }),
    ),
  )
}

/** Where the number that is too large is made. */
function pathOf(field: ReturnType<typeof chainFaults>[number]['field'], i: number): string {
  if (field === 'levyBps' || field === 'levyFlat') return 'levies'
  if (field === 'minBp') return 'upfront.minBp'
  if (field === 'cancelMin') return 'cancel.min'
  return `classes[${i}].${field === 'base' ? 'flag' : field}`
}
