import { most, number } from '../answer.ts'
import type { BookCheck } from '../check.ts'

/** G2: what the log promised stands in it in time. The log's own code finds it; here it becomes a finding like the others. */
export const lateInclusion: BookCheck = {
  id: 'G2',
  name: 'log.late_inclusion',
  kind: 'proof',
  scope: 'books',
  says: 'What the log promised, or an act of the authority on the chain, was not in the log in time.',
  needs: ['lateInclusions'],
  find: ({ lateInclusions }) =>
    (lateInclusions ?? []).map(({ says }) => ({
      subject: says,
      answers: [most('LATE', number(0), number(1))],
    })),
}
