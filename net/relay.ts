import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import type { ConnectionGater } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { ipIn, isLoopback } from './addresses.ts'
import { type FollowLimits, follow } from './follow.ts'
import { type GossipRouter, RELAY_GOSSIP, RESULTS } from './gossip.ts'
import { type GuardLimits, guard } from './guard.ts'
import { heartbeat } from './heartbeat.ts'
import { keeper } from './keeper.ts'
import type { Relay, Validate } from './ports.ts'
import { scoreTopics } from './scores.ts'

/** Bounds of a relay. */
export interface RelayLimits extends Partial<GuardLimits>, Partial<FollowLimits> {
  readonly maxConnections?: number
  readonly maxReservations?: number
  /** Connections from one address; loopback is exempt. */
  readonly maxPerIp?: number
  /** Bytes and time that one circuit may carry. */
  readonly circuitBytes?: number
  readonly circuitMs?: number
}

/** How to run a relay. */
export interface RelayOptions {
  /** WebSocket port; 0 takes a free one. */
  readonly port: number
  readonly host?: string
  /** Addresses to give out instead of the listening ones (a name, wss). */
  readonly announce?: readonly string[]
  /** 32 bytes that fix the peer id. */
  readonly seed?: Uint8Array
  /** Addresses of other relays to mesh with. */
  readonly peers?: readonly string[]
  readonly limits?: RelayLimits
  readonly validate?: Validate
  /** Reads the author out of a gossip message, for the bucket per author. */
  readonly authorOf?: (data: Uint8Array) => string | undefined
  readonly now?: () => number
  readonly random?: () => number
  /** Leaves ping us more often; this only clears away those that are gone. */
  readonly pingMs?: number
}

/** Starts a relay on a WebSocket port. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  const { limits = {}, validate, now = Date.now, random = Math.random } = options
  const perIp = limits.maxPerIp ?? 64
  const gater: ConnectionGater = {
    denyDialMultiaddr: () => false,
    denyInboundConnection: ({ remoteAddr }) => {
      const ip = ipIn(remoteAddr.toString())
      if (isLoopback(ip)) return false
      return node.getConnections().filter(c => ipIn(c.remoteAddr.toString()) === ip).length >= perIp
    },
  }
  const node = await createLibp2p({
    start: false,
    ...(options.seed && { privateKey: await generateKeyPairFromSeed('Ed25519', options.seed) }),
    addresses: {
      listen: [`/ip4/${options.host ?? '0.0.0.0'}/tcp/${options.port}/ws`],
      ...(options.announce && { announce: [...options.announce] }),
    },
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      maxConnections: limits.maxConnections ?? 2000,
      inboundConnectionThreshold: 1000,
      maxIncomingPendingConnections: 200,
    },
    connectionMonitor: { enabled: false },
    connectionGater: gater,
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping({ maxInboundStreams: 8 }),
      circuits: circuitRelayServer({
        maxInboundHopStreams: 1024,
        maxOutboundHopStreams: 1024,
        maxOutboundStopStreams: 1024,
        reservations: {
          maxReservations: limits.maxReservations ?? 2000,
          defaultDataLimit: BigInt(limits.circuitBytes ?? 64 * 1024 * 1024),
          defaultDurationLimit: limits.circuitMs ?? 12 * 3_600_000,
        },
      }),
      gossip: gossipsub(RELAY_GOSSIP),
    },
  })
  await node.start()
  const router = node.services.gossip as GossipRouter
  scoreTopics(router.opts.scoreParams)
  const others = keeper({ node, addrs: options.peers ?? [], want: Number.POSITIVE_INFINITY, random, now })
  const isHub = (peer: string): boolean => others.relays.some(r => r.id.toString() === peer)
  const join = (topic: string): void => {
    if (validate !== undefined)
      router.topicValidators.set(topic, async (_, m) => RESULTS[await validate(topic, m.data)])
    router.subscribe(topic)
  }
  const following = follow(router, join, now, limits)
  const guarded = guard({
    router,
    gater,
    hangUp: peer => node.hangUp(peer),
    tierOf: peer => (isHub(peer) ? 'hub' : following.isRelay(peer) ? 'relay' : 'leaf'),
    authorOf: options.authorOf,
    now,
    limits,
  })
  const beat = heartbeat({ node, everyMs: options.pingMs ?? 10_000 })
  return {
    peerId: node.peerId.toString(),
    addrs: node.getMultiaddrs().map(String),
    mesh: others.add,
    stats: () => ({
      connections: node.getConnections().length,
      reservations: node.services.circuits.reservations.size,
      topics: router.getTopics().length,
      ...guarded,
    }),
    stop: async () => {
      beat.stop()
      others.stop()
      following.stop()
      await node.stop()
    },
  }
}
