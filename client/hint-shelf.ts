import type { Hint } from '@hexhail/matcher/epoch/check-hint.ts'
import { epochEndMs } from '@hexhail/matcher/epoch/clock.ts'

/** Hints for epochs that are not solved yet. */
export interface HintShelf {
  /** Keeps one hint of an author for an epoch, the last. */
  put(author: string, hint: Hint, nowMs: number): void
  /** What was hinted for an epoch, in the order of hearing; all of it and of older ones is forgotten. */
  take(epoch: number): Hint[]
}

/** Of so many authors an epoch a device looks at the hint: a check costs less than solving, but not nothing. */
const MOST_AUTHORS = 4
/** Hints for later epochs, and for those that were solved, are none, ms. */
const AHEAD_MS = 2_000
const LATE_MS = 30_000

/** An empty shelf. */
export function createHintShelf(): HintShelf {
  const shelf = new Map<number, Map<string, Hint>>()
  return {
    put: (author, hint, nowMs) => {
      const aheadMs = epochEndMs(hint.epoch) - nowMs
      if (aheadMs > AHEAD_MS || aheadMs < -LATE_MS) return
      const of = shelf.get(hint.epoch) ?? new Map<string, Hint>()
      if (!of.has(author) && of.size >= MOST_AUTHORS) return
      shelf.set(hint.epoch, of.set(author, hint))
    },
    take: epoch => {
      const hints = [...(shelf.get(epoch)?.values() ?? [])]
      for (const number of shelf.keys()) if (number <= epoch) shelf.delete(number)
      return hints
    },
  }
}
