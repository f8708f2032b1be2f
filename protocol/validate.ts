/**
 * The check of a gossip message: ten steps, cheapest first, and nothing is shown or relayed before all have passed.
 * Order and limits: reference/trust.md section 4.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { belongsTo, parseTopic, type Topic } from './cells.ts'
import type { DecodeCode } from './codec.ts'
import {
  authorOf,
  hasEnvelopeWork,
  MAX_GOSSIP_BYTES,
  MAX_LIFE_MS,
  openEnvelope,
  verifyEnvelope,
  WIRE_VERSION,
} from './envelope.ts'
import type { ValueOf } from './fields.ts'
import { concat, equalBytes, hexDigits } from './hex.ts'
import { isGossipKind, messageOfKind } from './kinds.ts'
import type { GossipLimits } from './limits.ts'
import { MEET, REQUEST } from './messages.ts'
import type { Seen } from './seen.ts'
import { verifySession } from './session-key.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'
import { WORK_BITS } from './work.ts'

/** A message that passed every step. */
export interface Gossip {
  readonly message:
    | { readonly name: 'request'; readonly body: ValueOf<typeof REQUEST> }
    | { readonly name: 'meet'; readonly body: ValueOf<typeof MEET> }
  /** The author's session key, x‖y. */
  readonly key: Uint8Array
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** First 20 bytes of sha256(topic, 0, bytes), as hex digits: the id in the seen-set and in gossipsub. */
  readonly id: string
}

/** Why a gossip message was dropped, in the order of the steps. */
export type GossipCode =
  | 'topic'
  | 'size'
  | 'rate'
  | 'version'
  | 'kind'
  | DecodeCode
  | 'future'
  | 'expired'
  | 'life'
  | 'place'
  | 'seen'
  | 'work'
  | 'busy'
  | 'signature'
  | 'state'

/** What a gossip check needs. */
export interface GossipCheckOptions {
  readonly now: () => number
  readonly seen: Seen
  readonly limits: GossipLimits
  readonly chainId: number
  readonly workBits?: number
  readonly verify?: typeof verifySession
  /** Step 10: what the caller knows of the author's earlier messages. */
  readonly state?: (gossip: Gossip) => Verdict<Gossip, 'state'>
}

/** A check of one gossip message; `from` is the neighbour that passed it on, left out where a guard counts links. */
export type GossipCheck = (
  topic: string,
  raw: Uint8Array,
  from?: string,
) => Promise<Verdict<Gossip, GossipCode>>

/** Clocks of honest peers differ by less. */
const MAX_AHEAD_MS = 5000
const MAX_VERIFYING = 2000
const MAX_VERIFYING_PER_LINK = 200

/** Makes the check; it keeps no state but `seen`, `limits` and the number of signatures in work. */
export function createGossipCheck(options: GossipCheckOptions): GossipCheck {
  const { now, seen, limits, chainId, workBits = WORK_BITS, verify = verifySession, state } = options
  const begin = createTickets()
  const topicOf = createTopicMemo()

  return async (name, raw, from) => {
    // 1. topic and length
    const topic = topicOf(name)
    if (topic === null || topic.chainId !== chainId) return ignore('topic')
    const author = raw.length > MAX_GOSSIP_BYTES ? undefined : authorOf(raw)
    if (author === undefined) return reject('size')
    // 2. rates
    const nowMs = now()
    const source = { topic: name, author, from }
    if (limits.over(source, nowMs) !== null) return ignore('rate')
    // 3. version and kind
    if (raw[1] !== WIRE_VERSION) return ignore('version')
    const kind = messageOfKind(raw[0]!)
    if (kind === undefined) return ignore('kind')
    if (!isGossipKind(kind.kind)) return reject('kind')
    // 4. bytes
    const opened = openEnvelope(raw)
    if (opened.verdict !== 'accept') return opened
    const envelope = opened.value
    const message = decodeGossip(envelope.kind, envelope.body)
    if (message.verdict !== 'accept') return message
    // 5. times
    const { issuedAtMs, expiresAtMs } = envelope
    if (expiresAtMs <= issuedAtMs || expiresAtMs - issuedAtMs > MAX_LIFE_MS) return reject('life')
    if (issuedAtMs > nowMs + MAX_AHEAD_MS) return ignore('future')
    if (expiresAtMs <= nowMs) return ignore('expired')
    // 6. place
    if (!isInPlace(message.value, topic)) return reject('place')
    // 7. unseen
    const id = gossipId(name, raw)
    if (seen.has(id)) return ignore('seen')
    // 8. work
    if (!hasEnvelopeWork(name, envelope, workBits)) return reject('work')
    // 9. signature
    const ticket = begin(from)
    if (ticket === null) return ignore('busy')
    seen.add(id, expiresAtMs, nowMs)
    const signed = await verifyEnvelope(name, envelope, verify).catch(() => false)
    ticket.end()
    if (!signed) return reject('signature')
    if (limits.charge(source, nowMs) !== null) return ignore('rate')
    // 10. state
    const gossip: Gossip = { message: message.value, key: envelope.key, issuedAtMs, expiresAtMs, id }
    return state ? state(gossip) : accept(gossip)
  }
}

const MAX_TOPICS = 10_000

/** `parseTopic` that remembers: a peer hears of few topics, and each is taken apart once. */
function createTopicMemo(): (name: string) => Topic | null {
  const known = new Map<string, Topic>()
  return name => {
    const topic = known.get(name) ?? parseTopic(name)
    if (topic !== null && known.size < MAX_TOPICS) known.set(name, topic)
    return topic
  }
}

/** Counts the signatures in work, in all and by neighbour: none are begun beyond the limits. */
function createTickets(): (from: string | undefined) => { end(): void } | null {
  const byLink = new Map<string, number>()
  let all = 0
  const count = (from: string | undefined, by: 1 | -1): void => {
    all += by
    if (from === undefined) return
    const left = (byLink.get(from) ?? 0) + by
    if (left === 0) byLink.delete(from)
    else byLink.set(from, left)
  }
  return from => {
    if (all >= MAX_VERIFYING || (from !== undefined && (byLink.get(from) ?? 0) >= MAX_VERIFYING_PER_LINK))
      return null
    count(from, 1)
    return { end: () => count(from, -1) }
  }
}

/** Id of a message on a topic: first 20 bytes of sha256(topic, 0, bytes), as hex digits. */
export function gossipId(topic: string, raw: Uint8Array): string {
  return hexDigits(sha256(concat(new TextEncoder().encode(`${topic}\0`), raw)).subarray(0, 20))
}

function decodeGossip(kind: number, body: Uint8Array): Verdict<Gossip['message'], DecodeCode> {
  const decoded = kind === REQUEST.kind ? REQUEST.decode(body) : MEET.decode(body)
  if (decoded.verdict !== 'accept') return decoded
  return accept({
    name: kind === REQUEST.kind ? 'request' : 'meet',
    body: decoded.value,
  } as Gossip['message'])
}

function isInPlace(message: Gossip['message'], topic: Topic): boolean {
  if (message.name === 'meet') return topic.sort === 'meet' && equalBytes(message.body.tag, topic.tag)
  return belongsTo(message.body.cell, topic)
}
