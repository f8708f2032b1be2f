import { type ServiceClock, type ServiceMoment, serviceClock } from '../search/service-clock.ts'
import { runsOn, type Timetable } from '../timetable/timetable.ts'
import {
  BOTH_AND_TRANSFER,
  type FareTable,
  type FareTransfer,
  FIRST_AND_TRANSFER,
  TRANSFER_ALONE,
} from './fare-table.ts'
import { productFor, type Runs, singles } from './find-product.ts'

/** One ride that a pass pays: a route and two stops by the timetable's indices, boarded and left at moments (unix ms). */
export interface Tap {
  readonly route: number
  readonly from: number
  readonly to: number
  readonly departMs: number
  readonly arriveMs: number
}

/** What a tap costs, in minor units of the table: `due` is `single` less what a change and what the caps take off. */
export interface TapPrice {
  /** Name of the product that pays it alone. */
  readonly product: string
  readonly single: number
  readonly transferOff: number
  readonly capOff: number
  readonly due: number
}

/** What prices the taps of one pass by a timetable's fares. */
export interface FarePricer {
  readonly table: FareTable
  /**
   * The price of each tap, in their order here; null of one that no rule has a price for. Taps are charged in the order of
   * time: no later tap changes what an earlier one cost. `category` is what the rider proved, '' for nothing.
   */
  price(taps: readonly Tap[], category: string): (TapPrice | null)[]
}

/** Makes the pricer of a timetable; null where the timetable knows no fares. Days and weeks are those of its time zone. */
export function farePricer(timetable: Timetable): FarePricer | null {
  const { fares: table, services, info } = timetable
  if (table === null) return null
  const at = momentsOf(serviceClock(info.timezone))
  const runs: Runs = (service, day) => runsOn(services, service, day - info.startDay)
  return {
    table,
    price: (taps, category) => {
      const order = taps.map((_, i) => i).sort((a, b) => byTime(taps[a]!, taps[b]!))
      const result: (TapPrice | null)[] = taps.map(() => null)
      const spent = new Map<string, number>()
      let before: Charged | null = null
      for (const i of order) {
        const tap = taps[i]!
        const charged = charge({ table, at, runs, category }, tap, before)
        before = charged
        if (charged === null) continue
        const { day } = at(tap.departMs)
        const [today, week] = [`day ${day}`, `week ${Math.floor((day + 3) / 7)}`]
        const room = Math.min(
          table.caps.day > 0 ? table.caps.day - (spent.get(today) ?? 0) : Infinity,
          table.caps.week > 0 ? table.caps.week - (spent.get(week) ?? 0) : Infinity,
        )
        const due = Math.min(charged.price, room)
        for (const span of [today, week]) spent.set(span, (spent.get(span) ?? 0) + due)
        const { product, single, price } = charged
        result[i] = { product, single, transferOff: single - price, capOff: price - due, due }
      }
      return result
    },
  }
}

type Moments = (ms: number) => ServiceMoment

/** Moments by when service days begin, which the clock remembers: a search asks for thousands. */
const momentsOf =
  (clock: ServiceClock): Moments =>
  ms => {
    let day = Math.floor(ms / 86_400_000)
    while (ms < clock.ms(day, 0)) day--
    while (ms >= clock.ms(day + 1, 0)) day++
    return { day, s: Math.floor((ms - clock.ms(day, 0)) / 1000) }
  }

const byTime = (a: Tap, b: Tap): number =>
  a.departMs - b.departMs || a.arriveMs - b.arriveMs || a.route - b.route || a.from - b.from || a.to - b.to

/** A tap before the caps, and the changes in a row that led to it. */
interface Charged {
  readonly tap: Tap
  readonly group: string
  readonly product: string
  readonly single: number
  readonly price: number
  readonly row: { readonly rule: FareTransfer; readonly first: Tap; readonly changes: number } | null
}

interface Asked {
  readonly table: FareTable
  readonly at: Moments
  readonly runs: Runs
  readonly category: string
}

/** The cheapest way to pay a tap: alone, or as a change from the one before. Of equals alone, then the rule named first. */
function charge({ table, at, runs, category }: Asked, tap: Tap, before: Charged | null): Charged | null {
  const ride = { ...tap, board: at(tap.departMs), alight: at(tap.arriveMs) }
  const alone = singles(table, ride, category, runs).map(({ group, product }): Charged => {
    const single = Math.max(0, product.amount)
    return { tap, group, product: product.name || product.id, single, price: single, row: null }
  })
  const single = alone.reduce((least, one) => Math.min(least, one.single), Infinity)
  const changed = alone.flatMap(one =>
    table.transfers.flatMap((rule): Charged[] => {
      const row = before && rowOf(rule, before, one)
      const price = row && changePrice(table, rule, before, one, category)
      return price === null ? [] : [{ ...one, single, price, row }]
    }),
  )
  const cheapest = [...alone, ...changed].reduce<Charged | null>(
    (best, one) => (best !== null && best.price <= one.price ? best : one),
    null,
  )
  return cheapest && { ...cheapest, single }
}

/** The row of changes that a tap would stand in; null where the rule does not allow it. One pass is not in two vehicles. */
function rowOf(rule: FareTransfer, before: Charged, now: Charged): Charged['row'] {
  if (rule.from !== null && !rule.from.includes(before.group)) return null
  if (rule.to !== null && !rule.to.includes(now.group)) return null
  if (now.tap.departMs < before.tap.arriveMs) return null
  const goesOn = before.row?.rule === rule
  const first = goesOn ? before.row.first : before.tap
  const changes = goesOn ? before.row.changes + 1 : 1
  const fromMs = rule.windowType < 2 ? first.departMs : first.arriveMs
  const untilMs = rule.windowType === 0 || rule.windowType === 3 ? now.tap.arriveMs : now.tap.departMs
  const isOver = rule.windowS >= 0 && untilMs - fromMs > rule.windowS * 1000
  return isOver || (rule.count >= 0 && changes > rule.count) ? null : { rule, first, changes }
}

/** What the second of two rides costs by a rule of changes, at least nothing; null where its product is not for the rider. */
function changePrice(
  table: FareTable,
  rule: FareTransfer,
  before: Charged,
  now: Charged,
  category: string,
): number | null {
  const product = rule.product === '' ? null : productFor(table, rule.product, category)
  if (rule.product !== '' && product === null) return null
  const amount = product?.amount ?? 0
  const extra: Record<number, number> = {
    [FIRST_AND_TRANSFER]: amount,
    [BOTH_AND_TRANSFER]: now.single + amount,
    [TRANSFER_ALONE]: amount - before.price,
  }
  return Math.max(0, extra[rule.type]!)
}
