import { createBuckets, type Rate } from '@hexhail/protocol/limits.ts'
import type { Tier } from '@hexhail/protocol/validate.ts'
import type { ConnectionGater, PeerId } from '@libp2p/interface'
import type { GossipRouter, GossipRpc } from './gossip.ts'
import { GUARD_LIMITS, type GuardLimits } from './guard-limits.ts'
import { watchIntake } from './intake.ts'
import type { RelayClaims } from './relay-claims.ts'
import { isRelaysTopic, isTopic, isTransitTopic, RELAY_TOPIC } from './topics.ts'

/** What the guard needs to know of its node. */
export interface GuardOptions {
  readonly router: GossipRouter
  readonly gater: ConnectionGater
  /** Ends all connections of a peer at once, without a goodbye. */
  readonly cutOff: (peer: PeerId) => void
  readonly tierOf: (peer: string) => Tier
  /** Leaves that say that they are relays; without it nobody is given time to be proven. */
  readonly claims?: RelayClaims | undefined
  /** Reads the author out of a message without checking anything; undefined when it cannot. */
  readonly authorOf?: ((data: Uint8Array) => string | undefined) | undefined
  /** The network that a leaf comes from; undefined for one that no network's limit binds. */
  readonly networkOf?: ((peer: PeerId) => string | undefined) | undefined
  readonly now: () => number
  readonly limits?: Partial<GuardLimits> | undefined
}

/** What the guard has done so far. */
export interface GuardStats {
  dropped: number
  kicked: number
}

/** What a neighbour is blamed with, in gossipsub's P7 points: above six they count, at twelve they graylist. */
const BLAME = { message: 0.2, topic: 0.2, rpc: 0.5, spoiled: 4 } as const

/**
 * Stands before every signature check: drops RPCs beyond a link's bytes, messages of topics that are not followed, too
 * long ones, and those beyond the buckets per link, (link, topic), (link, author) and (network, topic). A leaf sends only
 * its own messages, so it pays for each drop but those that its neighbours on the network caused; a relay forwards what
 * others wrote and is not blamed for it. A leaf that says it is a relay gets no more than any leaf until that is proven,
 * but for a moment it is not blamed. Graylisted peers are
 * cut off and refused for a while, which gossipsub alone never does. Hubs (relays that we chose ourselves) never are.
 */
export function guard(options: GuardOptions): GuardStats {
  const { router, gater, cutOff, tierOf, claims, authorOf, networkOf, now } = options
  const limits = { ...GUARD_LIMITS, ...options.limits }
  const stats: GuardStats = { dropped: 0, kicked: 0 }
  const perTier = (rates: Readonly<Record<Tier, Rate>>) => ({
    leaf: createBuckets(rates.leaf),
    relay: createBuckets(rates.relay),
    hub: createBuckets(rates.hub),
  })
  const authors = createBuckets(limits.author)
  const leafTopics = { person: createBuckets(limits.leafTopic), fleet: createBuckets(limits.leafFeed) }
  const networkTopics = {
    person: createBuckets(limits.networkTopic),
    fleet: createBuckets(limits.networkFeed),
  }
  const links = perTier(limits)
  const [bytes, rpcs, follows] = [perTier(limits.bytes), perTier(limits.rpcs), perTier(limits.follows)]
  const deniedUntilMs = new Map<string, number>()
  const isDenied = (peer: string): boolean => (deniedUntilMs.get(peer) ?? 0) > now()
  const denyInbound = gater.denyInboundEncryptedConnection?.bind(gater)
  gater.denyInboundEncryptedConnection = async (peer, connection) =>
    isDenied(peer.toString()) || ((await denyInbound?.(peer, connection)) ?? false)

  const kick = (from: PeerId): void => {
    const peer = from.toString()
    if (tierOf(peer) === 'hub' || isDenied(peer)) return
    for (const [id, untilMs] of deniedUntilMs) if (untilMs <= now()) deniedUntilMs.delete(id)
    deniedUntilMs.set(peer, now() + limits.denyMs)
    stats.kicked++
    cutOff(from)
  }
  const judge = (from: PeerId): void => {
    const peer = from.toString()
    if (router.getScore(peer) < router.opts.scoreThresholds.graylistThreshold) kick(from)
  }
  const blame = (from: PeerId, points: number): void => {
    const peer = from.toString()
    if (tierOf(peer) === 'hub') return
    router.score.addPenalty(peer, points, 'guard')
    router.score.scoreCache.delete(peer) // else the last word would be a second old
    judge(from)
  }

  const passes = (peer: string, tier: Tier, { topic, data }: GossipRpc['messages'][number]): boolean => {
    if (topic === undefined || data === undefined || !isTopic(topic)) return false
    if (!router.subscriptions.has(topic) || data.length > limits.maxBytes) return false
    if (!links[tier].take(peer, now())) return false
    if (tier === 'leaf' && !leafTopics[speakerIn(topic)].take(peer + topic, now())) return false
    return authorOf === undefined || authors.take(`${peer} ${authorOf(data) ?? ''}`, now())
  }
  /** Whether a leaf's network has not used up its share of a topic. */
  const hasShare = (from: PeerId, { topic = '' }: GossipRpc['messages'][number]): boolean => {
    const network = networkOf?.(from)
    return network === undefined || networkTopics[speakerIn(topic)].take(`${network} ${topic}`, now())
  }
  const isWaiting = (peer: string, tier: Tier): boolean =>
    tier === 'leaf' && (claims?.isWaiting(peer) ?? false)
  /** Leaves the subscriptions that a peer may have, and returns how many it is to blame for. */
  const keepFollows = (peer: string, tier: Tier, rpc: GossipRpc): number => {
    const isRelay = tier !== 'leaf'
    if (!isRelay && rpc.subscriptions.some(s => s.topic === RELAY_TOPIC && s.subscribe)) claims?.claim(peer)
    const waits = isWaiting(peer, tier)
    const rate = follows[waits ? 'relay' : tier]
    let free = (isRelay ? limits.maxRelayTopics : limits.maxTopics) - topicsOf(router, peer)
    let refused = 0
    rpc.subscriptions = rpc.subscriptions.filter(({ topic = '', subscribe }) => {
      const isInTime = rate.take(peer, now())
      if (isInTime && (subscribe !== true || topic === RELAY_TOPIC)) return true
      if (isInTime && waits && !isRelaysTopic(topic)) claims?.withhold(peer)
      else if (isInTime && topic.length < 100 && (isRelay || isTopic(topic)) && --free >= 0) return true
      else refused++
      return false
    })
    return refused
  }

  watchIntake(router, {
    admit: (from, length) => {
      const peer = from.toString()
      if (isDenied(peer)) return 'stop'
      const tier = tierOf(peer)
      const room = bytes[isWaiting(peer, tier) ? 'relay' : tier]
      if (rpcs[tier].take(peer, now()) && room.take(peer, now(), length)) return 'decode'
      blame(from, BLAME.rpc)
      return 'drop'
    },
    spoiled: from => blame(from, BLAME.spoiled),
    tooLong: kick,
  })
  const inner = router.handleReceivedRpc.bind(router)
  router.handleReceivedRpc = (from, rpc) => {
    const peer = from.toString()
    if (isDenied(peer)) return Promise.resolve()
    const tier = tierOf(peer)
    const refused = rpc.subscriptions.length > 0 ? keepFollows(peer, tier, rpc) : 0
    const asked = rpc.messages.length
    rpc.messages = rpc.messages.filter(message => passes(peer, tier, message))
    const dropped = asked - rpc.messages.length
    if (tier === 'leaf') rpc.messages = rpc.messages.filter(message => hasShare(from, message))
    stats.dropped += asked - rpc.messages.length
    const isToBlame = tier === 'leaf' && !isWaiting(peer, tier)
    const points = (isToBlame ? dropped * BLAME.message : 0) + refused * BLAME.topic
    if (points > 0) blame(from, points)
    else judge(from)
    return isDenied(peer) ? Promise.resolve() : inner(from, rpc)
  }
  // Scores sink also by what the check rejects later, so the last word is the heartbeat's.
  router.addEventListener('gossipsub:heartbeat', () => {
    for (const peer of router.getPeers()) judge(peer)
  })
  return stats
}

const speakerIn = (topic: string): 'person' | 'fleet' => (isTransitTopic(topic) ? 'fleet' : 'person')

/** Upper estimate of the topics a peer follows: gossipsub books 1 KiB and the name's length for each. */
const topicsOf = (router: GossipRouter, peer: string): number =>
  Math.floor((router.peerTopicBytes.get(peer) ?? 0) / 1024)
