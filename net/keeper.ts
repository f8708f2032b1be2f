import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { peerOf } from './addresses.ts'
import { relayAddr } from './reach.ts'

/**
 * Who told us of a relay, the most trusted first: our own configuration, the link that a person followed, the registry on
 * the chain, other relays.
 */
export type RelaySource = 'given' | 'link' | 'registry' | 'gossip'

const TRUST: readonly RelaySource[] = ['given', 'link', 'registry', 'gossip']

/** A relay of the keeper's list. */
export interface KeptRelay {
  readonly id: PeerId
  readonly addr: Multiaddr
  readonly source: RelaySource
  /** The network it lies in; one party may own all of it. */
  readonly prefix: string
}

/** Options of the keeper; waits in milliseconds. */
export interface KeeperOptions {
  readonly node: Libp2p
  readonly addrs: readonly string[]
  /** Relays to hold at a time. */
  readonly want: number
  /** Relays learned of one source that are kept in mind. */
  readonly maxPerSource?: number
  readonly random: () => number
  readonly now: () => number
  readonly minWaitMs?: number
  readonly maxWaitMs?: number
  readonly dialMs?: number
  /** A connection that ends sooner counts as a failed dial: the relay turns us away. */
  readonly settledMs?: number
}

/** Holds relays connected, for ever. */
export interface Keeper {
  readonly relays: readonly KeptRelay[]
  connected(): KeptRelay[]
  /** False for what is no address of a relay, or one too many of its source. */
  add(addr: string, source?: RelaySource): boolean
  /** Forgets a relay that was learned; its connection stays while it lasts. */
  remove(peer: string): void
  /** Forgets the waits and tries all at once: after sleep, or when the line is back. */
  hurry(): void
  stop(): void
}

/** Whether a connection is our own straight one, not one through a circuit. */
export const isDirect = (connection: Connection): boolean =>
  connection.status === 'open' && connection.limits === undefined

/** Whether two relays are told of by different sources, or lie in different networks. */
const differ = (a: KeptRelay, b: KeptRelay): boolean => a.source !== b.source || a.prefix !== b.prefix

/**
 * Keeps `want` of the relays connected: redials at once when one is lost, then with jittered waits, without end. libp2p's own
 * keep-alive gives up after one try over WebSockets. The most trusted come first, among equals it is random, so that
 * load spreads. All that are held must not be of one source and one network while another can be had: whoever owns that
 * could show us a network of his own.
 */
export function keeper(options: KeeperOptions): Keeper {
  const { node, random, now, minWaitMs = 500, maxWaitMs = 15_000, dialMs = 5000, settledMs = 5000 } = options
  const { want, maxPerSource = 64 } = options
  const kept: (KeptRelay & { waitMs: number; atMs: number; upAtMs: number; dialling: boolean })[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const isUp = (relay: KeptRelay): boolean => node.getConnections(relay.id).some(isDirect)

  const backOff = (relay: (typeof kept)[number]): void => {
    relay.atMs = now() + relay.waitMs * (0.5 + random())
    relay.waitMs = Math.min(maxWaitMs, relay.waitMs * 2)
  }
  /** A relay that is gone after it was up: redialled at once if it held. */
  const lost = (relay: (typeof kept)[number]): void => {
    if (now() - relay.upAtMs < settledMs) backOff(relay)
    else relay.waitMs = minWaitMs
    relay.upAtMs = 0
  }
  const dial = async (relay: (typeof kept)[number]): Promise<void> => {
    relay.dialling = true
    try {
      await node.dial(relay.addr, { signal: AbortSignal.timeout(dialMs) })
      relay.upAtMs = now()
    } catch {
      backOff(relay)
    }
    relay.dialling = false
    tick()
  }
  const tick = (): void => {
    if (stopped) return
    const held = kept.filter(r => r.dialling || isUp(r))
    let nextMs = 5000
    const free: typeof kept = []
    for (const relay of kept) {
      if (held.length >= want + 1) break
      if (held.includes(relay)) continue
      if (relay.upAtMs > 0) lost(relay)
      if (relay.atMs > now()) nextMs = Math.min(nextMs, relay.atMs - now())
      else free.push(relay)
    }
    for (;;) {
      const isAlike = held.length > 0 && held.every(r => !differ(r, held[0]!))
      const other = isAlike && want > 1 ? free.find(r => differ(r, held[0]!)) : undefined
      // One more than wanted where those that are held are all alike.
      const relay = other ?? free[0]
      if (relay === undefined || held.length >= (relay === other ? want + 1 : want)) break
      free.splice(free.indexOf(relay), 1)
      held.push(relay)
      void dial(relay)
    }
    clearTimeout(timer)
    timer = setTimeout(tick, nextMs)
  }
  const hurry = (): void => {
    for (const relay of kept) {
      relay.atMs = 0
      relay.upAtMs = 0
      relay.waitMs = minWaitMs
    }
    tick()
  }
  const add = (addr: string, source: RelaySource = 'given'): boolean => {
    const id = peerOf(addr)
    if (id === undefined || id === node.peerId.toString() || kept.some(r => r.id.toString() === id))
      return false
    const ofSource = kept.filter(r => r.source === source).length
    if (source !== 'given' && ofSource >= maxPerSource) return false
    const relay = {
      id: peerIdFromString(id),
      addr: multiaddr(addr),
      source,
      prefix: relayAddr(addr)?.prefix ?? addr,
      waitMs: minWaitMs,
      atMs: 0,
      upAtMs: 0,
      dialling: false,
    }
    const first = kept.findIndex(r => TRUST.indexOf(r.source) >= TRUST.indexOf(source))
    kept.splice((first < 0 ? kept.length : first) + Math.floor(random() * (ofSource + 1)), 0, relay)
    tick()
    return true
  }
  for (const addr of options.addrs) add(addr)
  node.addEventListener('connection:close', tick)
  return {
    relays: kept,
    connected: () => kept.filter(isUp),
    add,
    remove: peer => {
      const at = kept.findIndex(r => r.id.toString() === peer && r.source !== 'given')
      if (at >= 0) kept.splice(at, 1)
    },
    hurry,
    stop: () => {
      stopped = true
      clearTimeout(timer)
      node.removeEventListener('connection:close', tick)
    },
  }
}
