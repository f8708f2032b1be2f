import { createBuckets } from '@hexhail/protocol/limits.ts'
import type { Connection, Libp2p } from '@libp2p/interface'
import { type GossipRouter, RESULTS } from './gossip.ts'
import { isDirect, type Keeper } from './keeper.ts'
import { mayDial, type RelayAddr, relayAddr, widestReach } from './reach.ts'
import { askRecords, relaysProtocol } from './relay-exchange.ts'
import { readRelayRecord } from './relay-record.ts'
import { RelayTable } from './relay-table.ts'
import { relaysTopic } from './topics.ts'

/** Where a peer keeps the relays that it has learned of for its next start. */
export interface RelayCache {
  load(): Promise<readonly string[]>
  save(addrs: readonly string[]): Promise<void>
}

/** Where a leaf learns of relays besides its configuration, the most trusted first. */
export interface RelaySources {
  readonly chainId: number
  /** Of the link that the person followed (`?relay=`). */
  readonly linked?: readonly string[]
  /** Reads the registry on the chain. */
  readonly registry?: () => Promise<readonly string[]>
  readonly cache?: RelayCache
}

/** What learning works with. */
export interface LearnOptions extends RelaySources {
  readonly node: Libp2p
  readonly router: GossipRouter
  readonly keeper: Keeper
  /** Relays of the configuration. */
  readonly given: readonly string[]
  readonly now: () => number
}

const REGISTRY_EVERY_MS = 600_000
/** Addresses that are kept for the next start. */
const MAX_CACHED = 32

/**
 * Learns of more relays than the configuration names, so that the app lives when all of those are gone: from the link, the
 * registry, the last run, and signed records that relays hand out and gossip. They are dialled only when they are
 * needed. Returns the way to stop.
 */
export function learnRelays(options: LearnOptions): () => void {
  const { node, router, keeper, chainId, linked = [], registry, cache, now } = options
  const topic = relaysTopic(chainId)
  const protocol = relaysProtocol(chainId)
  const own = widestReach(options.given.length > 0 ? options.given : linked)
  const table = new RelayTable(now)
  const asking = createBuckets({ perS: 1 / 60, burst: 2 })
  let isStopped = false
  let saving: Promise<void> = Promise.resolve()

  const save = (): void => {
    const learned = keeper.relays.filter(r => r.source === 'registry' || r.source === 'gossip')
    const addrs = learned.slice(0, MAX_CACHED).map(r => r.addr.toString())
    saving = saving.then(() => cache?.save(addrs)).catch(() => {})
  }
  const add = (addrs: readonly RelayAddr[], source: 'registry' | 'gossip'): void => {
    const best = addrs.filter(canDial(own)).toSorted(secureFirst)[0]
    if (best !== undefined && keeper.add(best.addr, source)) save()
  }
  const take = async (raw: Uint8Array): Promise<'accept' | 'ignore' | 'reject'> => {
    const read = await readRelayRecord(topic, raw, now())
    if (read.verdict !== 'accept') return read.verdict
    for (const peer of table.sweep()) keeper.remove(peer)
    const filed = table.put(read.value)
    if (filed === 'new') add(read.value.addrs, 'gossip')
    return filed === 'new' || filed === 'renewed' ? 'accept' : 'ignore'
  }
  const ask = async (connection: Connection): Promise<void> => {
    const peer = connection.remotePeer.toString()
    const isRelay = keeper.relays.some(r => r.id.toString() === peer)
    if (!isRelay || !isDirect(connection) || !asking.take(peer, now())) return
    for (const raw of await askRecords(connection, protocol)) if (!isStopped) await take(raw)
  }
  const readRegistry = async (): Promise<void> => {
    for (const text of (await registry?.().catch(() => [])) ?? []) {
      const addr = relayAddr(text)
      if (addr !== undefined && !isStopped) add([addr], 'registry')
    }
  }
  const recall = async (): Promise<void> => {
    for (const text of ((await cache?.load().catch(() => [])) ?? []).slice(0, MAX_CACHED)) {
      const addr = relayAddr(text)
      if (addr !== undefined && !isStopped) add([addr], 'gossip')
    }
  }

  const onOpen = ({ detail }: CustomEvent<Connection>): void => void ask(detail).catch(() => {})
  node.addEventListener('connection:open', onOpen)
  router.topicValidators.set(topic, async (_, message) => {
    const verdict = await take(message.data)
    // Relays pass on what they believe; a clock that is off must not make us hang them up.
    return RESULTS[verdict === 'reject' ? 'ignore' : verdict]
  })
  router.subscribe(topic)
  for (const text of linked) {
    const addr = relayAddr(text)
    // Whoever wrote the link must not make a page open connections inside its home network.
    if (addr !== undefined && mayDial(own, addr.reach)) keeper.add(text, 'link')
  }
  void recall().then(readRegistry)
  const timer = setInterval(() => void readRegistry(), REGISTRY_EVERY_MS)
  return () => {
    isStopped = true
    clearInterval(timer)
    node.removeEventListener('connection:open', onOpen)
  }
}

/** A page that was served over https opens no plain WebSocket; WebRTC is dialled by those who ask for it themselves. */
const canDial =
  (own: ReturnType<typeof widestReach>) =>
  ({ reach, transport }: RelayAddr): boolean =>
    mayDial(own, reach) &&
    transport !== 'webrtc' &&
    (transport === 'wss' || globalThis.location?.protocol !== 'https:')

const secureFirst = (a: RelayAddr, b: RelayAddr): number =>
  Number(b.transport === 'wss') - Number(a.transport === 'wss')
