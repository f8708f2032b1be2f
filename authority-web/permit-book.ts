import { type Application, openApplication } from '@hexhail/permits/application.ts'
import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { createOfficerClient } from '@hexhail/permits/officer-client.ts'
import type { Entry, EntryState, Reason } from '@hexhail/permits/register.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type ConcessionBook, createConcessionBook } from './concession-book.ts'
import type { KeyShelf } from './ports.ts'

/** An application with what was under its seal; null where the key on this device does not open it. */
export interface PermitRow {
  readonly entry: Entry
  readonly application: Application | null
}

/** Which rows are shown. */
export interface PermitFilter {
  readonly text: string
  readonly state: EntryState | 'all'
}

/** The officer's desk: the register of the permit office, and the deeds on it. */
export interface PermitBook {
  /** Null until the office has answered. */
  readonly rows: ReadonlySignal<readonly PermitRow[] | null>
  readonly filter: Signal<PermitFilter>
  readonly shown: ReadonlySignal<readonly PermitRow[]>
  /** Id of the row that a deed is under way on. */
  readonly busy: ReadonlySignal<string | null>
  /** Code of what went wrong last. */
  readonly problem: ReadonlySignal<string | null>
  refresh(): Promise<void>
  issue(row: PermitRow, untilS: number): Promise<void>
  stop(row: PermitRow, deed: 'refuse' | 'suspend' | 'revoke', reason: Reason): Promise<void>
  reinstate(row: PermitRow): Promise<void>
  /** The same office's desk for reduced fares. */
  readonly concessions: ConcessionBook
}

/** Opens the desk of the office at `url`; the key comes from the page's shelf and only makes MACs and opens seals. */
export function createPermitBook(deps: {
  readonly url: string
  readonly shelf: Pick<KeyShelf, 'load'>
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly report: (error: unknown) => void
}): PermitBook {
  const { url, shelf, fetch, now, report } = deps
  let pair: CryptoKeyPair | null = null
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const office = createOfficerClient({ url, fetch, now, random, key: () => pair })
  const rows = signal<readonly PermitRow[] | null>(null)
  const filter = signal<PermitFilter>({ text: '', state: 'all' })
  const busy = signal<string | null>(null)
  const problem = signal<string | null>(null)
  const opened = new Map<string, Application | null>()

  const rowOf = async (entry: Entry): Promise<PermitRow> => {
    let application = opened.get(entry.id)
    if (application === undefined) {
      const sealed = fromBase64url(entry.sealed)
      const read = pair && sealed ? await openApplication(pair, entry.account, sealed) : null
      application = read?.verdict === 'accept' ? read.value : null
      opened.set(entry.id, application)
    }
    return { entry, application }
  }
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run()
      problem.value = null
    } catch (error) {
      problem.value = error instanceof HexhailError ? error.code : 'UNKNOWN'
      report(error)
    }
  }
  const load = async () => {
    const found = (await shelf.load())?.[0] ?? null
    if (found !== pair) opened.clear()
    pair = found
    if (!pair) {
      rows.value = []
      return
    }
    const entries = await office.list()
    const read = await Promise.all(entries.map(rowOf))
    rows.value = read.sort((a, b) => b.entry.changedAtMs - a.entry.changedAtMs)
  }
  const deed = async ({ entry }: PermitRow, run: () => Promise<unknown>): Promise<void> => {
    if (busy.value) return
    busy.value = entry.id
    await attempt(async () => {
      await run()
      await load()
    })
    busy.value = null
  }
  return {
    rows,
    filter,
    shown: computed(() => (rows.value ?? []).filter(row => passes(filter.value, row))),
    busy,
    problem,
    refresh: () => attempt(load),
    issue: (row, untilS) =>
      deed(row, async () => {
        if (row.application) await office.issue(row.entry.id, row.application, untilS)
      }),
    stop: (row, what, reason) => deed(row, () => office[what](row.entry.id, reason)),
    reinstate: row => deed(row, () => office.reinstate(row.entry.id)),
    concessions: createConcessionBook(deps),
  }
}

/** A search goes through name, plate, licence and account. */
function passes({ text, state }: PermitFilter, { entry, application }: PermitRow): boolean {
  if (state !== 'all' && entry.state !== state) return false
  const { name = '', licence = '', car } = application ?? {}
  const words = `${name} ${licence} ${car?.plate ?? ''} ${entry.account}`.toLowerCase()
  return words.includes(text.trim().toLowerCase())
}

/** Permits that stand, by the month in which the first of permit and papers ends: `2026-11` and how many. */
export function endsByMonth(
  rows: readonly PermitRow[],
): readonly { readonly month: string; readonly n: number }[] {
  const counts = new Map<string, number>()
  for (const { entry } of rows) {
    const untilS = Math.min(entry.driverMark?.untilS ?? 0, entry.vehicleMark?.untilS ?? 0)
    if (entry.state !== 'issued' || untilS === 0) continue
    const month = new Date(untilS * 1_000).toISOString().slice(0, 7)
    counts.set(month, (counts.get(month) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, n]) => ({ month, n }))
}
