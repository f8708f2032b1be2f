import { toHex } from '@hexhail/protocol/hex.ts'
import { most, number } from '../answer.ts'
import type { Books } from '../books.ts'
import { isZero } from '../byte-read.ts'
import type { GroupCheck, TripCase } from '../check.ts'
import { rowGroups } from '../row-groups.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/** C4: the numbers of a driver's shift have no hole and none twice: each is a record or was filed as void. */
export const sequenceGap: GroupCheck = {
  id: 'C4',
  name: 'receipt.sequence_gap',
  kind: 'proof',
  scope: 'group',
  says: 'Numbers of a shift are missing: neither a record nor a void was filed for them, or one was given twice.',
  needs: ['voids'],
  *suspects(t, ledger, part, parts) {
    if (ledger.books.voids === null) return
    const numbered = {
      isIn: (row: number) => t.filed[row] === FILED.opened && !isZero(t.shift, 16 * row, 16),
      orderOf: (row: number) => t.shiftSeq[row]!,
      part,
      parts,
    }
    const pending = pendingByDriver(t, ledger.books)
    for (const group of rowGroups(t, 'shift', numbered))
      for (let i = 0; i < group.length; i++) {
        const [before, row] = [group[i - 1], group[i]!]
        const [last, number] = [before === undefined ? -1 : t.shiftSeq[before]!, t.shiftSeq[row]!]
        const holes = number - last - 1
        // What a driver ended lately may still be on its way: he files when he has a network again.
        if (ledger.books.nowS - t.settledAtS[row]! <= ledger.books.filingS && holes > 0) continue
        if (holes === 0 || holes === ledger.voidsBetween(t.shift, 16 * row, last, number)) continue
        const others = pending.get(driverOf(t, row)) ?? []
        yield before === undefined ? [row, ...others] : [row, before, ...others]
      }
  },
  ask([trip, ...others], ledger) {
    if (!trip?.record || ledger.books.voids === null) return []
    const { shift, shiftSeq } = trip.record
    const before = others.find(({ record }) => record !== null)
    if (before && toHex(before.record!.shift) !== toHex(shift)) return []
    const last = before?.record?.shiftSeq ?? -1
    if (last === shiftSeq)
      return [most('NUMBER_ONCE', number(1), number(before!.settled.terms === trip.settled.terms ? 1 : 2))]
    if (shiftSeq > last + 1 && ledger.books.nowS - trip.settled.timestampS <= ledger.books.filingS) return []
    // Each number between is void, or may be that of a trip of the driver that is still to be filed, or to end.
    const driver = trip.settled.driver.toLowerCase()
    const open = ledger.books.openTrips.filter(each => each.driver.toLowerCase() === driver).length
    const excused = open + others.filter(each => isPending(each, trip, ledger.books)).length
    const voids = ledger.voidsBetween(shift, 0, last, shiftSeq)
    return [most('HOLES', number(voids + excused), number(shiftSeq - last - 1))]
  },
}

/** A settlement of the driver whose number is not known: there is time to file, or the auditor cannot read it. */
const isPending = (
  { settled, filed }: TripCase,
  { settled: mine }: TripCase,
  { nowS, filingS }: Books,
): boolean =>
  (filed === 'newer' || filed === 'sealed' || (filed === 'none' && nowS - settled.timestampS <= filingS)) &&
  settled.driver.toLowerCase() === mine.driver.toLowerCase()

const driverOf = (t: TripColumns, row: number): string => toHex(t.driver.subarray(20 * row, 20 * row + 20))

/** Rows of settlements whose numbers are not known yet, by driver. */
function pendingByDriver(t: TripColumns, { nowS, filingS }: Books): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (let row = 0; row < t.rows; row++) {
    const isInTime = t.filed[row] === FILED.none && nowS - t.settledAtS[row]! <= filingS
    if (!isInTime && t.filed[row] !== FILED.newer && t.filed[row] !== FILED.sealed) continue
    const driver = driverOf(t, row)
    found.set(driver, [...(found.get(driver) ?? []), row])
  }
  return found
}
