import { money, most } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { scaled } from '../fare-number.ts'
import type { ReadyTariff } from '../ledger.ts'
import { FILED } from '../trip-columns.ts'

/** F2: what was agreed before the ride, or with a change of it, is the most that may be charged. */
export const fareAboveQuote: TripCheck = {
  id: 'F2',
  name: 'fare.above_quote',
  kind: 'proof',
  scope: 'trip',
  says: 'The fare is above the quote that both agreed on, changes of the ride included.',
  needs: [],
  look(t, i, ledger) {
    if (t.filed[i] !== FILED.opened || t.startedAtS[i] === 0) return LOOK.notAsked
    const entry = ledger.tariff(t.tariff[i]!)
    const toleranceBp = toleranceOf(entry)
    if (toleranceBp === null) return LOOK.notAsked
    const quote = t.quote[i]!
    return t.fare[i]! <= quote + scaled(quote, toleranceBp) ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const toleranceBp = toleranceOf(ledger.tariff(settled.tariff))
    if (record === null || record.startedAtMs === 0 || toleranceBp === null) return []
    const limit = record.quote + (record.quote * BigInt(toleranceBp)) / 10_000n
    return [most('FARE', money(limit), money(record.fare))]
  },
}

/** By how much a fare may differ from its quote; null: the tariff knows no fares agreed before. */
function toleranceOf(entry: ReadyTariff | undefined): number | null {
  if (entry === undefined) return null
  if (entry.document === null) return 0
  return entry.document.upfront.isAllowed ? entry.document.upfront.toleranceBp : null
}
