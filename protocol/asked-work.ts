import { WORK_BITS } from './work.ts'

/**
 * How much work a relay asks of the leaves on it: more bits for each second in which their messages cost more signature
 * checks than it wants to spend, fewer once it has been calm for a while. What a relay forwards was paid for elsewhere.
 */
export interface AskedWork {
  /** Counts a leaf's message that costs a signature check. */
  note(nowMs: number): void
  /** Bits to tell the neighbours of. */
  bits(nowMs: number): number
  /** Bits below which a leaf's message is dropped: those of a moment ago, for the word takes its time. */
  enforced(nowMs: number): number
}

/** When a relay asks for more work. */
export interface AskedWorkOptions {
  readonly least: number
  readonly most: number
  /** Signature checks a second beyond which more work is asked for. */
  readonly perS: number
  /** How long it must be calm (below a quarter of `perS`) before a bit is taken back. */
  readonly calmMs: number
  /** How long leaves have to learn of a raise. */
  readonly graceMs: number
}

/** A thousand checks keep a core busy for a fifth of a second; 20 bits are a million tries. */
const OPTIONS: AskedWorkOptions = { least: WORK_BITS, most: 20, perS: 200, calmMs: 10_000, graceMs: 2000 }
const WINDOW_MS = 1000
const STEP_BITS = 2

/** Highest work that any relay may ask for: a client does not follow one that asks for more. */
export const MAX_WORK_BITS = OPTIONS.most

/** Begins at the least. */
export function createAskedWork(options: Partial<AskedWorkOptions> = {}): AskedWork {
  const { least, most, perS, calmMs, graceMs } = { ...OPTIONS, ...options }
  let bits = least
  let [before, changedAtMs] = [least, Number.NEGATIVE_INFINITY]
  let [windowAtMs, count] = [Number.NEGATIVE_INFINITY, 0]
  let calmSinceMs = Number.NEGATIVE_INFINITY

  const set = (to: number, nowMs: number): void => {
    if (to === bits) return
    before = nowMs - changedAtMs < graceMs ? Math.min(before, bits) : bits
    bits = to
    changedAtMs = nowMs
  }
  /** Closes the window that has run out. */
  const roll = (nowMs: number): void => {
    if (nowMs - windowAtMs < WINDOW_MS) return
    const rate = (count * 1000) / Math.max(WINDOW_MS, Math.min(nowMs - windowAtMs, calmMs))
    if (rate > perS) set(Math.min(most, bits + STEP_BITS), nowMs)
    if (rate * 4 > perS) calmSinceMs = nowMs
    else if (nowMs - calmSinceMs >= calmMs) {
      set(Math.max(least, bits - 1), nowMs)
      calmSinceMs = nowMs
    }
    windowAtMs = nowMs
    count = 0
  }
  return {
    note(nowMs) {
      roll(nowMs)
      count++
    },
    bits(nowMs) {
      roll(nowMs)
      return bits
    },
    enforced(nowMs) {
      roll(nowMs)
      return nowMs - changedAtMs < graceMs ? Math.min(before, bits) : bits
    },
  }
}
