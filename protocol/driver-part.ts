import { type Commit, type Move, ownMove } from './commit.ts'

/** A ride that a driver has and that has not begun. */
export interface Ahead {
  readonly request: string
  readonly promiseMs: number
}

/** A driver's own part in the epochs: the car is in one place, so he is who says what it does. Kept on disk before he signs. */
export interface DriverPart {
  readonly driver: string
  /** Of this epoch and all before it he signs nothing any more. */
  readonly lastEpoch: number
  /** What he has signed and what is not decided yet. */
  readonly bound: Commit | null
  readonly ahead: Ahead | null
}

/** What a driver's own solution has for him, or what others answer. */
export type DriverEvent =
  /** An epoch was solved, and he is to take a ride; `isDeclined` where he does not want to. */
  | {
      readonly type: 'take'
      readonly epoch: number
      readonly request: string
      readonly etaDs: number
      readonly moves: readonly Move[]
    }
  /** The vault has held by his commit. */
  | { readonly type: 'held'; readonly commit: Commit }
  /** The rider said no, or took another. */
  | { readonly type: 'refused'; readonly commit: Commit }
  /** The ride is another driver's, or is over, or was cancelled. */
  | { readonly type: 'freed'; readonly request: string }
  | { readonly type: 'tick' }

/** How long commits hold, and what a driver adds to his road time when he promises. */
export interface CommitTimes {
  readonly holdMs: number
  readonly slackMs: number
}

/** A driver with nothing to do, who has signed nothing yet in this shift. */
export const idleDriver = (driver: string, lastEpoch = 0): DriverPart => ({
  driver,
  lastEpoch,
  bound: null,
  ahead: null,
})

/** The driver's part after an event, and the commit that he then has to sign and send, if any. */
export function driverStep(
  part: DriverPart,
  event: DriverEvent,
  nowMs: number,
  { holdMs, slackMs }: CommitTimes,
): { readonly part: DriverPart; readonly commit: Commit | null } {
  const stays = (next: DriverPart) => ({ part: next, commit: null })
  switch (event.type) {
    case 'take': {
      const { epoch, request, etaDs, moves } = event
      if (isBound(part, nowMs) || epoch <= part.lastEpoch) return stays(part)
      const promiseMs = nowMs + 100 * etaDs + slackMs
      const commit = { epoch, driver: part.driver, request, promiseMs, expiresAtMs: nowMs + holdMs, moves }
      // He leaves a ride only where somebody takes it: by a move of the same group, from him.
      const leaves =
        part.ahead === null || moves.some(m => m.request === part.ahead?.request && m.from === part.driver)
      if (ownMove(commit) === null || !leaves || request === part.ahead?.request) return stays(part)
      return { part: { ...part, lastEpoch: epoch, bound: commit }, commit }
    }
    case 'held': {
      const { request, promiseMs } = event.commit
      return stays({ ...part, bound: null, ahead: { request, promiseMs } })
    }
    case 'refused':
      return stays(isSame(part.bound, event.commit) ? { ...part, bound: null } : part)
    case 'freed':
      return stays(part.ahead?.request === event.request ? { ...part, ahead: null } : part)
    case 'tick':
      return stays(part.bound !== null && !isBound(part, nowMs) ? { ...part, bound: null } : part)
  }
}

/** Whether a commit that he signed may still come to count. */
export const isBound = ({ bound }: DriverPart, nowMs: number): boolean =>
  bound !== null && nowMs <= bound.expiresAtMs

const isSame = (bound: Commit | null, commit: Commit): boolean =>
  bound !== null && bound.epoch === commit.epoch && bound.request === commit.request
