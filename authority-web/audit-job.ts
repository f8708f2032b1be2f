import { type AuditReport, estimates } from '@hexhail/audit/checks/audit-report.ts'
import type { Books } from '@hexhail/audit/checks/books.ts'
import { createLedger } from '@hexhail/audit/checks/ledger.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { type DriverWeek, driverWeeks } from '@hexhail/audit/checks/statistics/driver-weeks.ts'
import { waitsByZone } from '@hexhail/audit/checks/statistics/equity-wait.ts'
import { type Decile, zoneDeciles } from '@hexhail/audit/checks/statistics/zone-deciles.ts'
import { tripsInMemory } from '@hexhail/audit/checks/trip-source.ts'
import type { EvidenceChain } from '@hexhail/audit/evidence/evidence.ts'
import { evidenceText } from '@hexhail/audit/evidence/evidence-text.ts'
import { makeEvidence } from '@hexhail/audit/evidence/make-evidence.ts'

/** What the page tells of an audit. */
export type AuditNews = Omit<AuditReport, 'table'> & {
  readonly estimates: ReturnType<typeof estimates>
  readonly weeks: readonly DriverWeek[]
  /** Waits by tenths of the zones, those where the fewest trips begin first. */
  readonly waits: readonly Decile[]
}

/** Audits one after the other; the evidence is of the last. */
export interface AuditJob {
  run(trips: readonly TripBytes[], books: Books): AuditNews
  /** The evidence file of a finding by its place in the list, as text; null when there is no such. */
  evidence(finding: number): string | null
}

/** A job over settlements of one vault. Pure: the worker calls it. */
export function createAuditJob(chain: EvidenceChain): AuditJob {
  let evidence: AuditJob['evidence'] = () => null
  return {
    run(trips, books) {
      const source = tripsInMemory(trips)
      const { table, ...report } = runAudit(source, books)
      evidence = at => {
        const finding = report.findings[at]
        return finding ? evidenceText(makeEvidence(finding, source, books, chain)) : null
      }
      return {
        ...report,
        estimates: estimates(table, books),
        weeks: driverWeeks(table, createLedger(books)),
        waits: zoneDeciles(waitsByZone(table), (_, sums) => sums.count),
      }
    },
    evidence: at => evidence(at),
  }
}
