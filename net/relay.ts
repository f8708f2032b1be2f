import type { AskedWork } from '@hexhail/protocol/asked-work.ts'
import type { Rate } from '@hexhail/protocol/limits.ts'
import type { Tier } from '@hexhail/protocol/validate.ts'
import { peerIdFromString } from '@libp2p/peer-id'
import { peerOf } from './addresses.ts'
import { cutOff } from './cut-off.ts'
import { type FollowLimits, follow } from './follow.ts'
import { RESULTS } from './gossip.ts'
import { guard } from './guard.ts'
import type { GuardLimits } from './guard-limits.ts'
import { heartbeat } from './heartbeat.ts'
import { keeper } from './keeper.ts'
import type { GossipVerdict, Relay, Validate } from './ports.ts'
import { answerPresence } from './presence.ts'
import { relayClaims } from './relay-claims.ts'
import { type Discovery, type DiscoveryLimits, discoverRelays } from './relay-discovery.ts'
import { type NodeLimits, type RelayNodeOptions, startRelayNode } from './relay-node.ts'
import { scoreTopics } from './scores.ts'
import { boundRpcs } from './split-rpc.ts'
import { announceBonds, announceWork } from './work-mark.ts'

/** Bounds of a relay. */
export interface RelayLimits extends NodeLimits, Partial<GuardLimits>, Partial<FollowLimits> {}

/** How to run a relay. */
export interface RelayOptions extends Omit<RelayNodeOptions, 'now'> {
  /** WebSocket port; 0 takes a free one. */
  readonly port: number
  readonly host?: string
  /** Addresses to give out instead of the listening ones (a name, wss). */
  readonly announce?: readonly string[]
  /** 32 bytes that fix the peer id. */
  readonly seed?: Uint8Array
  /** Addresses of other relays to mesh with. */
  readonly peers?: readonly string[]
  /** Finds the other relays of a chain, and is found by them; without it only `peers` are met. */
  readonly discovery?: DiscoveryLimits
  /** What became of each relay record that gossip brought. */
  readonly onRecord?: (verdict: GossipVerdict, code: string) => void
  readonly limits?: RelayLimits
  readonly validate?: Validate
  /** The work that is asked of leaves, which `validate` enforces: told to them. */
  readonly asked?: AskedWork
  /** Whether `validate` asks bonded keys for no more than the usual work: told to leaves. */
  readonly takesBonds?: boolean
  /** Reads the author out of a gossip message, for the bucket per author. */
  readonly authorOf?: (data: Uint8Array) => string | undefined
  readonly now?: () => number
  readonly random?: () => number
  /** Leaves ping us more often; this only clears away those that are gone. */
  readonly pingMs?: number
}

/** What another relay may pass on to us; in a large city it is what a whole district asks for. */
const RELAY_RATE: Rate = { perS: 150, burst: 600 }

/** Starts a relay. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  const { limits = {}, validate, asked, now = Date.now, random = Math.random } = options
  const started = await startRelayNode({ ...options, now })
  const { node, key, router, gater, bytes, reservations, setTls } = started
  scoreTopics(router.opts.scoreParams)
  boundRpcs(router)
  const others = keeper({ node, addrs: options.peers ?? [], want: Number.POSITIVE_INFINITY, random, now })
  const isHub = (peer: string): boolean =>
    others.relays.some(r => r.source === 'given' && r.id.toString() === peer)
  let found: Discovery | undefined
  const claims = relayClaims(now)
  /** What a relay that is known by now said before: it says it again when it comes anew. */
  const settle = (peer: string): void => {
    if (claims.settle(peer)) cutOff(node, peerIdFromString(peer))
  }
  const isFound = (peer: string): boolean => found?.table.get(peer) !== undefined
  const tierOf = (peer: string): Tier => (isHub(peer) ? 'hub' : isFound(peer) ? 'relay' : 'leaf')
  const isRelay = (peer: string): boolean => tierOf(peer) !== 'leaf'
  const join = (topic: string): void => {
    if (validate !== undefined)
      router.topicValidators.set(topic, async (from, m) => {
        const id = from.toString()
        return RESULTS[await validate(topic, m.data, { id, tier: tierOf(id) })]
      })
    router.subscribe(topic)
  }
  const stopFollowing = follow(router, join, isRelay, now, limits)
  const stopTelling = asked && announceWork(router, asked, now)
  if (options.takesBonds) announceBonds(router)
  const guarded = guard({
    router,
    gater,
    cutOff: peer => cutOff(node, peer),
    tierOf,
    claims,
    authorOf: options.authorOf,
    networkOf: started.networkOf,
    now,
    limits: { relay: RELAY_RATE, ...limits },
  })
  answerPresence({ node, router, isRelay, now })
  found =
    options.discovery &&
    discoverRelays({
      ...options.discovery,
      onFound: peer => {
        options.discovery?.onFound?.(peer)
        settle(peer)
      },
      node,
      key,
      router,
      keeper: others,
      now,
      onVerdict: options.onRecord,
    })
  const beat = heartbeat({ node, everyMs: options.pingMs ?? 10_000 })
  return {
    peerId: node.peerId.toString(),
    addrs: node.getMultiaddrs().map(String),
    mesh: addr => {
      others.add(addr)
      settle(peerOf(addr) ?? '')
    },
    known: () => found?.table.list().map(record => record.peer) ?? [],
    setTls,
    stats: () => ({
      connections: node.getConnections().length,
      reservations: reservations(),
      topics: router.getTopics().length,
      relays: others.connected().length,
      bytesIn: bytes.bytesIn,
      bytesOut: bytes.bytesOut,
      ...guarded,
    }),
    stop: async () => {
      found?.stop()
      beat.stop()
      others.stop()
      stopFollowing()
      stopTelling?.()
      await node.stop()
    },
  }
}
