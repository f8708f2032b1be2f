import { most, number } from '../answer.ts'
import type { BookCheck } from '../check.ts'

/** G1: one log, one history. The log's own code finds it; here it becomes a finding like the others. */
export const logEquivocation: BookCheck = {
  id: 'G1',
  name: 'log.equivocation',
  kind: 'proof',
  scope: 'books',
  says: 'The log signed, or put on the chain, two trees that cannot both be true.',
  needs: ['equivocations'],
  find: ({ equivocations }) =>
    (equivocations ?? []).map(({ says }) => ({
      subject: says,
      answers: [most('EQUIVOCATION', number(0), number(1))],
    })),
}
