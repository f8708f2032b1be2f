import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import { type Application, openApplication } from '@hexhail/permits/application.ts'
import { fromBase64url } from '@hexhail/permits/base64url.ts'
import type { Entry, EntryState, Reason } from '@hexhail/permits/register.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type ConcessionBook, createConcessionBook } from './concession-book.ts'
import type { Proof } from './model.ts'
import { createOfficeBook, type OfficeBook, type OfficeBookDeps, type OpenedEntry } from './office-book.ts'

/** An application with what was under its seal; null where the key on this device does not open it. */
export type PermitRow = OpenedEntry<Entry, Application>

/** Which rows are shown. */
export interface PermitFilter {
  readonly text: string
  readonly state: EntryState | 'all'
}

/** The officer's desk: the register of the permit office, and the deeds on it. */
export interface PermitBook extends OfficeBook<PermitRow> {
  readonly filter: Signal<PermitFilter>
  readonly shown: ReadonlySignal<readonly PermitRow[]>
  issue(row: PermitRow, untilS: number): Promise<void>
  stop(row: PermitRow, deed: 'refuse' | 'suspend' | 'revoke', reason: Reason): Promise<void>
  reinstate(row: PermitRow): Promise<void>
  /** Asks the chain whether the last act on a driver's permit is the grant that the register tells of. */
  prove(row: PermitRow): Promise<Proof>
  /** The same office's desk for reduced fares. */
  readonly concessions: ConcessionBook
}

/** What the desk of permits stands on besides. */
export interface PermitBookDeps extends OfficeBookDeps {
  /** The authority's acts on the chain, in its order. */
  readonly acts: () => Promise<readonly ChainAct[]>
}

/** One reading of the acts answers questions for so long, ms. */
const ACTS_MS = 5_000

/** Opens the desk of an office. */
export function createPermitBook(deps: PermitBookDeps): PermitBook {
  let reading: { readonly atMs: number; readonly acts: Promise<readonly ChainAct[]> } | null = null
  const acts = (): Promise<readonly ChainAct[]> => {
    const nowMs = deps.now()
    if (reading === null || nowMs > reading.atMs + ACTS_MS) reading = { atMs: nowMs, acts: deps.acts() }
    return reading.acts
  }
  const { book, office, deed } = createOfficeBook<Entry, Application>(deps, {
    list: at => at.list(),
    open: async (pair, entry) => {
      const sealed = fromBase64url(entry.sealed)
      const read = sealed && (await openApplication(pair, entry.account, sealed))
      return read?.verdict === 'accept' ? read.value : null
    },
  })
  const filter = signal<PermitFilter>({ text: '', state: 'all' })
  return {
    ...book,
    filter,
    shown: computed(() => (book.rows.value ?? []).filter(row => passes(filter.value, row))),
    issue: ({ entry, opened }, untilS) =>
      deed(entry, async () => {
        if (opened) await office.issue(entry.id, opened, untilS)
      }),
    stop: ({ entry }, what, reason) => deed(entry, () => office[what](entry.id, reason)),
    prove: async ({ entry }) => {
      try {
        return isGranted(await acts(), entry) ? 'proved' : 'gone'
      } catch (error) {
        reading = null
        deps.report(error)
        return 'away'
      }
    },
    reinstate: ({ entry }) => deed(entry, () => office.reinstate(entry.id)),
    concessions: createConcessionBook(deps),
  }
}

function isGranted(acts: readonly ChainAct[], { account, driverMark }: Entry): boolean {
  const driver = account.slice(2).toLowerCase()
  const last = acts.findLast(
    each => each.act === 'permit' && each.holder === 'driver' && each.subject.toLowerCase().endsWith(driver),
  )
  if (last?.act !== 'permit' || last.change !== 'granted' || driverMark === null) return false
  return last.credential.toLowerCase() === driverMark.hash.toLowerCase() && last.untilS === driverMark.untilS
}

/** A search goes through name, plate, licence and account. */
function passes({ text, state }: PermitFilter, { entry, opened }: PermitRow): boolean {
  if (state !== 'all' && entry.state !== state) return false
  const { name = '', licence = '', car } = opened ?? {}
  const words = `${name} ${licence} ${car?.plate ?? ''} ${entry.account}`.toLowerCase()
  return words.includes(text.trim().toLowerCase())
}

/** The month in which the first of permit and papers ends; null where no permit stands. */
export function endMonthOf({ entry }: PermitRow): string | null {
  const untilS = Math.min(entry.driverMark?.untilS ?? 0, entry.vehicleMark?.untilS ?? 0)
  return entry.state !== 'issued' || untilS === 0 ? null : new Date(untilS * 1_000).toISOString().slice(0, 7)
}

/** Permits that stand, by the month in which the first of permit and papers ends: `2026-11` and how many. */
export function endsByMonth(
  rows: readonly PermitRow[],
): readonly { readonly month: string; readonly n: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const month = endMonthOf(row)
    if (month !== null) counts.set(month, (counts.get(month) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, n]) => ({ month, n }))
}
