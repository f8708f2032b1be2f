import { toHex } from '@hexhail/protocol/hex.ts'
import { TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import { money, most } from '../answer.ts'
import { isZero } from '../byte-read.ts'
import type { GroupCheck, TripCase } from '../check.ts'
import { UNIT } from '../fare-number.ts'
import { dayNumber, weekNumber } from '../periods.ts'
import { rowGroups } from '../row-groups.ts'
import { FILED } from '../trip-columns.ts'

/** F5: one pass pays no more than the tariff's cap in a local day, and in a week from Monday. */
export const capExceeded: GroupCheck = {
  id: 'F5',
  name: 'fare.cap_exceeded',
  kind: 'proof',
  scope: 'group',
  says: "The fares of one pass add up to more than the tariff's cap of the day or week.",
  needs: ['documents'],
  *suspects(t, ledger, part, parts) {
    const passes = {
      isIn: (row: number) =>
        t.filed[row] === FILED.opened && t.startedAtS[row]! > 0 && !isZero(t.pass, 16 * row, 16),
      orderOf: (row: number) => t.startedAtS[row]!,
      part,
      parts,
    }
    for (const group of rowGroups(t, 'pass', passes)) {
      for (const [period, cap] of [
        [dayNumber, 'day'],
        [weekNumber, 'week'],
      ] as const) {
        const rows = group.filter(row => (ledger.tariff(t.tariff[row]!)?.document?.caps[cap] ?? 0) > 0)
        const spans = Map.groupBy(rows, row => {
          const { document } = ledger.tariff(t.tariff[row]!)!
          return period(document!, Math.floor(t.startedAtS[row]!))
        })
        for (const span of spans.values()) {
          const paid = span.reduce((sum, row) => sum + t.paidFare[row]!, 0)
          const most = ledger.tariff(t.tariff[span.at(-1)!]!)!.document!.caps[cap] * UNIT
          if (!(paid <= most)) yield span
        }
      }
    }
  },
  ask(trips, ledger) {
    const last = trips.at(-1)
    const document = last && ledger.tariff(last.settled.tariff)?.document
    if (!document || !last.record) return []
    const pass = toHex(last.record.pass)
    const mine = trips.filter(({ record }) => record && record.startedAtMs > 0 && toHex(record.pass) === pass)
    const paidIn = (period: typeof dayNumber) => {
      const at = ({ record }: TripCase) => period(document, Math.floor(record!.startedAtMs / 1_000))
      return mine.filter(trip => at(trip) === at(last)).reduce((sum, { settled }) => sum + settled.fare, 0n)
    }
    const { day, week } = document.caps
    return [
      ...(day > 0 ? [most('CAP_DAY', money(BigInt(day) * TARIFF_UNIT), money(paidIn(dayNumber)))] : []),
      ...(week > 0 ? [most('CAP_WEEK', money(BigInt(week) * TARIFF_UNIT), money(paidIn(weekNumber)))] : []),
    ]
  },
}
