import { type Books, plainBooks, type TariffEntry } from '@hexhail/audit/checks/books.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import { recordBytesRoot } from '@hexhail/audit/checks/trip-case.ts'
import type { DeskClient, SealedRecord } from '@hexhail/audit/desk-client.ts'
import { createRecordOpener, type RecordOpener } from '@hexhail/audit/open-records.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import { fetchTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { permitSpans } from './permit-spans.ts'

/** Where an audit gets what it looks at. */
export interface AuditInputInit {
  readonly store: AuditStore
  readonly reader: Pick<ChainReader, 'tariff' | 'config'>
  readonly desk: Pick<DeskClient, 'list'>
  /** URL of the audit node that serves tariff documents. */
  readonly url: string
  /** The keys of the months, 32 bytes each. */
  readonly keys: readonly Hex[]
  /** Settlements from inclusive to exclusive, unix seconds. */
  readonly fromS: number
  readonly toS: number
  readonly nowS: number
  /** The permit registry's events of an authority. */
  readonly acts: (authority: Hex) => Promise<readonly ChainAct[]>
  readonly onProgress: (label: string, fraction: number) => void
}

/** The trips of a time with what was filed for them, opened, and the tariffs that they are under. */
export async function auditInput(
  init: AuditInputInit,
): Promise<{ readonly trips: readonly TripBytes[]; readonly books: Books }> {
  const { store, fromS, toS, nowS, onProgress } = init
  const facts: Settled[] = []
  for await (const fact of store.facts('settled'))
    if (fact.fact === 'settled' && fact.timestampS >= fromS && fact.timestampS < toS) facts.push(fact)
  const filed = await filedRecords(init.desk)
  const opener = createRecordOpener(init.keys)
  const trips: TripBytes[] = []
  for (const [i, fact] of facts.entries()) {
    trips.push({
      settled: settledRow(fact),
      record: opened(opener, fact, filed.get(fact.terms) ?? []),
    })
    onProgress('opening records', (i + 1) / facts.length)
  }
  const ids = [...new Set(facts.map(fact => fact.tariff))]
  const tariffs = await Promise.all(ids.map(id => tariffEntry(init, id)))
  const authorities = [...new Set(tariffs.map(({ tariff }) => tariff.authority))]
  const permits = (await Promise.all(authorities.map(init.acts))).flatMap(permitSpans)
  return { trips, books: { ...plainBooks(nowS, tariffs), permits } }
}

async function filedRecords(
  desk: AuditInputInit['desk'],
): Promise<ReadonlyMap<string, readonly SealedRecord[]>> {
  const byTrip = new Map<string, SealedRecord[]>()
  for (let after = 0; ; ) {
    const some = await desk.list(after)
    if (some.length === 0) return byTrip
    for (const each of some) byTrip.set(each.terms, [...(byTrip.get(each.terms) ?? []), each])
    after = some.at(-1)!.seq
  }
}

/** The record that was settled, or the first that opens at all: anyone may file. */
function opened(
  opener: RecordOpener,
  { record: root }: Settled,
  filed: readonly SealedRecord[],
): Uint8Array | null {
  let other: Uint8Array | null = null
  for (const { sealed } of filed) {
    const read = opener.open(sealed)
    if (read.verdict !== 'accept' || read.value.kind !== 'record') continue
    const bytes = read.value.filed.record
    if (recordBytesRoot(bytes) === root.toLowerCase()) return bytes
    other ??= bytes
  }
  return other
}

async function tariffEntry({ reader, url }: AuditInputInit, id: number): Promise<TariffEntry> {
  const tariff = await reader.tariff(id)
  const found = await fetchTariff({ url, chainId: reader.config.chainId }, tariff, fetch)
  const document = found.state === 'checked' ? found.signed.document : null
  return { id, tariff, document, endsAtS: document?.validTo ?? 0 }
}
