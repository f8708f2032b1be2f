import { type AuditReport, auditReport } from './audit-report.ts'
import type { Books } from './books.ts'
import { createLedger } from './ledger.ts'
import { lookAtGroups, lookAtTrips } from './look-trips.ts'
import { createTripColumns, KEPT } from './trip-columns.ts'
import type { TripSource } from './trip-source.ts'

/** All proof checks over all trips of a source, in this thread. */
export function runAudit(
  source: TripSource,
  books: Books,
  onRows: (rows: number) => void = () => {},
): AuditReport {
  const ledger = createLedger(books)
  const table = createTripColumns(source.rows, KEPT)
  const { findings, asked } = lookAtTrips(source, 0, source.rows, table, ledger, onRows)
  return auditReport(table, books, [...findings, ...lookAtGroups(source, table, ledger)], asked)
}
