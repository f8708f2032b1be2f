import { toHex } from '@hexhail/protocol/hex.ts'
import { least, most, number } from '../answer.ts'
import { isZero } from '../byte-read.ts'
import type { GroupCheck, TripCase } from '../check.ts'
import { rowGroups } from '../row-groups.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/** Times of two riders' devices may be off by so much, seconds. */
const CLOCKS_S = 60

/** C3: a trip is settled once, and a driver or a car drives one trip at a time unless riders share it. */
export const recordDuplicate: GroupCheck = {
  id: 'C3',
  name: 'receipt.duplicate',
  kind: 'proof',
  scope: 'group',
  says: 'A trip was settled twice, or one driver or car drove two trips at once that did not share it.',
  needs: [],
  *suspects(t, _, part, parts) {
    const all = { isIn: () => true, orderOf: (row: number) => t.settledAtS[row]!, part, parts, least: 2 }
    for (const group of rowGroups(t, 'terms', all))
      for (let i = 1; i < group.length; i++) yield group.slice(i - 1, i + 1)
    const driven = {
      isIn: (row: number) => isDriven(t, row),
      orderOf: (row: number) => t.startedAtS[row]!,
      part,
      parts,
      least: 2,
    }
    for (const group of rowGroups(t, 'driver', driven)) yield* overlaps(t, group)
    const inCar = { ...driven, isIn: (row: number) => isDriven(t, row) && !isZero(t.car, 16 * row, 16) }
    for (const group of rowGroups(t, 'car', inCar)) yield* overlaps(t, group)
  },
  ask([first, second]) {
    if (first === undefined || second === undefined) return []
    const isTwice = first.settled.terms === second.settled.terms
    return [most('SETTLED_ONCE', number(1), number(isTwice ? 2 : 1)), ...askOverlap(first, second)]
  },
}

const isDriven = (t: TripColumns, row: number): boolean =>
  t.filed[row] === FILED.opened && t.startedAtS[row]! > 0 && t.finishedAtS[row]! > 0

/** Pairs of rows, in the order of their start, of which the second begins well before an earlier one ends. */
function* overlaps(t: TripColumns, rows: readonly number[]): Generator<readonly number[]> {
  let latest = -1
  for (const row of rows) {
    if (
      latest >= 0 &&
      t.startedAtS[row]! + CLOCKS_S <= t.finishedAtS[latest]! &&
      t.finishedAtS[row]! >= t.startedAtS[row]!
    )
      if (!(t.isShared[row] === 1 && t.isShared[latest] === 1)) yield [latest, row]
    if (latest < 0 || t.finishedAtS[row]! > t.finishedAtS[latest]!) latest = row
  }
}

function askOverlap({ settled: a, record: first }: TripCase, { settled: b, record: second }: TripCase) {
  if (first === null || second === null || a.terms === b.terms) return []
  const isOneCar = toHex(first.vehicle) === toHex(second.vehicle) && !isZero(first.vehicle, 0, 32)
  if (a.driver.toLowerCase() !== b.driver.toLowerCase() && !isOneCar) return []
  if (!isZero(first.journey, 0, 16) && toHex(first.journey) === toHex(second.journey)) return []
  if (first.startedAtMs === 0 || second.startedAtMs === 0) return []
  const [one, other] = first.startedAtMs <= second.startedAtMs ? [first, second] : [second, first]
  if (other.finishedAtMs <= other.startedAtMs) return []
  return [
    least('FREE_AGAIN', number(one.finishedAtMs - CLOCKS_S * 1_000, 'ms'), number(other.startedAtMs, 'ms')),
  ]
}
