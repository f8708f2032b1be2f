import { createBuckets } from '@hexhail/protocol/limits.ts'
import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { afterTimeout } from './after.ts'
import type { GossipRouter } from './gossip.ts'
import { isDirect } from './keeper.ts'
import { streamLink } from './link.ts'
import { isTopic, localMark } from './topics.ts'

/** How many leaves follow a topic. Question: scope u8 (0 everywhere, 1 here), topics, a line each; answer: u16 a topic. */
const PRESENCE = '/hexhail/presence/1'

/** Topics of one question: all steps of a request. */
const MAX_TOPICS = 16
const RATE = { perS: 1, burst: 20 }
/** Longest wait for an answer by its scope, ms: a request waits for it, and a relay for the others. */
const ANSWER_MS = [800, 400] as const
/** A stream without a question is closed then, ms. */
const QUESTION_MS = 3000
/** Relays that a leaf holds, so that each is counted so many times. */
const HELD = 2

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A count as strangers are told it: exact to 5, then rounded down, so that one car more or less does not show. */
export function coarseCount(count: number): number {
  if (count <= 5) return count
  return [1000, 500, 200, 100, 50, 20, 10, 5].find(step => count >= step) ?? 5
}

/** Has a relay answer how many leaves follow a topic, here and at the relays that it meshes with. */
export function answerPresence({
  node,
  router,
  isRelay,
  now,
}: {
  readonly node: Libp2p
  readonly router: GossipRouter
  readonly isRelay: (peer: string) => boolean
  readonly now: () => number
}): void {
  const buckets = createBuckets(RATE)
  const here = (topic: string): number =>
    isTopic(topic) ? router.getSubscribers(topic).filter(peer => !isRelay(peer.toString())).length : 0

  const everywhere = async (topics: readonly string[]): Promise<number[]> => {
    const sums = topics.map(here)
    const relays = new Map<string, PeerId>()
    for (const topic of topics)
      for (const peer of router.getSubscribers(localMark(topic)))
        if (isRelay(peer.toString())) relays.set(peer.toString(), peer)
    await Promise.all(
      [...relays.values()].map(async peer => {
        const counts = await askPresence(node, peer, topics, 1)
        counts?.forEach((count, i) => {
          sums[i]! += count
        })
      }),
    )
    const hubs = 1 + new Set(node.getPeers().map(String).filter(isRelay)).size
    return sums.map(sum => coarseCount(Math.ceil(sum / Math.min(HELD, hubs))))
  }

  void node.handle(PRESENCE, (stream, connection) => {
    const link = streamLink(stream, connection)
    const stopWait = afterTimeout(QUESTION_MS, () => void link.close())
    link.onClose(stopWait)
    link.onFrame(async frame => {
      const fromRelay = isRelay(link.remotePeer)
      const topics = decoder.decode(frame.subarray(1)).split('\n')
      if (topics.length > MAX_TOPICS || !(fromRelay || buckets.take(link.remotePeer, now())))
        return link.close()
      const counts = fromRelay && frame[0] === 1 ? topics.map(here) : await everywhere(topics)
      await link.send(written(counts)).catch(() => {})
      await link.close()
    })
  })
}

/** Asks relays at once, and takes the first answer; null when none comes in time. */
export async function askRelays(
  node: Libp2p,
  relays: readonly PeerId[],
  topics: readonly string[],
): Promise<number[] | null> {
  const answers = relays.map(async relay => {
    const counts = await askPresence(node, relay, topics)
    if (counts === null) throw new Error('no answer')
    return counts
  })
  return Promise.any(answers).catch(() => null)
}

/** Asks one relay; null when it does not answer in time. */
async function askPresence(
  node: Libp2p,
  relay: PeerId,
  topics: readonly string[],
  scope: 0 | 1 = 0,
): Promise<number[] | null> {
  const connection = node.getConnections(relay).find(isDirect)
  if (!connection || topics.length === 0 || topics.length > MAX_TOPICS) return null
  return ask(connection, topics, scope).catch(() => null)
}

async function ask(connection: Connection, topics: readonly string[], scope: 0 | 1): Promise<number[]> {
  const signal = AbortSignal.timeout(ANSWER_MS[scope])
  const link = streamLink(await connection.newStream(PRESENCE, { signal }), connection)
  const answer = Promise.withResolvers<number[]>()
  signal.addEventListener('abort', () => answer.reject(signal.reason))
  link.onClose(() => answer.reject(new Error('The relay closed the stream.')))
  link.onFrame(frame => {
    if (frame.length === topics.length * 2) answer.resolve(read(frame))
    else answer.reject(new Error(`An answer of ${frame.length} bytes to ${topics.length} topics.`))
  })
  try {
    const body = encoder.encode(topics.join('\n'))
    const question = new Uint8Array(1 + body.length)
    question[0] = scope
    question.set(body, 1)
    await link.send(question)
    return await answer.promise
  } finally {
    answer.promise.catch(() => {})
    void link.close()
  }
}

function written(counts: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(counts.length * 2)
  const view = new DataView(bytes.buffer)
  counts.forEach((count, i) => {
    view.setUint16(i * 2, Math.min(count, 0xffff))
  })
  return bytes
}

function read(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(i * 2))
}
