import { type Commit, ownMove } from './commit.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'

/** The driver that a rider has, from the vault's hold on. */
export interface Held {
  readonly driver: string
  readonly promiseMs: number
  /** Of the epoch that gave him. */
  readonly epoch: number
  /** How often the driver changed. */
  readonly swaps: number
}

/** A rider's own part in the epochs: he countersigns one driver at a time. Kept on disk before he signs. */
export interface RiderPart {
  readonly request: string
  /** What he has countersigned and what the vault has not held yet. */
  readonly bound: Commit | null
  readonly held: Held | null
  /** Drivers who refused, were refused or did not answer: out of his next epochs. */
  readonly refused: readonly string[]
}

/** What a rider agrees to. */
export interface RiderRule {
  /** No later pickup than this from now on, for a first driver. */
  readonly patienceDs: number
  /** How often his driver may change before pickup; 0 switches handover off. */
  readonly mostSwaps: number
  /** A new driver may come this much later than the one he has, in a rotation by which all together gain. */
  readonly laterMs: number
  /** No change when the driver he has is this near. */
  readonly freezeMs: number
}

/** Why a rider does not countersign. */
export type CommitFault =
  | 'expired'
  | 'other-request'
  | 'no-move'
  | 'bound'
  | 'refused-driver'
  | 'too-late'
  | 'not-my-driver'
  | 'swapped'
  | 'frozen'

/** A rider who waits. */
export const waitingRider = (request: string): RiderPart => ({
  request,
  bound: null,
  held: null,
  refused: [],
})

/** Whether the rider countersigns a commit now; the value is his part with it. */
export function riderAccepts(
  part: RiderPart,
  commit: Commit,
  nowMs: number,
  rule: RiderRule,
): Verdict<RiderPart, CommitFault> {
  const move = ownMove(commit)
  if (commit.request !== part.request) return reject('other-request')
  if (move === null) return reject('no-move')
  if (nowMs > commit.expiresAtMs) return ignore('expired')
  if (part.refused.includes(commit.driver)) return ignore('refused-driver')
  if (part.bound !== null && nowMs <= part.bound.expiresAtMs) return ignore('bound')
  if (move.from !== (part.held?.driver ?? null)) return ignore('not-my-driver')
  if (part.held === null) {
    if (commit.promiseMs - nowMs > 100 * rule.patienceDs) return ignore('too-late')
  } else {
    if (part.held.swaps >= rule.mostSwaps) return ignore('swapped')
    if (part.held.promiseMs - nowMs < rule.freezeMs) return ignore('frozen')
    if (commit.promiseMs > part.held.promiseMs + rule.laterMs) return ignore('too-late')
  }
  return accept({ ...part, bound: commit })
}

/** The vault has held by a commit: that is the rider's driver now. */
export const riderHeld = (part: RiderPart, { driver, promiseMs, epoch }: Commit): RiderPart => ({
  ...part,
  bound: null,
  held: { driver, promiseMs, epoch, swaps: part.held === null ? 0 : part.held.swaps + 1 },
})

/** A driver is out: he did not commit where the rider's own solution had him, declined, or let his commit expire. */
export const riderRefuses = (part: RiderPart, driver: string): RiderPart => ({
  ...part,
  bound: part.bound?.driver === driver ? null : part.bound,
  refused: part.refused.includes(driver) ? part.refused : [...part.refused, driver],
})
