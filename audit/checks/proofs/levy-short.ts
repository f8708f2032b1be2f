import { levyOf } from '@hexhail/protocol/tariff.ts'
import { least, money, same } from '../answer.ts'
import { chargesNumber, chargesOf } from '../charges.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { levyNumber } from '../fare-number.ts'
import { FILED } from '../trip-columns.ts'

/** L1: the treasury got its share, and the charges of the zones that the trip touched were taken. */
export const levyShort: TripCheck = {
  id: 'L1',
  name: 'levy.short',
  kind: 'proof',
  scope: 'trip',
  says: 'Less levy, zone or access charge was paid than the tariff says.',
  needs: [],
  look(t, i, ledger) {
    const entry = ledger.tariff(t.tariff[i]!)
    if (entry === undefined) return LOOK.notAsked
    if (t.paidLevy[i]! !== levyNumber(entry.tariff, t.paidFare[i]!)) return LOOK.suspect
    if (t.filed[i] !== FILED.opened) return LOOK.clean
    if (!(t.levies[i]! >= levyNumber(entry.tariff, t.fare[i]!))) return LOOK.suspect
    if (entry.ready === null || t.samples[i] === 0 || t.finishedAtS[i] === 0) return LOOK.clean
    return t.toll[i]! >= chargesNumber(entry.ready, t, i) ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const entry = ledger.tariff(settled.tariff)
    if (entry === undefined) return []
    const levy = same('LEVY', money(levyOf(entry.tariff, settled.fare)), money(settled.levy))
    if (record === null) return [levy]
    const levies = record.levies.reduce((sum, line) => sum + line.amount, 0n)
    const signed = least('LEVY_LINES', money(levyOf(entry.tariff, record.fare)), money(levies))
    // Charges are due at the end of a ride: a running receipt has the tolls passed, and zones are not known.
    const charges = entry.ready && record.finishedAtMs !== 0 ? chargesOf(entry.ready, record, 'named') : null
    if (charges === null) return [levy, signed]
    return [levy, signed, least('CHARGES_DUE', money(charges), money(record.toll))]
  },
}
