import { type ConcessionClaim, openClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionEntry } from '@hexhail/permits/concession-register.ts'
import type { Reason } from '@hexhail/permits/register.ts'
import { createOfficeBook, type OfficeBook, type OfficeBookDeps, type OpenedEntry } from './office-book.ts'

/** A claim with what was under its seal; null where the key on this device does not open it. */
export type ConcessionRow = OpenedEntry<ConcessionEntry, ConcessionClaim>

/** The officer's desk for reduced fares. */
export interface ConcessionBook extends OfficeBook<ConcessionRow> {
  grant(row: ConcessionRow, untilS: number): Promise<void>
  stop(row: ConcessionRow, deed: 'refuse' | 'revoke', reason: Reason): Promise<void>
}

/** Opens the desk for reduced fares of an office. */
export function createConcessionBook(deps: OfficeBookDeps): ConcessionBook {
  const { book, office, deed } = createOfficeBook<ConcessionEntry, ConcessionClaim>(deps, {
    list: at => at.concessions(),
    open: async (pair, entry) => {
      const read = await openClaim(pair, entry)
      return read.verdict === 'accept' ? read.value : null
    },
  })
  return {
    ...book,
    grant: ({ entry, opened }, untilS) =>
      deed(entry, async () => {
        if (opened) await office.grantConcession(entry.id, opened.category, untilS)
      }),
    stop: ({ entry }, what, reason) => deed(entry, () => office.stopConcession(what, entry.id, reason)),
  }
}
