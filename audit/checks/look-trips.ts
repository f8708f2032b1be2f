import { GROUP_CHECKS, TRIP_CHECKS } from './all-checks.ts'
import { LOOK } from './check.ts'
import { confirm, type Finding } from './finding.ts'
import type { Ledger } from './ledger.ts'
import { createTripReader } from './read-trip.ts'
import { copyRows, createTripColumns, type TripColumns } from './trip-columns.ts'
import type { TripSource } from './trip-source.ts'

/** Rows judged at a time: their columns stay in the processor's cache. */
const CHUNK = 1_024

/** What a pass over trips gives. */
export interface Looked {
  readonly findings: readonly Finding[]
  /** How many trips each check was asked about, by its place in `TRIP_CHECKS`. */
  readonly asked: readonly number[]
}

/**
 * Reads rows `from` to `to`, hashes their records again, asks every check of single trips about them, and puts the columns
 * that `kept` keeps in their place.
 */
export function lookAtTrips(
  source: TripSource,
  from: number,
  to: number,
  kept: TripColumns,
  ledger: Ledger,
  onRows: (rows: number) => void = () => {},
): Looked {
  const chunk = createTripColumns(CHUNK)
  const reader = createTripReader(chunk)
  const findings: Finding[] = []
  const asked = TRIP_CHECKS.map(() => 0)
  let filled = 0
  let first = from
  const judge = (): void => {
    reader.finish()
    for (let c = 0; c < TRIP_CHECKS.length; c++) {
      const check = TRIP_CHECKS[c]!
      for (let i = 0; i < filled; i++) {
        const look = check.look(chunk, i, ledger)
        if (look === LOOK.notAsked) continue
        asked[c]!++
        const finding = look === LOOK.suspect ? confirm(check, [first + i], source, ledger) : null
        if (finding !== null) findings.push(finding)
      }
    }
    copyRows(chunk, filled, kept, first)
    first += filled
    onRows(filled)
    filled = 0
  }
  for (const trip of source.trips(from, to)) {
    reader.read(trip, filled++)
    if (filled === CHUNK) judge()
  }
  judge()
  return { findings, asked }
}

/** Asks every check of several trips together about a whole table; threads share it by `part` of `parts`. */
export function lookAtGroups(
  source: TripSource,
  table: TripColumns,
  ledger: Ledger,
  part = 0,
  parts = 1,
): readonly Finding[] {
  return GROUP_CHECKS.flatMap(check =>
    Array.from(check.suspects(table, ledger, part, parts), rows =>
      confirm(check, rows, source, ledger),
    ).filter(finding => finding !== null),
  )
}
