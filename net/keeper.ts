import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { peerOf } from './addresses.ts'

/** A relay of the keeper's list. */
export interface KeptRelay {
  readonly id: PeerId
  readonly addr: Multiaddr
}

/** Options of the keeper; waits in milliseconds. */
export interface KeeperOptions {
  readonly node: Libp2p
  readonly addrs: readonly string[]
  /** Relays to hold at a time. */
  readonly want: number
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
  add(addr: string): void
  /** Forgets the waits and tries all at once: after sleep, or when the line is back. */
  hurry(): void
  stop(): void
}

/** Whether a connection is our own straight one, not one through a circuit. */
export const isDirect = (connection: Connection): boolean =>
  connection.status === 'open' && connection.limits === undefined

/**
 * Keeps `want` of the relays connected: redials at once when one is lost, then with jittered waits, without end. libp2p's own
 * keep-alive gives up after one try over WebSockets. Which relays come first is random, so that load spreads.
 */
export function keeper(options: KeeperOptions): Keeper {
  const { node, random, now, minWaitMs = 500, maxWaitMs = 15_000, dialMs = 5000, settledMs = 5000 } = options
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
    let missing = options.want - kept.filter(r => r.dialling || isUp(r)).length
    let nextMs = 5000
    for (const relay of kept) {
      if (missing <= 0) break
      if (relay.dialling || isUp(relay)) continue
      if (relay.upAtMs > 0) lost(relay)
      if (relay.atMs > now()) nextMs = Math.min(nextMs, relay.atMs - now())
      else {
        missing--
        void dial(relay)
      }
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
  const add = (addr: string): void => {
    const id = peerOf(addr)
    if (id === undefined || id === node.peerId.toString() || kept.some(r => r.id.toString() === id)) return
    const relay = {
      id: peerIdFromString(id),
      addr: multiaddr(addr),
      waitMs: minWaitMs,
      atMs: 0,
      upAtMs: 0,
      dialling: false,
    }
    kept.splice(Math.floor(random() * (kept.length + 1)), 0, relay)
    tick()
  }
  for (const addr of options.addrs) add(addr)
  node.addEventListener('connection:close', tick)
  return {
    relays: kept,
    connected: () => kept.filter(isUp),
    add,
    hurry,
    stop: () => {
      stopped = true
      clearTimeout(timer)
      node.removeEventListener('connection:close', tick)
    },
  }
}
