import { most, number } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { FILED } from '../trip-columns.ts'

/** C1: every settlement has its record filed in time. */
export const recordMissing: TripCheck = {
  id: 'C1',
  name: 'receipt.missing',
  kind: 'proof',
  scope: 'trip',
  says: 'The trip was settled, and its record was not filed in time.',
  needs: [],
  look(t, i, { books }) {
    return t.filed[i] === FILED.none && books.nowS - t.settledAtS[i]! > books.filingS
      ? LOOK.suspect
      : LOOK.clean
  },
  ask({ settled, filed }, { books }) {
    if (filed !== 'none') return []
    return [most('FILED', number(books.filingS, 's'), number(books.nowS - settled.timestampS, 's'))]
  },
}
