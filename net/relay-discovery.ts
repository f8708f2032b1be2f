import { createBuckets } from '@hexhail/protocol/limits.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import type { SubscriptionChangeData } from '@libp2p/gossipsub'
import type { Connection, Libp2p, PrivateKey } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { dialBack } from './dial-back.ts'
import { type GossipRouter, RESULTS } from './gossip.ts'
import type { Keeper, RelaySource } from './keeper.ts'
import type { GossipVerdict } from './ports.ts'
import { type RelayAddr, relayAddr, widestReach } from './reach.ts'
import { askRecords, relaysProtocol, serveRecords } from './relay-exchange.ts'
import { type RelayRecord, readRelayRecord, writeRelayRecord } from './relay-record.ts'
import { RelayTable } from './relay-table.ts'
import { RELAY_TOPIC, relaysTopic } from './topics.ts'

/** How relays of a chain find each other. */
export interface DiscoveryLimits {
  readonly chainId: number
  /** Relay addresses of the registry on the chain. */
  readonly registry?: () => Promise<readonly string[]>
  /** The IPs behind a name, so that no name can lead into our own network. */
  readonly resolve?: (name: string) => Promise<readonly string[]>
  /** Told of each relay that is found where its record says. */
  readonly onFound?: (peer: string) => void
  /** Time between two records of our own, and how long each stands. */
  readonly announceMs?: number
  readonly lifeMs?: number
}

/** What discovery works with. */
export interface DiscoveryOptions extends DiscoveryLimits {
  readonly node: Libp2p
  readonly key: PrivateKey
  readonly router: GossipRouter
  readonly keeper: Keeper
  readonly now: () => number
  /** What became of each record that gossip brought, for the metrics. */
  readonly onVerdict?: ((verdict: GossipVerdict, code: string) => void) | undefined
}

/** A relay's knowledge of other relays. */
export interface Discovery {
  /** Relays that were found where their records say. */
  readonly table: RelayTable
  stop(): void
}

const MAX_SEEN = 5000
/** Informant and source at once. */
const REGISTRY = 'registry'
/** Between two announcements that newcomers cause. */
const MIN_ANNOUNCE_MS = 5000

/**
 * Says that we are here and believes others: a record counts once its address was dialled and the relay there gave out the
 * same key's record. Only believed relays' records are passed on, so junk ends at the first relay. A relay that is new
 * asks its neighbours for what they believe, and they ask it.
 */
export function discoverRelays(options: DiscoveryOptions): Discovery {
  const { node, router, keeper, now, chainId, announceMs = 600_000, lifeMs = 3_600_000 } = options
  const topic = relaysTopic(chainId)
  const protocol = relaysProtocol(chainId)
  const self = node.peerId.toString()
  const table = new RelayTable(now)
  const seen = createSeen(MAX_SEEN)
  const asking = createBuckets({ perS: 0.1, burst: 3 })
  const own = () => widestReach(ownAddrs())
  let ownRecord: Uint8Array | undefined
  let announcedAtMs = Number.NEGATIVE_INFINITY
  let isStopped = false
  let later: ReturnType<typeof setTimeout> | undefined

  const ownAddrs = (): string[] => {
    const addrs = node.getMultiaddrs().flatMap(addr => relayAddr(addr.toString()) ?? [])
    const reach = widestReach(addrs.map(({ addr }) => addr))
    return addrs.filter(addr => addr.reach === reach).map(({ addr }) => addr)
  }
  const freshRecord = async (): Promise<Uint8Array | undefined> => {
    const addrs = ownAddrs()
    if (addrs.length === 0) return undefined
    ownRecord = await writeRelayRecord(topic, options.key, addrs, { issuedAtMs: now(), lifeMs })
    return ownRecord
  }
  const announce = async (): Promise<void> => {
    const waitMs = announcedAtMs + Math.min(MIN_ANNOUNCE_MS, announceMs) - now()
    if (waitMs > 0) later ??= setTimeout(() => void announce().catch(() => {}), waitMs)
    if (isStopped || waitMs > 0) return
    clearTimeout(later)
    later = undefined
    announcedAtMs = now()
    const record = await freshRecord()
    if (record !== undefined && !isStopped) await router.publish(topic, record)
  }

  const file = (record: RelayRecord, source: RelaySource): void => {
    const isMoved = !isKnown(record)
    const filed = table.put(record)
    if (filed !== 'new' && filed !== 'renewed') return
    if (isMoved) keeper.remove(record.peer)
    if (filed === 'new') options.onFound?.(record.peer)
    const target = record.addrs.find(addr => addr.transport !== 'webrtc')
    if (target !== undefined && keeper.add(target.addr, source)) void announce().catch(() => {})
  }
  /** Dials the address anew, even while another connection to that peer is open: that one may be from him to us. */
  const prove = async (target: RelayAddr, informant: string): Promise<boolean> => {
    const had = node.getConnections().some(c => c.remotePeer.toString() === target.peer)
    const signal = AbortSignal.timeout(5000)
    const connection = await node.dial(multiaddr(target.addr), { signal, force: true })
    const isHere = await hearFrom(connection, target, informant === REGISTRY ? REGISTRY : 'gossip')
    if (had || !isHere) await connection.close().catch(error => connection.abort(error))
    return isHere
  }
  /** Takes what a relay tells: its own record first, then those it believes. */
  const hearFrom = async (
    connection: Connection,
    proven: RelayAddr | undefined,
    source: RelaySource,
  ): Promise<boolean> => {
    const teller = connection.remotePeer.toString()
    let isHere = false
    for (const raw of await askRecords(connection, protocol)) {
      const read = await readRelayRecord(topic, raw, now())
      if (read.verdict !== 'accept') continue
      const record = read.value
      const isProven = record.peer === proven?.peer && record.addrs.some(({ addr }) => addr === proven.addr)
      if (isProven) file(record, source)
      else if (!isKnown(record)) back.offer(record.addrs, teller)
      isHere ||= isProven
    }
    return isHere
  }
  const isKnown = ({ peer, addrs }: RelayRecord): boolean => {
    const known = table.get(peer)
    return (
      peer === self ||
      (known !== undefined && known.addrs.map(a => a.addr).join() === addrs.map(a => a.addr).join())
    )
  }
  const back = dialBack({ own, prove, resolve: options.resolve, now })

  const judge = async (from: string, raw: Uint8Array): Promise<readonly [GossipVerdict, string]> => {
    const read = await readRelayRecord(topic, raw, now())
    if (read.verdict !== 'accept') return [read.verdict, read.code]
    const record = read.value
    const id = `${record.peer} ${record.issuedAtMs}`
    if (record.peer === self || seen.has(id)) return ['ignore', 'seen']
    seen.add(id, record.expiresAtMs, now())
    if (!isKnown(record)) return ['ignore', back.offer(record.addrs, from) ?? 'unproven']
    const filed = table.put(record)
    return filed === 'renewed' ? ['accept', ''] : ['ignore', filed]
  }
  router.topicValidators.set(topic, async (from, message) => {
    const [verdict, code] = await judge(from.toString(), message.data)
    options.onVerdict?.(verdict, code)
    return RESULTS[verdict]
  })
  router.subscribe(topic)

  const meet = async (peer: string): Promise<void> => {
    if (isStopped || !asking.take(peer, now())) return
    const connection = node
      .getConnections()
      .find(c => c.remotePeer.toString() === peer && c.status === 'open')
    if (connection === undefined) return
    if (ownRecord === undefined) await freshRecord()
    // A relay that we dialled ourselves is proven by that.
    const { direction, remoteAddr } = connection
    const addr = remoteAddr.toString().replace(/(\/p2p\/\w+)?$/, `/p2p/${peer}`)
    await hearFrom(connection, direction === 'outbound' ? relayAddr(addr) : undefined, 'gossip')
    await announce()
  }
  const onChange = ({ detail }: CustomEvent<SubscriptionChangeData>): void => {
    if (detail.subscriptions.some(s => s.topic === RELAY_TOPIC && s.subscribe))
      void meet(detail.peerId.toString()).catch(() => {})
  }
  router.addEventListener('subscription-change', onChange)

  const readRegistry = async (): Promise<void> => {
    const addrs = await options.registry?.().catch(() => [])
    for (const addr of addrs?.flatMap(text => relayAddr(text) ?? []) ?? []) {
      if (addr.peer === self || table.get(addr.peer) !== undefined) continue
      back.offer([addr], REGISTRY)
    }
  }
  const round = (): void => {
    for (const peer of table.sweep()) keeper.remove(peer)
    void announce().catch(() => {})
    void readRegistry()
    for (const peer of router.getSubscribers(RELAY_TOPIC)) void meet(peer.toString()).catch(() => {})
  }
  const timer = setInterval(round, announceMs)
  const stopServing = serveRecords(
    node,
    protocol,
    () => [...(ownRecord ? [ownRecord] : []), ...table.list().map(record => record.raw)],
    now,
  )
  void freshRecord().then(round, () => {})
  return {
    table,
    stop: () => {
      isStopped = true
      clearInterval(timer)
      clearTimeout(later)
      back.stop()
      stopServing()
      router.removeEventListener('subscription-change', onChange)
    },
  }
}
