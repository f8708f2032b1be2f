/**
 * The check of a gossip message: ten steps, cheapest first, and nothing is shown or relayed before all have passed.
 * Order and limits: reference/trust.md section 4. What the neighbour alone must pay for (its connection's buckets, RPC
 * sizes, topics that are not followed) stands before all of this in the network's guard.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { AskedWork } from './asked-work.ts'
import { parseTopic, type Topic } from './cells.ts'
import type { DecodeCode } from './codec.ts'
import {
  authorOf,
  BODY_AT,
  ENVELOPE,
  envelopeWork,
  MAX_GOSSIP_BYTES,
  MAX_LIFE_MS,
  openEnvelope,
  signedBytes,
  timesOf,
  WIRE_VERSION,
} from './envelope.ts'
import { GOSSIP_KINDS, type GossipMessage } from './gossip-kinds.ts'
import { hexDigits } from './hex.ts'
import type { BondedAuthors } from './key-bond.ts'
import { messageOfKind } from './kinds.ts'
import type { GossipLimits } from './limits.ts'
import { FEED } from './messages.ts'
import type { OperatorCheck } from './operator.ts'
import { createPlaceCheck, type PlaceCheck } from './place-check.ts'
import type { StateCheck, StateCode } from './request-book.ts'
import type { Seen } from './seen.ts'
import { verifySession } from './session-key.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'
import { createVerifyQueue } from './verify-queue.ts'
import { WORK_BITS } from './work.ts'

/** A message that passed every step. */
export interface Gossip {
  readonly message: GossipMessage
  /** The author's session key, x‖y. */
  readonly key: Uint8Array
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** Names topic and content: first 20 bytes of sha256 over what the author signed, as hex digits. */
  readonly id: string
}

/** Why a gossip message was dropped, in the order of the steps. `asked`: a relay under load asks for more work. */
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
  | 'operator'
  | 'work'
  | 'asked'
  | 'busy'
  | 'signature'
  | 'delegation'
  | StateCode

/**
 * How far a neighbour is trusted: a leaf sends what it wrote itself; a relay that is proven passes on what others
 * wrote; a hub is a relay of our own list, which checks as we do.
 */
export type Tier = 'leaf' | 'relay' | 'hub'

/** Who handed a message over. */
export interface Neighbour {
  readonly id: string
  readonly tier: Tier
}

/** What a gossip check needs. */
export interface GossipCheckOptions {
  readonly now: () => number
  readonly seen: Seen
  readonly limits: GossipLimits
  readonly chainId: number
  readonly workBits?: number
  /** What a relay asks of its leaves beyond `workBits`; left out by leaves. */
  readonly asked?: AskedWork
  /** Who is heard for `workBits`, whatever is asked; left out by a relay that reads no chain. */
  readonly bonded?: BondedAuthors
  readonly verify?: typeof verifySession
  /** Who may speak for transit agencies; without it no topic of transit is carried. */
  readonly operators?: OperatorCheck
  /** Step 10: what the caller knows of the author's earlier messages. */
  readonly state?: StateCheck
}

/** A check of one gossip message of a neighbour; left out where nobody is to be told apart. */
export type GossipCheck = (
  topic: string,
  raw: Uint8Array,
  from?: Neighbour,
) => Promise<Verdict<Gossip, GossipCode>>

/** Clocks of honest peers differ by less. */
const MAX_AHEAD_MS = 5000

/** Makes the check; it keeps no state but `seen`, `limits` and the signatures in work. */
export function createGossipCheck(options: GossipCheckOptions): GossipCheck {
  const { now, seen, limits, chainId, workBits = WORK_BITS, asked, bonded, verify = verifySession } = options
  const { operators } = options
  const queue = createVerifyQueue()
  const verifying = new Set<string>()
  const topicOf = createTopicMemo(chainId)

  return async (name, raw, from) => {
    // 1. topic and length
    const topic = topicOf(name)
    if (topic === null || (topic.agency !== null && operators === undefined)) return ignore('topic')
    const author = raw.length > MAX_GOSSIP_BYTES ? undefined : authorOf(raw)
    if (author === undefined) return reject('size')
    // 2. rates
    const nowMs = now()
    const { sort, mark, agency } = topic
    const source = { topic: mark, author, isEpoch: sort === 'epoch', isTransit: agency !== null }
    if (limits.over(source, nowMs) !== null) return ignore('rate')
    // 3. version and kind
    if (raw[1] !== WIRE_VERSION) return ignore('version')
    const kind = GOSSIP_KINDS.get(raw[0]!)
    if (kind === undefined) return messageOfKind(raw[0]!) === undefined ? ignore('kind') : reject('kind')
    // 4. bytes
    const fault = ENVELOPE.check(raw) ?? kind.check(raw, BODY_AT)
    if (fault !== null) return reject(fault)
    // 5. times. A message may be late until it expires, and one of a clock that is ahead is nobody's crime.
    const [issuedAtMs, expiresAtMs] = timesOf(raw)
    if (expiresAtMs <= issuedAtMs || expiresAtMs - issuedAtMs > MAX_LIFE_MS) return reject('life')
    if (issuedAtMs > nowMs + MAX_AHEAD_MS) return ignore('future')
    if (expiresAtMs <= nowMs) return ignore('expired')
    // 6. place
    if (!kind.sorts.includes(topic.sort) || !topic.isPlace(raw, BODY_AT + kind.placeAt))
      return reject('place')
    // 7. unseen. By content, as one author can sign the same content in many ways.
    const opened = openEnvelope(raw)
    if (opened.verdict !== 'accept') return opened
    const envelope = opened.value
    const signed = signedBytes(name, envelope)
    const id = hexDigits(sha256(signed).subarray(0, 20))
    const twin = id + hexDigits(envelope.signature)
    if (seen.has(id) || verifying.has(twin)) return ignore('seen')
    // 8. work. What a hub passes on was paid for there.
    const isPaidFor = from?.tier === 'hub'
    const bits = envelopeWork(name, envelope)
    if (bits < workBits) return reject('work')
    const isShort = asked !== undefined && !isPaidFor && bits < asked.enforced(nowMs)
    if (isShort && !bonded?.has(envelope.key, nowMs)) return ignore('asked')
    const isForwarded = from !== undefined && from.tier !== 'leaf'
    const feed = topic.agency === null ? null : FEED.decode(envelope.body)
    if (feed?.verdict === 'accept') {
      const listed = await operators!.listed(topic.agency!, feed.value, nowMs)
      // A permit that has just been granted or ended is not known everywhere at once.
      if (listed.verdict !== 'accept') return isForwarded ? ignore(listed.code) : listed
    }
    // 9. signature
    if (!isPaidFor) asked?.note(nowMs)
    verifying.add(twin)
    const isGood = await queue.run(from?.id, () => verify(envelope.key, signed, envelope.signature))
    verifying.delete(twin)
    if (isGood === null) return ignore('busy')
    if (!isGood) return reject('signature')
    if (seen.has(id)) return ignore('seen')
    seen.add(id, expiresAtMs, nowMs)
    if (limits.charge(source, nowMs) !== null) return ignore('rate')
    if (isShort && !bonded?.charge(envelope.key, nowMs)) return ignore('asked')
    if (feed?.verdict === 'accept') {
      const delegated = operators!.delegated(feed.value, envelope.key, nowMs)
      if (delegated.verdict !== 'accept') return delegated
    }
    // 10. state. A relay may have passed on in good faith what contradicts a message that it never saw.
    const body = kind.decode(envelope.body)
    if (body.verdict !== 'accept') return body
    const message = { name: kind.name, body: body.value } as GossipMessage
    const gossip: Gossip = { message, key: envelope.key, issuedAtMs, expiresAtMs, id }
    const verdict = options.state?.(gossip, nowMs, { topic: name, raw }) ?? accept(gossip)
    return verdict.verdict === 'reject' && isForwarded ? ignore(verdict.code) : verdict
  }
}

/** A topic as the check needs it. */
interface KnownTopic {
  /** A short name, for the keys of buckets. */
  readonly mark: string
  readonly sort: Topic['sort']
  /** Of a topic of transit. */
  readonly agency: string | null
  readonly isPlace: PlaceCheck
}

const MAX_TOPICS = 10_000

/** Topics of one chain by name: a peer hears of few, and each is taken apart once. */
function createTopicMemo(chainId: number): (name: string) => KnownTopic | null {
  const known = new Map<string, KnownTopic>()
  return name => {
    const before = known.get(name)
    if (before !== undefined) return before
    const topic = parseTopic(name)
    if (topic === null || topic.chainId !== chainId) return null
    const { sort } = topic
    const agency = sort === 'transit' ? topic.agency : null
    const made = { mark: String.fromCharCode(known.size), sort, agency, isPlace: createPlaceCheck(topic) }
    // Beyond the limit a topic goes without a short name of its own.
    if (known.size >= MAX_TOPICS) return { ...made, mark: name }
    known.set(name, made)
    return made
  }
}
