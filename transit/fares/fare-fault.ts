import type { FareTable } from './fare-table.ts'

/** No sum of a fare has more minor units than this. */
const MOST = 1e9
const MOST_ROWS = 20_000

/** What does not hold of a fare table read from bytes, or null. Counts are those of the timetable around it. */
export function fareFault(
  table: FareTable,
  counts: { readonly routes: number; readonly stops: number; readonly services: number },
): string | null {
  const { categories, products, rules, transfers, frames, networks, areas, caps } = table
  const lists = [categories, products, rules, transfers, frames, networks, areas]
  if (!lists.every(list => Array.isArray(list) && list.length <= MOST_ROWS)) return 'fare lists'
  if (!/^[A-Z]{3}$/.test(String(table.currency)) || !isInt(table.digits, 0, 4)) return 'fare currency'
  if (!isInt(caps?.day, 0, MOST) || !isInt(caps.week, 0, MOST)) return 'fare caps'
  if (!categories.every(c => isText(c?.id) && isText(c.name) && typeof c.isDefault === 'boolean'))
    return 'fare categories'
  if (!products.every(p => [p?.id, p?.name, p?.category].every(isText) && isInt(p.amount, -MOST, MOST)))
    return 'fare products'
  const isRule = (r: FareTable['rules'][number]): boolean =>
    [r?.group, r?.fromFrame, r?.toFrame, r?.product].every(isText) &&
    [r.networks, r.from, r.to].every(isSome) &&
    isInt(r.priority, -1, MOST)
  if (!rules.every(isRule)) return 'fare rules'
  const isTransfer = (t: FareTable['transfers'][number]): boolean =>
    [t?.from, t?.to].every(isSome) &&
    [t.count, t.windowS].every(value => isInt(value, -1, MOST)) &&
    isInt(t.windowType, 0, 3) &&
    isInt(t.type, 0, 2) &&
    isText(t.product)
  if (!transfers.every(isTransfer)) return 'fare transfers'
  const isFrame = (f: FareTable['frames'][number]): boolean =>
    isText(f?.group) &&
    [f.startS, f.endS].every(s => isInt(s, 0, MOST)) &&
    isInt(f.service, -1, counts.services - 1)
  if (!frames.every(isFrame)) return 'fare frames'
  if (networks.length !== counts.routes || !networks.every(isText)) return 'fare networks'
  if (areas.length !== 0 && areas.length !== counts.stops) return 'fare areas'
  return areas.every(list => Array.isArray(list) && list.every(isText)) ? null : 'fare areas'
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isInt = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
const isSome = (value: unknown): boolean => value === null || (Array.isArray(value) && value.every(isText))
