import type { Move } from '@hexhail/protocol/commit.ts'
import type { IdleCredit } from '../assign/idle-credit.ts'
import type { AssignProblem } from '../assign/problem.ts'
import { solve } from '../assign/solve.ts'
import { moveGroups } from '../handover/move-groups.ts'
import { type HandoverRule, openRides, withRides } from '../handover/with-rides.ts'
import type { EpochBook, OpenRide } from './book.ts'
import { checkHint, type Hint, type HintFault } from './check-hint.ts'
import type { Epoch } from './clock.ts'
import { collectEpoch } from './collect.ts'

/** What all peers of an area go by. */
export interface AreaRule {
  readonly credit: IdleCredit
  /** Null: a ride stays with its driver. */
  readonly handover: HandoverRule | null
}

/** What a peer's own book gives of an epoch. */
export interface BookProblem {
  readonly problem: AssignProblem
  /** Rides that may be handed over. */
  readonly open: readonly OpenRide[]
}

/** The problem of an epoch by a peer's own book; null where nobody waits. */
export function problemOfBook(
  book: EpochBook,
  epoch: Epoch,
  { credit, handover }: AreaRule,
): BookProblem | null {
  const rides = handover === null ? [] : book.rides()
  const open = handover === null ? [] : openRides(epoch, rides, handover)
  const heard = book.heard(epoch, open)
  const input = handover === null ? heard : withRides(epoch, heard, rides, handover, credit)
  const problem = collectEpoch(epoch, input, credit)
  // Nothing that a peer may say is refused here: what is no honest word was left out before.
  if (problem.verdict !== 'accept' || problem.value.riders.length === 0) return null
  return { problem: problem.value, open }
}

/** What a peer's solution of an epoch changes. */
export interface BookSolution {
  /** Moves in groups that hang together; none where nobody waits. */
  readonly groups: Move[][]
  /** Which hint was taken; -1: none was, and the peer solved it alone. */
  readonly taken: number
  /** Why the hints before it were not. */
  readonly faults: readonly HintFault[]
}

/** Solves an epoch; of hints the first that is proven right saves the work, and the same comes out with and without. */
export function solveBook(
  book: EpochBook,
  epoch: Epoch,
  rule: AreaRule,
  hints: readonly Hint[] = [],
): BookSolution {
  const made = problemOfBook(book, epoch, rule)
  const faults: HintFault[] = []
  if (made === null) return { groups: [], taken: -1, faults }
  const { problem, open } = made
  for (const [taken, hint] of hints.entries()) {
    const proven = checkHint(problem, hint)
    if (proven.verdict === 'accept') return { groups: moveGroups(problem, proven.value, open), taken, faults }
    faults.push(proven.code)
  }
  return { groups: moveGroups(problem, solve(problem).driverOf, open), taken: -1, faults }
}
