import { least, number } from '../answer.ts'
import { isAt, isZero } from '../byte-read.ts'
import { LOOK, type TripCheck } from '../check.ts'
import type { ReadyTariff } from '../ledger.ts'
import { hexOrNull } from '../trip-case.ts'
import { FILED } from '../trip-columns.ts'

/** P1: the driver had a permit of the tariff's authority when he was bound to the trip. */
export const permitDriver: TripCheck = {
  id: 'P1',
  name: 'permit.driver',
  kind: 'proof',
  scope: 'trip',
  says: 'The driver had no valid permit when the trip was agreed on.',
  needs: ['permits'],
  look(t, i, { tariff, permits }) {
    const entry = tariff(t.tariff[i]!)
    if (permits === null || t.filed[i] !== FILED.opened || t.acceptedAtS[i] === 0 || !asksFor(entry))
      return LOOK.notAsked
    const { authority } = entry.tariff
    const atS = t.acceptedAtS[i]!
    const isUnnamed = isZero(t.permit, 32 * i, 32)
    for (const { span, credential } of permits.of(t.driver, 20 * i)) {
      if (atS < span.fromS || atS >= span.untilS || !isSame(span.authority, authority)) continue
      if (isUnnamed || credential === null || isAt(credential, t.permit, 32 * i)) return LOOK.clean
    }
    return LOOK.suspect
  },
  ask({ settled, record }, { books, tariff }) {
    const entry = tariff(settled.tariff)
    if (books.permits === null || record === null || record.acceptedAtMs === 0 || !asksFor(entry)) return []
    const named = hexOrNull(record.permit)
    const atS = record.acceptedAtMs / 1_000
    const valid = books.permits.filter(
      span =>
        isSame(span.driver, settled.driver) &&
        isSame(span.authority, entry.tariff.authority) &&
        (named === null || span.credential === null || isSame(span.credential, named)) &&
        atS >= span.fromS &&
        atS < span.untilS,
    )
    return [least('PERMIT', number(1), number(valid.length))]
  },
}

/** A trip that was not accepted under a tariff that needs a permit has none to have. */
const asksFor = (entry: ReadyTariff | undefined): entry is ReadyTariff =>
  entry !== undefined && (entry.tariff.needsPermit || entry.document?.needsPermit === true)

const isSame = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase()
