import type { Move } from '@hexhail/protocol/commit.ts'
import type { IdleCredit } from '../assign/idle-credit.ts'
import { solve } from '../assign/solve.ts'
import { moveGroups } from '../handover/move-groups.ts'
import { type HandoverRule, openRides, withRides } from '../handover/with-rides.ts'
import type { EpochBook } from './book.ts'
import type { Epoch } from './clock.ts'
import { collectEpoch } from './collect.ts'

/** What all peers of an area go by. */
export interface AreaRule {
  readonly credit: IdleCredit
  /** Null: a ride stays with its driver. */
  readonly handover: HandoverRule | null
}

/** What a peer's own solution of an epoch changes, in groups that hang together; none where nobody waits. */
export function solveBook(book: EpochBook, epoch: Epoch, { credit, handover }: AreaRule): Move[][] {
  const rides = handover === null ? [] : book.rides()
  const open = handover === null ? [] : openRides(epoch, rides, handover)
  const heard = book.heard(epoch, open)
  const input = handover === null ? heard : withRides(epoch, heard, rides, handover, credit)
  const problem = collectEpoch(epoch, input, credit)
  // Nothing that a peer may say is refused here: what is no honest word was left out before.
  if (problem.verdict !== 'accept' || problem.value.riders.length === 0) return []
  return moveGroups(problem.value, solve(problem.value).driverOf, open)
}
