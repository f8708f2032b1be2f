import type { ConnectionGater, PeerId } from '@libp2p/interface'
import { Buckets, type Rate } from './bucket.ts'
import type { GossipRouter, GossipRpc } from './gossip.ts'
import { isTopic, RELAY_TOPIC } from './topics.ts'

/** How far a neighbour is trusted with traffic: an edge peer, a relay that says so, a relay of our own list. */
export type Tier = 'leaf' | 'relay' | 'hub'

/** Limits of the guard, in messages. */
export interface GuardLimits {
  readonly maxBytes: number
  /** Topics that a leaf may follow at a time. */
  readonly maxTopics: number
  readonly author: Rate
  readonly leaf: Rate
  readonly relay: Rate
  readonly hub: Rate
  readonly denyMs: number
}

/** Limits that suit a relay and a leaf alike. */
const GUARD_LIMITS: GuardLimits = {
  maxBytes: 2048,
  maxTopics: 64,
  author: { perS: 2, burst: 20 },
  leaf: { perS: 5, burst: 40 },
  relay: { perS: 50, burst: 200 },
  hub: { perS: 500, burst: 1000 },
  denyMs: 600_000,
}

/** What the guard needs to know of its node. */
export interface GuardOptions {
  readonly router: GossipRouter
  readonly gater: ConnectionGater
  readonly hangUp: (peer: PeerId) => Promise<void>
  readonly tierOf: (peer: string) => Tier
  /** Reads the author out of a message without checking anything; undefined when it cannot. */
  readonly authorOf?: ((data: Uint8Array) => string | undefined) | undefined
  readonly now: () => number
  readonly limits?: Partial<GuardLimits> | undefined
}

/** What the guard has done so far. */
export interface GuardStats {
  dropped: number
  kicked: number
}

/**
 * Stands before every signature check: drops messages of topics that are not followed, too long ones, and those beyond
 * the buckets per link and per (link, author). A leaf sends only its own messages, so it pays for each drop;
 * a relay forwards what others wrote and is not blamed for it. Graylisted peers are hung up and refused for a while,
 * which gossipsub alone never does. Hubs (relays that we chose ourselves) are never hung up.
 */
export function guard(options: GuardOptions): GuardStats {
  const { router, gater, hangUp, tierOf, authorOf, now } = options
  const limits = { ...GUARD_LIMITS, ...options.limits }
  const stats: GuardStats = { dropped: 0, kicked: 0 }
  const authors = new Buckets(limits.author, now)
  const links = {
    leaf: new Buckets(limits.leaf, now),
    relay: new Buckets(limits.relay, now),
    hub: new Buckets(limits.hub, now),
  }
  const deniedUntilMs = new Map<string, number>()
  const isDenied = (peer: string): boolean => (deniedUntilMs.get(peer) ?? 0) > now()
  const denyInbound = gater.denyInboundEncryptedConnection?.bind(gater)
  gater.denyInboundEncryptedConnection = async (peer, connection) =>
    isDenied(peer.toString()) || ((await denyInbound?.(peer, connection)) ?? false)

  const kick = (from: PeerId, peer: string): void => {
    for (const [id, untilMs] of deniedUntilMs) if (untilMs <= now()) deniedUntilMs.delete(id)
    deniedUntilMs.set(peer, now() + limits.denyMs)
    stats.kicked++
    hangUp(from).catch(() => {})
  }
  const judge = (from: PeerId): void => {
    const peer = from.toString()
    if (tierOf(peer) === 'hub' || isDenied(peer)) return
    if (router.getScore(peer) < router.opts.scoreThresholds.graylistThreshold) kick(from, peer)
  }
  const passes = (peer: string, tier: Tier, message: { topic?: string; data?: Uint8Array }): boolean => {
    if (message.topic === undefined || message.data === undefined || !isTopic(message.topic)) return false
    if (!router.subscriptions.has(message.topic) || message.data.length > limits.maxBytes) return false
    if (!links[tier].take(peer)) return false
    return authorOf === undefined || authors.take(`${peer} ${authorOf(message.data) ?? ''}`)
  }
  const follows = (peer: string, tier: Tier, rpc: GossipRpc): void => {
    const isRelay = tier !== 'leaf' || rpc.subscriptions.some(s => s.topic === RELAY_TOPIC)
    let free = isRelay ? Number.POSITIVE_INFINITY : limits.maxTopics - topicsOf(router, peer)
    rpc.subscriptions = rpc.subscriptions.filter(({ topic, subscribe }) => {
      if (subscribe !== true) return true
      return topic !== undefined && (isRelay || isTopic(topic)) && --free >= 0
    })
  }
  const inner = router.handleReceivedRpc.bind(router)
  router.handleReceivedRpc = (from, rpc) => {
    const peer = from.toString()
    if (isDenied(peer)) return Promise.resolve()
    const tier = tierOf(peer)
    if (rpc.subscriptions.length > 0) follows(peer, tier, rpc)
    const kept = rpc.messages.filter(message => passes(peer, tier, message))
    const dropped = rpc.messages.length - kept.length
    rpc.messages = kept
    stats.dropped += dropped
    if (dropped > 0 && tier === 'leaf') router.score.addPenalty(peer, dropped / 5, 'guard')
    judge(from)
    return inner(from, rpc)
  }
  // Scores are computed at most once a second, so the last word is the heartbeat's.
  router.addEventListener('gossipsub:heartbeat', () => {
    for (const peer of router.getPeers()) judge(peer)
  })
  return stats
}

/** Upper estimate of the topics a peer follows: gossipsub books 1 KiB and the name's length for each. */
const topicsOf = (router: GossipRouter, peer: string): number =>
  Math.floor((router.peerTopicBytes.get(peer) ?? 0) / 1024)
