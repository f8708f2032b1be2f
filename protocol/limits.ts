/** Tokens come back at `perS` a second up to `burst`. */
export interface Rate {
  readonly perS: number
  readonly burst: number
}

/** Token buckets by key, with the time passed in. */
export interface Buckets {
  readonly size: number
  /** Whether `take` would find a token. */
  has(key: string, nowMs: number): boolean
  /** Takes a token, or `count`, from the key's bucket; false when it has fewer. */
  take(key: string, nowMs: number, count?: number): boolean
}

/**
 * Makes buckets of one rate. Those that are full again are forgotten; at most `maxKeys` are kept, and the longest untouched
 * give way: a crowd of new keys must not shut out who comes next.
 */
export function createBuckets({ perS, burst }: Rate, maxKeys = 20_000): Buckets {
  const levels = new Map<string, { readonly tokens: number; readonly atMs: number }>()
  const fullAfterMs = (burst / perS) * 1000
  /** Makes room for one key; more are let go than come, for the map is in the order of last use. */
  const forget = (nowMs: number): void => {
    let count = 0
    for (const [key, { atMs }] of levels) {
      if (levels.size < maxKeys && (++count > 2 || nowMs - atMs < fullAfterMs)) return
      levels.delete(key)
    }
  }
  const tokensOf = (key: string, nowMs: number): number => {
    const level = levels.get(key)
    if (level === undefined) return burst
    return Math.min(burst, level.tokens + (Math.max(0, nowMs - level.atMs) * perS) / 1000)
  }
  return {
    get size() {
      return levels.size
    },
    has: (key, nowMs) => tokensOf(key, nowMs) >= 1,
    take(key, nowMs, count = 1) {
      const tokens = tokensOf(key, nowMs)
      levels.delete(key) // to the end of the map: its order is that of the last use
      forget(nowMs)
      levels.set(key, { tokens: tokens >= count ? tokens - count : tokens, atMs: nowMs })
      return tokens >= count
    },
  }
}

/** Rates of the gossip check. */
export interface GossipRates {
  /** What one key may say in all topics: one request walks through up to 12 of them. */
  readonly author: Rate
  /** What one key may say in one topic. */
  readonly authorInTopic: Rate
  /** What a key of a transit operator may say in all topics: its messages carry up to 16 entities each. */
  readonly operator: Rate
  /** What one topic carries. */
  readonly topic: Rate
  /** What the epoch topic of a res-5 cell carries: three to four words a ride, of all rides of 250 km². */
  readonly epochTopic: Rate
  readonly all: Rate
}

/**
 * Enough for a busy city: midtown Manhattan asks for about 150 rides a minute in a res-7 cell, each in two or three
 * topics, so a topic must carry more than the 30 a minute that reference/trust.md starts from.
 */
export const GOSSIP_RATES: GossipRates = {
  author: { perS: 0.5, burst: 24 },
  authorInTopic: { perS: 0.2, burst: 6 },
  operator: { perS: 2, burst: 40 },
  topic: { perS: 10, burst: 120 },
  epochTopic: { perS: 40, burst: 400 },
  all: { perS: 500, burst: 1000 },
}

/** Who says what where, as far as the buckets care. */
export interface GossipSource {
  readonly topic: string
  readonly author: string
  /** Whether it is an epoch's topic. */
  readonly isEpoch?: boolean
  /** A topic of transit: the author is held to `operator`, not to what a person says. */
  readonly isTransit?: boolean
}

/**
 * The buckets of a gossip check. Before its signature is checked a message can be anybody's, so only the neighbour who
 * handed it over pays for it, in the network's guard; author and topic are charged once it is known to be the author's.
 * Else a forger could empty the bucket of an author, or of a whole cell, with junk.
 */
export interface GossipLimits {
  /** Name of a bucket that is empty, or null when the message may be looked at. */
  over(source: GossipSource, nowMs: number): keyof GossipRates | null
  /** Charges the author and the topic of a message whose signature is good; as `over`. */
  charge(source: GossipSource, nowMs: number): keyof GossipRates | null
}

/** Makes the buckets of a gossip check. */
export function createGossipLimits(rates: GossipRates = GOSSIP_RATES): GossipLimits {
  const bucket = (name: keyof GossipRates, key: (source: GossipSource) => string | null) => ({
    name,
    buckets: createBuckets(rates[name]),
    key,
  })
  const charged = [
    bucket('author', s => (s.isTransit ? null : s.author)),
    bucket('authorInTopic', s => (s.isTransit ? null : s.topic + s.author)),
    bucket('operator', s => (s.isTransit ? s.author : null)),
    bucket('topic', s => (s.isEpoch ? null : s.topic)),
    bucket('epochTopic', s => (s.isEpoch ? s.topic : null)),
    bucket('all', () => ''),
  ]
  return {
    over(source, nowMs) {
      for (const { name, buckets, key } of charged) {
        const of = key(source)
        if (of !== null && !buckets.has(of, nowMs)) return name
      }
      return null
    },
    charge(source, nowMs) {
      for (const { name, buckets, key } of charged) {
        const of = key(source)
        if (of !== null && !buckets.take(of, nowMs)) return name
      }
      return null
    },
  }
}
