import { least, money } from '../answer.ts'
import type { GroupCheck } from '../check.ts'
import type { Ledger } from '../ledger.ts'
import { weekNumber } from '../periods.ts'
import { rowGroups } from '../row-groups.ts'
import { FILED } from '../trip-columns.ts'
import { floorNumber, floorOf, payNumber, payOf } from './wage-floor.ts'

/** W1 over a week: where the tariff's floor is one of the week, pay and floors of all trips are added up. */
export const wageFloorWeek: GroupCheck = {
  id: 'W1',
  name: 'wage.floor',
  kind: 'proof',
  scope: 'group',
  says: "The driver's pay of a week is below the floors of its trips together.",
  needs: ['documents'],
  *suspects(t, ledger, part, parts) {
    const weekly = {
      isIn: (row: number) =>
        t.filed[row] === FILED.opened &&
        t.startedAtS[row]! > 0 &&
        documentOf(ledger, t.tariff[row]!) !== null,
      orderOf: (row: number) => t.startedAtS[row]!,
      part,
      parts,
    }
    for (const group of rowGroups(t, 'driver', weekly)) {
      const weeks = Map.groupBy(group, row =>
        weekNumber(documentOf(ledger, t.tariff[row]!)!, Math.floor(t.startedAtS[row]!)),
      )
      for (const rows of weeks.values()) {
        let pay = 0
        let floor = 0
        for (const row of rows) {
          pay += payNumber(t, row)
          floor += floorNumber(documentOf(ledger, t.tariff[row]!)!, t, row)
        }
        if (!(pay >= floor)) yield rows
      }
    }
  },
  ask(trips, ledger) {
    const driver = trips[0]?.settled.driver.toLowerCase()
    const mine = trips.flatMap(({ settled, record }) => {
      const document = documentOf(ledger, settled.tariff)
      const counts = record && record.startedAtMs > 0 && settled.driver.toLowerCase() === driver
      return document && counts ? [{ settled, record, document }] : []
    })
    const weeks = mine.map(({ document, record }) =>
      weekNumber(document, Math.floor(record.startedAtMs / 1_000)),
    )
    if (mine.length === 0 || new Set(weeks).size > 1) return []
    const floor = mine.reduce((sum, { document, record }) => sum + floorOf(document, record), 0n)
    const pay = mine.reduce((sum, { settled }) => sum + payOf(settled), 0n)
    return [least('FLOOR_WEEK', money(floor), money(pay))]
  },
}

function documentOf(ledger: Ledger, tariff: number) {
  const document = ledger.tariff(tariff)?.document
  return document?.wage.per === 'week' ? document : null
}
