import { type Books, plainBooks, type TariffEntry, type VoidNumber } from '@hexhail/audit/checks/books.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import { recordBytesRoot } from '@hexhail/audit/checks/trip-case.ts'
import type { DeskClient } from '@hexhail/audit/desk-client.ts'
import type { KeptMonthKey } from '@hexhail/audit/month-keys.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import { fetchTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import { permitSpans, vehicleSpans } from '@hexhail/chain/permit-spans.ts'
import type { ChainReader } from '@hexhail/chain/ports.ts'
import { monthAfter, monthOf } from '@hexhail/protocol/month-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createOpenTrips } from './open-trips.ts'
import { type FiledTrip, openedRecords } from './opened-records.ts'

/** Where an audit gets what it looks at. */
export interface AuditInputInit {
  readonly store: Pick<AuditStore, 'facts'>
  readonly reader: Pick<ChainReader, 'tariff' | 'config'>
  readonly desk: Pick<DeskClient, 'list'>
  /** URL of the audit node that serves tariff documents. */
  readonly url: string
  /** The keys of the months; of those without a private half nothing opens. */
  readonly keys: readonly Pick<KeptMonthKey, 'privateKey' | 'publicKey' | 'month'>[]
  /** Settlements from inclusive to exclusive, unix seconds. */
  readonly fromS: number
  readonly toS: number
  readonly nowS: number
  /** The permit registry's events of an authority. */
  readonly acts: (authority: Hex) => Promise<readonly ChainAct[]>
  /** Leases among these accounts. */
  readonly leases: (drivers: ReadonlySet<Hex>) => Promise<NonNullable<Books['leases']>>
  readonly onProgress: (label: string, fraction: number) => void
}

/** What an audit looks at. */
export interface AuditInput {
  readonly trips: readonly TripBytes[]
  readonly books: Books
  /** Acts of the tariffs' authorities on the chain. */
  readonly acts: readonly ChainAct[]
}

/** The trips of a time with what was filed for them, opened, the tariffs that they are under, and what the chain says. */
export async function auditInput(init: AuditInputInit): Promise<AuditInput> {
  const { store, fromS, toS, nowS, onProgress } = init
  const facts: Settled[] = []
  const openTrips = createOpenTrips()
  for await (const fact of store.facts()) {
    openTrips.take(fact)
    if (fact.fact === 'settled' && fact.timestampS >= fromS && fact.timestampS < toS) facts.push(fact)
  }
  const filed = await openedRecords(init.desk, init.keys)
  const trips: TripBytes[] = []
  const judged = new Set<string>()
  for (const [i, fact] of facts.entries()) {
    trips.push(tripOf(fact, filed.get(fact.terms)))
    judged.add(fact.terms)
    onProgress('opening records', (i + 1) / facts.length)
  }
  const ids = [...new Set(facts.map(fact => fact.tariff))]
  const tariffs = await Promise.all(ids.map(id => tariffEntry(init, id)))
  const authorities = [...new Set(tariffs.map(({ tariff }) => tariff.authority))]
  const acts = await Promise.all(authorities.map(init.acts))
  const plain = plainBooks(nowS, tariffs)
  const books: Books = {
    ...plain,
    openTrips: openTrips.list(nowS, plain.filingS),
    permits: acts.flatMap(permitSpans),
    vehicles: acts.flatMap(vehicleSpans),
    voids: otherNumbers(filed, judged),
    leases: await init.leases(new Set(facts.map(fact => fact.driver.toLowerCase() as Hex))),
  }
  return { trips, books, acts: acts.flat() }
}

/** A settlement with its record: the one that was settled, or the first that opens at all, for anyone may file. */
function tripOf(fact: Settled, filed: FiledTrip | undefined): TripBytes {
  const settled = settledRow(fact)
  const own = filed?.records.find(({ bytes }) => recordBytesRoot(bytes) === fact.record.toLowerCase())
  const record = own?.bytes ?? filed?.records[0]?.bytes ?? null
  return { settled, record, isSealed: record === null && isOfItsMonth(fact, filed?.sealedMonths ?? []) }
}

/** A shift's envelopes stay with the month that it began in, and a record may be filed in the next. */
function isOfItsMonth({ timestampS }: Settled, months: readonly number[]): boolean {
  const own = monthOf(timestampS * 1_000)
  return months.some(month => month === own || monthAfter(month) === own || month === monthAfter(own))
}

/** Numbers of shifts that no audited settlement has: voids, and records of trips that were never settled or not then. */
function otherNumbers(filed: ReadonlyMap<Hex, FiledTrip>, judged: ReadonlySet<string>): VoidNumber[] {
  const numbers: VoidNumber[] = []
  for (const [terms, { records, voids }] of filed) {
    numbers.push(...voids)
    if (!judged.has(terms)) numbers.push(...records.flatMap(({ number }) => number ?? []))
  }
  return numbers
}

async function tariffEntry({ reader, url }: AuditInputInit, id: number): Promise<TariffEntry> {
  const tariff = await reader.tariff(id)
  const found = await fetchTariff({ url, chainId: reader.config.chainId }, tariff, fetch)
  const document = found.state === 'checked' ? found.signed.document : null
  return { id, tariff, document, endsAtS: document?.validTo ?? 0 }
}
