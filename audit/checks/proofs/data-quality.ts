import { most, number } from '../answer.ts'
import type { BookCheck } from '../check.ts'

/** Q1: the trip files pass the 18 data-quality tests of Chicago's manual. The export's own code runs them. */
export const dataQuality: BookCheck = {
  id: 'Q1',
  name: 'data.chicago18',
  kind: 'proof',
  scope: 'books',
  says: 'An exported file fails one of the 18 data-quality tests, or is not what the chain says.',
  needs: ['exportFaults'],
  find: ({ exportFaults }) =>
    (exportFaults ?? []).map(({ test, row, says }) => ({
      subject: `${test} ${row}: ${says}`,
      answers: [most(test, number(0), number(1))],
    })),
}
