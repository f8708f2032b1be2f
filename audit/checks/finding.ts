import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Answer, GroupCheck, TripCase, TripCheck } from './check.ts'
import type { Ledger } from './ledger.ts'
import { tripCase } from './trip-case.ts'
import type { TripSource } from './trip-source.ts'

/** A fact that an auditor found: its check, the trips it is about, and the answers that are not ok. */
export interface Finding {
  readonly check: string
  readonly name: string
  readonly says: string
  /** Rows of the source, the accused trip first; none: it stands in the books. */
  readonly rows: readonly number[]
  readonly terms: readonly Hex[]
  /** What it is about where it is no trip. */
  readonly subject: string | null
  readonly answers: readonly Answer[]
}

/** Asks a check exactly about rows that a look suspects; null: it is in order. */
export function confirm(
  check: TripCheck | GroupCheck,
  rows: readonly number[],
  source: TripSource,
  ledger: Ledger,
): Finding | null {
  const trips = rows.map(row => tripCase(source.trip(row)))
  const answers = failed(check, trips, ledger)
  if (answers.length === 0) return null
  const { id, name, says } = check
  return { check: id, name, says, rows, terms: trips.map(each => each.settled.terms), subject: null, answers }
}

/** The answers of a check about trips that are not ok. */
export const failed = (
  check: TripCheck | GroupCheck,
  trips: readonly TripCase[],
  ledger: Ledger,
): readonly Answer[] =>
  (check.scope === 'trip' ? check.ask(trips[0]!, ledger) : check.ask(trips, ledger)).filter(({ ok }) => !ok)

/** Findings in one order, however many threads found them; what was found twice (by driver and by car) stands once. */
export const inOrder = (findings: readonly Finding[]): Finding[] => {
  const names = new Set<string>()
  return findings.toSorted(byCheckAndRow).filter(({ check, rows, subject, answers }) => {
    const name = [check, subject, ...rows, ...answers.map(({ code }) => code)].join(' ')
    return !names.has(name) && names.add(name)
  })
}

function byCheckAndRow(a: Finding, b: Finding): number {
  if (a.check !== b.check) return a.check < b.check ? -1 : 1
  for (let i = 0; i < Math.max(a.rows.length, b.rows.length); i++) {
    const difference = (a.rows[i] ?? -1) - (b.rows[i] ?? -1)
    if (difference !== 0) return difference
  }
  return (a.subject ?? '') < (b.subject ?? '') ? -1 : 1
}
