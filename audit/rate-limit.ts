/** How much one caller may ask: `burst` at once, then `perS` a second. */
export interface RateRule {
  readonly burst: number
  readonly perS: number
}

/** Callers remembered at once; the one longest away is forgotten first. */
const MOST_CALLERS = 10_000

/** A token bucket for each caller. `allow` takes one token and says whether there was one. */
export function createRateLimit({ burst, perS }: RateRule): {
  allow(caller: string, nowMs: number): boolean
} {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return {
    allow(caller, nowMs) {
      const known = buckets.get(caller) ?? { tokens: burst, atMs: nowMs }
      const tokens = Math.min(burst, known.tokens + (Math.max(0, nowMs - known.atMs) / 1_000) * perS)
      buckets.delete(caller)
      if (buckets.size >= MOST_CALLERS) buckets.delete(buckets.keys().next().value as string)
      buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs })
      return tokens >= 1
    },
  }
}
