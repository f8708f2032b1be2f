import { least, most, number } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import type { ReadyTariff } from '../ledger.ts'
import { FILED } from '../trip-columns.ts'

/** L2: the tariff was in force when the driver was bound. */
export const tariffStale: TripCheck = {
  id: 'L2',
  name: 'levy.rate_stale',
  kind: 'proof',
  scope: 'trip',
  says: 'The trip was agreed on by a tariff that was not in force any more, or not yet.',
  needs: [],
  look(t, i, ledger) {
    if (t.filed[i] !== FILED.opened || t.acceptedAtS[i] === 0) return LOOK.notAsked
    const entry = ledger.tariff(t.tariff[i]!)
    if (entry === undefined) return LOOK.notAsked
    const atS = t.acceptedAtS[i]!
    return atS >= beginOf(entry) && atS < endOf(entry) ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const entry = ledger.tariff(settled.tariff)
    if (entry === undefined || record === null || record.acceptedAtMs === 0) return []
    const agreed = number(record.acceptedAtMs, 'ms')
    const answers = [least('VALID_FROM', number(beginOf(entry) * 1_000, 'ms'), agreed)]
    if (endOf(entry) === Number.POSITIVE_INFINITY) return answers
    return [...answers, most('VALID_TO', number(endOf(entry) * 1_000 - 1, 'ms'), agreed)]
  },
}

const beginOf = ({ document }: ReadyTariff): number => document?.validFrom ?? 0

function endOf({ document, endsAtS }: ReadyTariff): number {
  const ends = [endsAtS, document?.validTo ?? 0].filter(end => end > 0)
  return Math.min(...ends)
}
