/** Tokens come back at `perS` a second up to `burst`. */
export interface Rate {
  readonly perS: number
  readonly burst: number
}

/** Token buckets by key, forgotten once they are full again; at most `maxKeys`, beyond which new keys are refused. */
export class Buckets {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #maxKeys: number
  readonly #levels = new Map<string, { tokens: number; atMs: number }>()
  #sweptAtMs: number

  constructor(rate: Rate, now: () => number, maxKeys = 50_000) {
    this.#rate = rate
    this.#now = now
    this.#maxKeys = maxKeys
    this.#sweptAtMs = now()
  }

  /** Takes `count` tokens; false when there are fewer. */
  take(key: string, count = 1): boolean {
    const now = this.#now()
    this.#sweep(now)
    let level = this.#levels.get(key)
    if (level === undefined) {
      if (this.#levels.size >= this.#maxKeys) return false
      this.#levels.set(key, (level = { tokens: this.#rate.burst, atMs: now }))
    }
    level.tokens = Math.min(
      this.#rate.burst,
      level.tokens + (Math.max(0, now - level.atMs) / 1000) * this.#rate.perS,
    )
    level.atMs = now
    if (level.tokens < count) return false
    level.tokens -= count
    return true
  }

  #sweep(now: number): void {
    const fullAfterMs = (this.#rate.burst / this.#rate.perS) * 1000
    if (now - this.#sweptAtMs < fullAfterMs) return
    this.#sweptAtMs = now
    for (const [key, level] of this.#levels) if (now - level.atMs >= fullAfterMs) this.#levels.delete(key)
  }
}
