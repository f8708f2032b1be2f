import type { Rate } from '@hexhail/protocol/limits.ts'

/** A rate for each sort of neighbour: a leaf, a relay that is proven, a relay of our own list. */
export type TierRates = { readonly leaf: Rate; readonly relay: Rate; readonly hub: Rate }

/** Limits of the guard. `leaf`, `relay` and `hub` are messages. */
export interface GuardLimits extends TierRates {
  /** Of one message. */
  readonly maxBytes: number
  /** Topics that a leaf may follow at a time. */
  readonly maxTopics: number
  /** Topics that a relay may follow at a time. */
  readonly maxRelayTopics: number
  /** Messages that one neighbour hands over in the name of one author. */
  readonly author: Rate
  /** Messages of one leaf in one topic: it is one person. */
  readonly leafTopic: Rate
  /** The same in a topic of transit: it is a fleet. */
  readonly leafFeed: Rate
  /** Messages of all leaves of one network (/24) in one topic: who is cut off comes again under a new name. */
  readonly networkTopic: Rate
  /** The same in a topic of transit. */
  readonly networkFeed: Rate
  /** Bytes of RPCs, RPCs, and changes of what is followed. */
  readonly bytes: TierRates
  readonly rpcs: TierRates
  readonly follows: TierRates
  /** How long a peer that was cut off is refused. */
  readonly denyMs: number
}

const NO_LIMIT: Rate = { perS: Number.MAX_SAFE_INTEGER, burst: Number.MAX_SAFE_INTEGER }
const KIB = 1024

/**
 * Limits that suit a relay and a leaf alike: reference/trust.md section 4. An honest leaf sends a request in a few
 * topics every few seconds, follows two topics and those of its conversations, and tells for each message that it hears
 * that it needs no other copy (30 bytes). In one topic it says what one author may (`GOSSIP_RATES.authorInTopic`), and a
 * network a tenth of what a topic carries.
 */
export const GUARD_LIMITS: GuardLimits = {
  maxBytes: 2048,
  maxTopics: 16,
  maxRelayTopics: 8000,
  author: { perS: 2, burst: 20 },
  leafTopic: { perS: 0.5, burst: 6 },
  leafFeed: { perS: 2, burst: 20 },
  networkTopic: { perS: 1, burst: 20 },
  networkFeed: { perS: 8, burst: 80 },
  leaf: { perS: 5, burst: 20 },
  relay: { perS: 50, burst: 200 },
  hub: { perS: 500, burst: 1000 },
  bytes: {
    leaf: { perS: 32 * KIB, burst: 512 * KIB },
    relay: { perS: 256 * KIB, burst: 4096 * KIB },
    hub: NO_LIMIT,
  },
  rpcs: { leaf: { perS: 100, burst: 1000 }, relay: { perS: 1000, burst: 5000 }, hub: NO_LIMIT },
  follows: { leaf: { perS: 2, burst: 64 }, relay: { perS: 50, burst: 8000 }, hub: NO_LIMIT },
  denyMs: 600_000,
}
