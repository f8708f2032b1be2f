import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import { createTotals, type Totals } from '@hexhail/audit/exports/totals.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import type { RecordsOf } from './filed-records.ts'

/** Settlements from inclusive to exclusive, unix seconds. */
export interface ExportSpan {
  readonly fromS: number
  readonly toS: number
}

/** Settlements whose records are asked for at once. */
const PAGE = 500

/** The settlements of a time out of a store, each with its opened record. */
export async function* storedTrips(
  store: Pick<AuditStore, 'facts'>,
  span: ExportSpan,
  recordsOf: RecordsOf,
): AsyncGenerator<TripBytes, void> {
  let page: Settled[] = []
  async function* trips(): AsyncGenerator<TripBytes, void> {
    const records = await recordsOf(page)
    for (const [i, fact] of page.entries()) yield { settled: settledRow(fact), record: records[i] ?? null }
    page = []
  }
  for await (const fact of settledIn(store, span)) if (page.push(fact) === PAGE) yield* trips()
  yield* trips()
}

/** What the store says of them now: if the chain took blocks back meanwhile, it is something else than was written. */
export async function storedTotals(store: Pick<AuditStore, 'facts'>, span: ExportSpan): Promise<Totals> {
  const adding = createTotals()
  for await (const fact of settledIn(store, span)) adding.takeFact(fact)
  return adding.totals
}

async function* settledIn(
  store: Pick<AuditStore, 'facts'>,
  { fromS, toS }: ExportSpan,
): AsyncGenerator<Settled, void> {
  for await (const fact of store.facts('settled'))
    if (fact.fact === 'settled' && fact.timestampS >= fromS && fact.timestampS < toS) yield fact
}
