import { farCell } from '@hexhail/protocol/cells.ts'
import type { AuditRow } from './settled.ts'
import { paidOf } from './settled.ts'

/** A figure for fewer trips than this names people: it is not published. Design section 11. */
export const K = 10

/** Sums over some settlements; money in minor units. */
export interface Sums {
  readonly trips: number
  readonly fares: bigint
  readonly waits: bigint
  readonly tolls: bigint
  readonly tips: bigint
  readonly levy: bigint
  /** Trips by what is known of them. */
  readonly opened: number
  readonly missing: number
  readonly wrong: number
}

/** Sums of one coarse cell. `small`: fewer trips than `K`, for the authority's eyes only. */
export interface CellSums {
  readonly cell: string
  readonly pickups: number
  readonly dropoffs: number
  readonly fares: bigint
  readonly levy: bigint
  readonly wrong: number
  readonly small: boolean
}

/** Adds settlements up. */
export function summarize(rows: Iterable<AuditRow>): Sums {
  const out = {
    trips: 0,
    fares: 0n,
    waits: 0n,
    tolls: 0n,
    tips: 0n,
    levy: 0n,
    opened: 0,
    missing: 0,
    wrong: 0,
  }
  for (const { fact, filing, audit } of rows) {
    out.trips++
    out.fares += fact.fare
    out.waits += fact.wait
    out.tolls += fact.toll
    out.tips += fact.tip
    out.levy += fact.levy
    if (filing === 'opened') out.opened++
    if (filing === 'missing') out.missing++
    if (audit?.verdict === 'wrong') out.wrong++
  }
  return out
}

/** Sums by tariff number, in its order. */
export function byTariff(
  rows: Iterable<AuditRow>,
): readonly { readonly tariff: number; readonly sums: Sums }[] {
  const groups = Map.groupBy(rows, row => row.fact.tariff)
  return [...groups].sort(([a], [b]) => a - b).map(([tariff, group]) => ({ tariff, sums: summarize(group) }))
}

/** Sums by the res-7 cell of the opened records, or by its res-5 parent; the most pickups first. */
export function byCell(rows: Iterable<AuditRow>, res: 7 | 5 = 7): readonly CellSums[] {
  const cells = new Map<
    string,
    { pickups: number; dropoffs: number; fares: bigint; levy: bigint; wrong: number }
  >()
  const at = (cell: string) => {
    const name = res === 7 ? cell : farCell(cell)
    const known = cells.get(name)
    if (known) return known
    const fresh = { pickups: 0, dropoffs: 0, fares: 0n, levy: 0n, wrong: 0 }
    cells.set(name, fresh)
    return fresh
  }
  for (const { fact, record, audit } of rows) {
    if (record === null) continue
    const from = at(record.pickupCell)
    from.pickups++
    from.fares += paidOf(fact) - fact.tip
    from.levy += fact.levy
    if (audit?.verdict === 'wrong') from.wrong++
    at(record.destCell).dropoffs++
  }
  return [...cells]
    .map(([cell, sums]) => ({ cell, ...sums, small: isFew(sums.pickups) || isFew(sums.dropoffs) }))
    .sort((a, b) => b.pickups - a.pickups || b.dropoffs - a.dropoffs || (a.cell < b.cell ? -1 : 1))
}

const isFew = (trips: number): boolean => trips > 0 && trips < K
