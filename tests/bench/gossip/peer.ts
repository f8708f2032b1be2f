import { gossipValidator } from '@hexhail/client/gossip.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import { createLeafMeter, type LeafMeter } from '@hexhail/net/leaf-meter.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { authorOf, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'

/** What a peer of the bench is to do: the same in Node and in a page. */
export interface PeerOrders {
  readonly chainId: number
  readonly relays: readonly string[]
  /** Followed by every peer, each named after its cell. */
  readonly topics: readonly string[]
}

/** One request to publish. */
export interface Turn {
  /** Wall time, ms. */
  readonly atMs: number
  readonly topic: string
}

/** What a peer saw: [id, wall time in ms] of each request. */
export interface PeerFigures {
  readonly sent: readonly (readonly [id: string, atMs: number, bytes: number])[]
  readonly heard: readonly (readonly [id: string, atMs: number])[]
  readonly copies: number
  readonly bytesIn: number
}

/** A peer of the bench. */
export interface BenchPeer {
  /** From the making of the leaf until it has both relays and an audience in each topic, ms. */
  readonly readyMs: number
  /** Publishes at the given times; resolves when the last is out. */
  publish(turns: readonly Turn[]): Promise<void>
  figures(): PeerFigures
  /** Requests heard and bytes come in so far. */
  progress(): readonly [heard: number, bytesIn: number]
  stop(): Promise<void>
}

/** Starts a peer: the real leaf with the real check of gossip. */
export async function startPeer({ chainId, relays, topics }: PeerOrders): Promise<BenchPeer> {
  const startMs = performance.now()
  const meter = createLeafMeter()
  const leaf = await openLeaf(chainId, relays, meter)
  const sent: [string, number, number][] = []
  const heard: [string, number][] = []
  for (const topic of topics) leaf.subscribe(topic, data => heard.push([idOf(data), Date.now()]))
  await until(
    leaf,
    () => leaf.addrs().length === relays.length && topics.every(t => leaf.audience(t) === relays.length),
  )
  const readyMs = performance.now() - startMs
  return {
    readyMs,
    publish: async turns => {
      await Promise.all(
        turns.map(async ({ atMs, topic }) => {
          await new Promise(resolve => setTimeout(resolve, Math.max(0, atMs - Date.now())))
          const data = await sealRequest(topic)
          sent.push([idOf(data), Date.now(), data.length])
          await leaf.publish(topic, data)
        }),
      )
    },
    figures: () => ({ sent, heard, copies: meter.copies, bytesIn: meter.bytes.bytesIn }),
    progress: () => [heard.length, meter.bytes.bytesIn],
    stop: () => leaf.stop(),
  }
}

/** All peers share the cores of one machine: one that is slow to answer is not gone. */
const PING_MS = 30_000

/** A leaf with a fresh check of gossip. */
export const openLeaf = (chainId: number, relays: readonly string[], meter?: LeafMeter): Promise<Leaf> =>
  createLeaf({
    relays,
    validate: gossipValidator(chainId, Date.now),
    authorOf,
    now: Date.now,
    random: Math.random,
    pingMs: PING_MS,
    ...(meter && { meter }),
  })

/** A request as a rider makes it, by a key of its own; the cell is the topic's. */
export async function sealRequest(topic: string): Promise<Uint8Array> {
  const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size))
  const relay = `/ip4/203.0.113.77/tcp/443/tls/ws/p2p/${'1'.repeat(52)}`
  const replyTo = `${relay}/p2p-circuit/p2p/${'1'.repeat(52)}`
  return sealEnvelope({
    topic,
    message: REQUEST,
    body: {
      requestId: random(16),
      cell: topic.split('/').at(-1)!,
      tariff: 1,
      distanceKm: 6,
      minutes: 14,
      heading: 3,
      seats: 1,
      needs: 0,
      pickupAtMs: 0,
      sealKey: random(32),
      replyTo: [replyTo, replyTo],
    },
    session: await createSessionKey(),
    issuedAtMs: Date.now(),
    lifeMs: 60_000,
  })
}

/** Eight bytes of the signature name a request. */
const idOf = (data: Uint8Array): string => hexDigits(data.subarray(90, 98))

/** Resolves at the first change of the leaf after which `isTrue`. */
export function until(leaf: Leaf, isTrue: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (!isTrue()) return
      stop()
      resolve()
    }
    const stop = leaf.onStatus(check)
    check()
  })
}
