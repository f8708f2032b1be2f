import { most, number } from '../answer.ts'
import type { BookCheck } from '../check.ts'

/** G2: what the log promised stands in it in time. The log's own code finds it; here it becomes a finding like the others. */
export const lateInclusion: BookCheck = {
  id: 'G2',
  name: 'log.late_inclusion',
  kind: 'proof',
  scope: 'books',
  says: 'A record was promised to be in the log, and was not in it in time.',
  needs: ['lateInclusions'],
  find: ({ lateInclusions }) =>
    (lateInclusions ?? []).map(({ says }) => ({
      subject: says,
      answers: [most('LATE', number(0), number(1))],
    })),
}
