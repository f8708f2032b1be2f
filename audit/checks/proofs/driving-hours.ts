import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { most, number } from '../answer.ts'
import type { GroupCheck } from '../check.ts'
import type { Ledger } from '../ledger.ts'
import { rowGroups } from '../row-groups.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/** P3: nobody drives longer than the tariff allows in any such span. */
export const drivingHours: GroupCheck = {
  id: 'P3',
  name: 'permit.hours',
  kind: 'proof',
  scope: 'group',
  says: 'The driver was at the wheel with riders for longer than the limit in such a span.',
  needs: ['documents'],
  *suspects(t, ledger, part, parts) {
    const driven = {
      isIn: (row: number) =>
        t.filed[row] === FILED.opened && t.startedAtS[row]! > 0 && t.finishedAtS[row]! > 0,
      orderOf: (row: number) => t.finishedAtS[row]!,
      part,
      parts,
    }
    for (const rows of rowGroups(t, 'driver', driven)) {
      let first = 0
      let sum = 0
      let toldUntil = 0
      for (let i = 0; i < rows.length; i++) {
        const hours = hoursOf(ledger, t.tariff[rows[i]!]!)
        sum += drivenS(t, rows[i]!)
        const from = t.finishedAtS[rows[i]!]! - (hours?.windowS ?? 0)
        while (first < i && t.finishedAtS[rows[first]!]! < from) sum -= drivenS(t, rows[first++]!)
        if (!hours || sum <= hours.limitS || t.startedAtS[rows[i]!]! < toldUntil) continue
        yield rows.slice(first, i + 1)
        toldUntil = t.finishedAtS[rows[i]!]! // one finding a span
      }
    }
  },
  ask(trips, ledger) {
    const last = trips.at(-1)
    const hours = last && hoursOf(ledger, last.settled.tariff)
    const driver = last?.settled.driver.toLowerCase()
    if (!hours || !last?.record) return []
    const untilMs = last.record.finishedAtMs
    const fromMs = untilMs - hours.windowS * 1_000
    const spans = trips
      .filter(trip => trip.record !== null && trip.settled.driver.toLowerCase() === driver)
      .map(({ record }) => record!)
      .filter(each => each.startedAtMs > 0 && each.finishedAtMs > each.startedAtMs)
      .map(each => [Math.max(fromMs, each.startedAtMs), Math.min(untilMs, each.finishedAtMs)] as const)
    return [most('HOURS', number(hours.limitS, 's'), number(Math.floor(unionMs(spans) / 1_000), 's'))]
  },
}

function hoursOf(ledger: Ledger, tariff: number): TariffDocument['hours'] | null {
  const hours = ledger.tariff(tariff)?.document?.hours
  return hours && hours.limitS > 0 ? hours : null
}

/** Never too little: columns have whole seconds. */
const drivenS = (t: TripColumns, row: number): number =>
  Math.max(0, t.finishedAtS[row]! + 1 - t.startedAtS[row]!)

/** Time covered by spans that may overlap: shared rides count once. */
function unionMs(spans: readonly (readonly [number, number])[]): number {
  let sum = 0
  let until = 0
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (to > until) sum += to - Math.max(from, until)
    until = Math.max(until, to)
  }
  return sum
}
