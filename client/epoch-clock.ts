import { guardMs } from '@hexhail/matcher/epoch/clock.ts'

/** How late the words of others come, and whether this device's clock is theirs. */
export interface EpochClock {
  /** A word was heard that its author signed at this time. */
  note(issuedAtMs: number): void
  /** How long after its end an epoch is solved. */
  guardMs(): number
  /** How far this clock is from the others'; what can be latency is taken for latency. */
  offMs(): number
}

const REMEMBERED = 65
/** Words come within this in a network that works. */
const LATENCY_MS = 2_000

/** A device's clock of epochs. */
export function createEpochClock(now: () => number): EpochClock {
  const lates: number[] = []
  let at = 0
  const median = (): number => lates.toSorted((a, b) => a - b)[lates.length >> 1] ?? 0
  return {
    note: issuedAtMs => {
      lates[at++ % REMEMBERED] = now() - issuedAtMs
    },
    guardMs: () => guardMs(lates.map(ms => Math.max(0, Math.min(LATENCY_MS, ms)))),
    offMs: () => {
      const ms = median()
      return ms < 0 ? ms : Math.max(0, ms - LATENCY_MS)
    },
  }
}
