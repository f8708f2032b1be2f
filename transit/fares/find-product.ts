import type { ServiceMoment } from '../search/service-clock.ts'
import type { FareFrame, FareProduct, FareRule, FareTable } from './fare-table.ts'

/** A ride as its price depends on it: indices of the timetable, and when it boards and alights. */
export interface PricedRide {
  readonly route: number
  readonly from: number
  readonly to: number
  readonly board: ServiceMoment
  readonly alight: ServiceMoment
}

/** A product that pays a ride, and the group that it stands in for changes. */
export interface Single {
  readonly group: string
  readonly product: FareProduct
}

/** Whether a service, an index, runs on a day since 1970-01-01. */
export type Runs = (service: number, day: number) => boolean

/** What may pay a ride alone: of the rules that fit, those of the highest priority; none where nobody said. */
export function singles(table: FareTable, ride: PricedRide, category: string, runs: Runs): Single[] {
  const fits = table.rules.filter(
    rule =>
      isOf(rule.networks, [table.networks[ride.route] ?? '']) &&
      isOf(rule.from, areasOf(table, ride.from)) &&
      isOf(rule.to, areasOf(table, ride.to)) &&
      isIn(table, rule.fromFrame, ride.board, runs) &&
      isIn(table, rule.toFrame, ride.alight, runs),
  )
  const top = fits.reduce((most, { priority }) => Math.max(most, priority), -1)
  return fits.flatMap((rule: FareRule) => {
    const product = rule.priority === top ? productFor(table, rule.product, category) : null
    return product === null ? [] : [{ group: rule.group, product }]
  })
}

/**
 * The cheapest row of a product for a rider: one for his category or for everybody. The category '' is that of whoever
 * proves nothing. Null where it is not for him.
 */
export function productFor(table: FareTable, id: string, category: string): FareProduct | null {
  const his = new Set(
    category === '' ? table.categories.filter(c => c.isDefault).map(c => c.id) : [category],
  ).add('')
  const rows = table.products.filter(product => product.id === id && his.has(product.category))
  return rows.reduce<FareProduct | null>(
    (best, row) => (best && best.amount <= row.amount ? best : row),
    null,
  )
}

const isOf = (wanted: readonly string[] | null, names: readonly string[]): boolean =>
  wanted === null || names.some(name => wanted.includes(name))

const areasOf = (table: FareTable, stop: number): readonly string[] => table.areas[stop] ?? ['']

function isIn(table: FareTable, group: string, { day, s }: ServiceMoment, runs: Runs): boolean {
  const holds = (f: FareFrame): boolean =>
    f.group === group && f.startS <= s && s < f.endS && (f.service < 0 || runs(f.service, day))
  return group === '' || table.frames.some(holds)
}
