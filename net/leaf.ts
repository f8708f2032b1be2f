import type { Tier } from '@hexhail/protocol/validate.ts'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import type { Connection, ConnectionGater, Stream, Transport } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { peerIdFromString } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { circuitAddr, circuitTargets } from './addresses.ts'
import { afterTimeout } from './after.ts'
import { cutOff } from './cut-off.ts'
import { type Attempt, firstOf } from './first-of.ts'
import { type GossipRouter, LEAF_GOSSIP, RESULTS } from './gossip.ts'
import { guard } from './guard.ts'
import type { GuardLimits } from './guard-limits.ts'
import { heartbeat } from './heartbeat.ts'
import { idleCircuits } from './idle-circuits.ts'
import { isDirect, keeper } from './keeper.ts'
import type { LeafMeter } from './leaf-meter.ts'
import { learnRelays, type RelaySources } from './learn-relays.ts'
import { streamLink } from './link.ts'
import type { Leaf, LeafStatus, Link, Validate } from './ports.ts'
import { askRelays } from './presence.ts'
import { ReservationBook } from './reservations.ts'
import { scoreTopics } from './scores.ts'
import { boundRpcs } from './split-rpc.ts'
import { topicHold } from './topic-hold.ts'
import { onWake } from './wake.ts'
import { askedBits } from './work-mark.ts'

/** Streams of one protocol that a peer may hold open at a time. */
const MAX_STREAMS = 4

/** After sleep most connections are dead, and somebody is looking at the screen. */
const WAKE_PING_MS = 1500

/** A way to a peer that has led nowhere for so long is no longer waited for alone. */
const HEAD_START_MS = 1000

/** How to run a leaf. */
export interface LeafOptions {
  /** Multiaddrs of relays, each with /p2p/<id>. */
  readonly relays: readonly string[]
  /** Where it learns of more relays; without it only `relays` are used. */
  readonly sources?: RelaySources
  readonly validate: Validate
  /** Relays to hold at a time; 2 unless told. */
  readonly want?: number
  /** Reads the author out of a gossip message, for the bucket per author. */
  readonly authorOf?: (data: Uint8Array) => string | undefined
  readonly now: () => number
  readonly random: () => number
  readonly limits?: Partial<GuardLimits>
  readonly meter?: LeafMeter
  readonly holdMs?: number
  readonly pingMs?: number
  /** Time between two questions to a relay that gave no reservation. */
  readonly askMs?: number
}

const ASK_MS = 5000

/** Starts a leaf with a new peer id; relays are dialled in the background, for ever. */
export async function createLeaf(options: LeafOptions): Promise<Leaf> {
  const { validate, now, random, want = 2 } = options
  const gater: ConnectionGater = { denyDialMultiaddr: () => false }
  const book = new ReservationBook(relay => node.getConnections(relay).some(isDirect))
  let dialCircuit!: (addr: string, signal: AbortSignal) => Promise<Connection>
  const node = await createLibp2p({
    // One search for each relay wanted: a listener holds one reservation.
    addresses: { listen: Array<string>(want).fill('/p2p-circuit') },
    transports: [
      webSockets(),
      (components): Transport => {
        const circuits = circuitRelayTransport({ reservationConcurrency: want + 1 })(components)
        const { upgrader } = components
        dialCircuit = async (addr, signal) => circuits.dial(multiaddr(addr), { signal, upgrader })
        return book.watch(circuits)
      },
    ],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      // Counted per host, and all relayed peers come from the relay's.
      inboundConnectionThreshold: 100,
      maxIncomingPendingConnections: 50,
      addressDialTimeout: 3000,
      reconnectRetries: 0,
    },
    connectionMonitor: { enabled: false },
    connectionGater: gater,
    ...(options.meter && { metrics: () => options.meter!.bytes.metrics }),
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping({ maxInboundStreams: 8 }),
      gossip: gossipsub(LEAF_GOSSIP),
    },
  })
  const router = node.services.gossip as GossipRouter
  scoreTopics(router.opts.scoreParams)
  boundRpcs(router)
  const relays = keeper({ node, addrs: options.relays, want, random, now })
  const known = (): Map<string, string> =>
    new Map(relays.relays.map(r => [r.id.toString(), r.addr.toString()]))
  const isKept = (peer: string): boolean => relays.relays.some(r => r.id.toString() === peer)
  const tierOf = (peer: string): Tier => {
    const source = relays.relays.find(r => r.id.toString() === peer)?.source
    return source === undefined ? 'leaf' : source === 'given' ? 'hub' : 'relay'
  }
  guard({
    router,
    gater,
    cutOff: peer => cutOff(node, peer),
    tierOf,
    authorOf: options.authorOf,
    now,
    limits: options.limits,
  })
  options.meter?.watch(router)
  const beat = heartbeat({ node, ...(options.pingMs !== undefined && { everyMs: options.pingMs }) })

  const stopLearning =
    options.sources &&
    learnRelays({ ...options.sources, node, router, keeper: relays, given: options.relays, now })

  let isStopped = false
  const topics = topicHold({
    holdMs: options.holdMs ?? 60_000,
    join: topic => {
      if (isStopped) return
      router.topicValidators.set(topic, async (from, message) => {
        const id = from.toString()
        const verdict = await validate(topic, message.data, { id, tier: tierOf(id) })
        // A clock that is off must not make us hang up the relays that we depend on.
        return RESULTS[verdict === 'reject' && isKept(id) ? 'ignore' : verdict]
      })
      router.subscribe(topic)
    },
    leave: topic => {
      if (isStopped) return
      router.unsubscribe(topic)
      router.topicValidators.delete(topic)
    },
  })
  router.addEventListener('gossipsub:message', ({ detail: { msg, propagationSource } }) =>
    topics.deliver(msg.topic, msg.data, propagationSource.toString()),
  )

  const peerId = node.peerId.toString()
  const addrs = (): string[] =>
    relays
      .connected()
      .filter(r => book.has(r.id))
      .map(r => circuitAddr(r.addr.toString(), peerId))
  const watchers = new Set<(status: LeafStatus) => void>()
  const tell = (): void => {
    for (const fn of watchers) fn({ relays: relays.connected().length, addrs: addrs() })
  }
  node.addEventListener('connection:open', tell)
  node.addEventListener('connection:close', tell)
  book.onChange(tell)
  router.addEventListener('subscription-change', tell)
  // A relay that was full or slow when we met it has room or time later.
  const asking = setInterval(() => {
    for (const { id } of relays.connected()) book.ask(id)
  }, options.askMs ?? ASK_MS)
  const stopWake = onWake(() => {
    beat.beat(WAKE_PING_MS)
    relays.hurry()
  })

  /** Ways to a peer: a connection that is there, then one after the other relay that both may be on. */
  const waysTo = (addresses: readonly string[]): Attempt<Connection>[] => {
    const found = circuitTargets(addresses, known())
    if (found === undefined || found.targets.length === 0)
      throw new Error('None of the addresses may be dialled.')
    const open = node.getConnections(peerIdFromString(found.peer)).filter(c => c.status === 'open')
    const best = open.find(isDirect) ?? open[0]
    const isUp = new Set(relays.connected().map(r => r.id.toString()))
    const targets = found.targets.toSorted((a, b) => Number(isUp.has(b.relay)) - Number(isUp.has(a.relay)))
    return [
      ...(best === undefined ? [] : [async () => best]),
      // Not by the node's queue: it takes a second dial of a peer for the first one.
      ...targets.map(
        ({ addr }) =>
          (signal: AbortSignal) =>
            dialCircuit(addr, signal),
      ),
    ]
  }

  const protocols = new Set<string>()
  const tidy = idleCircuits(protocol => protocols.has(protocol))
  const linkOn = (stream: Stream, connection: Connection): Link => {
    const link = streamLink(stream, connection)
    stream.addEventListener('close', () => tidy(connection))
    return link
  }

  return {
    peerId,
    addrs,
    connectedRelays: () => relays.connected().length,
    onStatus: fn => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    audience: topic => router.getSubscribers(topic).length,
    workBits: isBonded =>
      askedBits(
        router,
        relays.connected().map(r => r.id.toString()),
        isBonded,
      ),
    presence: topics =>
      askRelays(
        node,
        relays.connected().map(r => r.id),
        topics,
      ),
    publish: async (topic, data) => (isStopped ? 0 : (await router.publish(topic, data)).recipients.length),
    subscribe: topics.subscribe,
    handle: (protocol, fn) => {
      protocols.add(protocol)
      void node.handle(protocol, (stream, connection) => fn(linkOn(stream, connection)), {
        maxInboundStreams: MAX_STREAMS,
        maxOutboundStreams: MAX_STREAMS,
        runOnLimitedConnection: true,
        force: true, // the newest taker: a page's next trip has conversations of its own
      })
    },
    dial: async (addresses, protocol, { signal }) => {
      protocols.add(protocol)
      const links = waysTo(addresses).map(way => async (given: AbortSignal) => {
        const connection = await way(given)
        const stream = await connection.newStream(protocol, {
          signal: given,
          runOnLimitedConnection: true,
          maxOutboundStreams: MAX_STREAMS,
        })
        return linkOn(stream, connection)
      })
      return firstOf(links, { headStartMs: HEAD_START_MS, signal, after: afterTimeout })
    },
    stop: async () => {
      isStopped = true
      stopWake()
      clearInterval(asking)
      stopLearning?.()
      beat.stop()
      relays.stop()
      topics.stop()
      watchers.clear()
      await node.stop()
    },
  }
}
