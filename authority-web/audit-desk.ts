import { type Books, plainBooks, type TariffEntry } from '@hexhail/audit/checks/books.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import { permitSpans, vehicleSpans } from '@hexhail/chain/permit-spans.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Auditor } from './audit-client.ts'
import type { AuditNews } from './audit-job.ts'

/** What an audit desk needs of the world. */
export interface AuditDeskPorts {
  readonly auditor: Auditor
  readonly rows: ReadonlySignal<readonly AuditRow[]>
  readonly tariffs: ReadonlySignal<ReadonlyMap<number, Tariff>>
  /** Fetches and checks the document that a tariff names. */
  find(tariff: Tariff): Promise<FoundDocument>
  /** An authority's acts on the chain: its permits. */
  acts(authority: Hex): Promise<readonly ChainAct[]>
  /** How many times as fast as real ones the cars of a demo drive. */
  readonly speed: number
  readonly now: () => number
  /** Calls `run` each `ms` until the returned function is called. */
  readonly every: (ms: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}

/** Asks every check of the settlements on the page, again when there are more. */
export interface AuditDesk {
  /** Null until the first audit is done. */
  readonly news: ReadonlySignal<AuditNews | null>
  /** The settlements that the news is of. */
  readonly audited: ReadonlySignal<readonly AuditRow[]>
  /** From now on audits are made. */
  begin(): void
  /** The evidence file of a finding of the last audit, as text. */
  evidence(finding: number): Promise<string | null>
  /** The same checks asked of some of the settlements, by the books of the last audit; its news and evidence stay. */
  over(rows: readonly AuditRow[]): Promise<AuditNews>
}

const EVERY_MS = 2_000

/** A desk that rests until a screen asks for it. */
export function createAuditDesk(ports: AuditDeskPorts): AuditDesk {
  const { auditor, rows, tariffs, report } = ports
  const news = signal<AuditNews | null>(null)
  const documents = new Map<Hex, TariffDocument>()
  const bytes = new WeakMap<AuditRow, TripBytes>()
  const audited = signal<readonly AuditRow[]>([])
  let last: Books | null = null
  let done: readonly AuditRow[] | null = null
  let isBusy = false
  let isOn = false

  const bytesOf = (row: AuditRow): TripBytes => {
    const known = bytes.get(row)
    if (known) return known
    const made = { settled: settledRow(row.fact), record: row.record && encodeRecord(row.record) }
    bytes.set(row, made)
    return made
  }
  const entry = async ([id, tariff]: [number, Tariff]): Promise<TariffEntry> => {
    let document = documents.get(tariff.document) ?? null
    if (!document) {
      const found = await ports.find(tariff)
      if (found.state === 'checked') {
        document = found.signed.document
        documents.set(tariff.document, document)
      }
    }
    return { id, tariff, document, endsAtS: document?.validTo ?? 0 }
  }
  const booksNow = async (): Promise<Books> => {
    const entries = await Promise.all([...tariffs.peek()].map(entry))
    const authorities = new Set(entries.map(({ tariff }) => tariff.authority))
    const acts = await Promise.all([...authorities].map(ports.acts))
    const permits = acts.flatMap(permitSpans)
    const vehicles = acts.flatMap(vehicleSpans)
    const books = { ...plainBooks(Math.floor(ports.now() / 1_000), entries), permits, vehicles }
    return { ...books, fastestMps: books.fastestMps * ports.speed }
  }
  const look = async (): Promise<void> => {
    const now = rows.peek()
    if (isBusy || now === done) return
    isBusy = true
    try {
      // What is sealed to another key, or not read yet, says nothing; what is not filed does.
      const asked = now.filter(({ filing }) => filing === 'opened' || filing === 'missing')
      const books = await booksNow()
      const found = await auditor.run(asked.map(bytesOf), books)
      batch(() => {
        news.value = found
        audited.value = asked
      })
      last = books
      done = now
    } catch (error) {
      report(error)
    }
    isBusy = false
  }

  return {
    news,
    begin() {
      if (isOn) return
      isOn = true
      ports.every(EVERY_MS, () => void look())
      void look()
    },
    audited,
    evidence: finding => auditor.evidence(finding),
    over: async rows => auditor.over(rows.map(bytesOf), last ?? (await booksNow())),
  }
}
