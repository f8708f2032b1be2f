import { ALL_CHECKS, BOOK_CHECKS, STATISTIC_CHECKS, TRIP_CHECKS } from './all-checks.ts'
import type { Books } from './books.ts'
import type { Check, Estimate, Need } from './check.ts'
import { type Finding, inOrder } from './finding.ts'
import { FILED, type TripColumns } from './trip-columns.ts'

/** A check that could not be made, or not for all: what was missing. */
export interface NotChecked {
  readonly check: string
  readonly name: string
  readonly why: string
}

/** What an audit found, and what it could not look at. */
export interface AuditReport {
  readonly trips: number
  /** Trips by what is known of their records. */
  readonly filed: Readonly<Record<keyof typeof FILED, number>>
  readonly findings: readonly Finding[]
  /** How many trips each check of single trips was asked about, by its id. */
  readonly asked: Readonly<Record<string, number>>
  readonly notChecked: readonly NotChecked[]
  readonly table: TripColumns
}

/** Puts what the passes found together. */
export function auditReport(
  table: TripColumns,
  books: Books,
  found: readonly Finding[],
  asked: readonly number[],
): AuditReport {
  const fromBooks = BOOK_CHECKS.flatMap(({ id, name, says, find }) =>
    find(books)
      .map(({ subject, answers }) => ({ subject, answers: answers.filter(({ ok }) => !ok) }))
      .filter(({ answers }) => answers.length > 0)
      .map(({ subject, answers }) => ({ check: id, name, says, rows: [], terms: [], subject, answers })),
  )
  const filed = { none: 0, opened: 0, other: 0, unreadable: 0, newer: 0, sealed: 0 }
  const names = Object.keys(FILED) as (keyof typeof FILED)[]
  for (let row = 0; row < table.rows; row++) filed[names[table.filed[row]!]!]++
  return {
    trips: table.rows,
    filed,
    findings: inOrder([...found, ...fromBooks]),
    asked: Object.fromEntries(TRIP_CHECKS.map(({ id }, c) => [id, asked[c] ?? 0])),
    notChecked: ALL_CHECKS.flatMap(check => missingFor(check, books)),
    table,
  }
}

/** How many checks were made, how many not, and why each of those: for the last line of a report. */
export function checkCounts({ notChecked }: Pick<AuditReport, 'notChecked'>): {
  readonly checked: number
  readonly notChecked: Readonly<Record<string, string>>
} {
  const why = Object.fromEntries(notChecked.map(each => [each.check, each.why]))
  const all = new Set(ALL_CHECKS.map(({ id }) => id))
  return { checked: all.size - Object.keys(why).length, notChecked: why }
}

/** What the statistics say; nothing of it is a violation. */
export function estimates(
  table: TripColumns,
  books: Books,
): readonly {
  readonly check: string
  readonly name: string
  readonly says: string
  readonly measure: string
  readonly estimates: readonly Estimate[]
}[] {
  return STATISTIC_CHECKS.filter(check => missingFor(check, books).length === 0).map(
    ({ id, name, says, measure, estimate }) => ({
      check: id,
      name,
      says,
      measure,
      estimates: estimate(table, books),
    }),
  )
}

/** A check without what it needs is said to be not checked; it never passes in silence. */
function missingFor({ id, name, needs }: Check, books: Books): NotChecked[] {
  const missing = needs.filter(need => !has(books, need))
  if (missing.length === 0) return []
  return [{ check: id, name, why: `no data: ${[...new Set(missing.map(need => WORDS[need]))].join('; ')}` }]
}

const has = (books: Books, need: Need): boolean =>
  need === 'documents' ? books.tariffs.some(entry => entry.document !== null) : books[need] !== null

const WORDS: Readonly<Record<Need, string>> = {
  documents: 'tariff documents',
  permits: 'the register of driver permits',
  vehicles: 'the register of vehicles',
  concessions: 'the register of concessions',
  leases: 'registered leases and what was shared out',
  voids: 'numbers filed as void',
  matches: 'matches: rider and driver seal them to each other, nobody else hears them',
  requests: 'requests: they live for minutes on gossip, and whether one was served is sealed',
  equivocations: 'the public log',
  lateInclusions: 'the public log',
  exportFaults: 'exported files (--exports)',
}
