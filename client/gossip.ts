import type { GossipVerdict, Validate } from '@hexhail/net/ports.ts'
import type { Contradictions } from '@hexhail/protocol/contradictions.ts'
import { openEnvelope } from '@hexhail/protocol/envelope.ts'
import { GOSSIP_KINDS, type GossipMessage } from '@hexhail/protocol/gossip-kinds.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import type { OperatorCheck } from '@hexhail/protocol/operator.ts'
import { createRequestBook, type StateCheck } from '@hexhail/protocol/request-book.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createGossipCheck, type Gossip } from '@hexhail/protocol/validate.ts'

/** What a leaf needs that hears transit operators. */
export interface HeardFeeds {
  readonly operators: OperatorCheck
  /** Step 10 for feeds, with that for all other kinds (transit/realtime/feed-check.ts). */
  check(others: StateCheck): StateCheck
}

/**
 * The protocol's gossip check in the shape that leaves take. `seen` may know what was heard before a reload;
 * `contradictions` takes the proofs against authors who contradict themselves;
 * without `feeds` no transit is heard.
 */
export function gossipValidator(
  chainId: number,
  now: () => number,
  seen = createSeen(),
  contradictions?: Contradictions,
  feeds?: HeardFeeds,
): Validate {
  const requests = createRequestBook(contradictions && { contradictions })
  const check = createGossipCheck({
    chainId,
    now,
    seen,
    limits: createGossipLimits(),
    ...(feeds && { operators: feeds.operators }),
    state: feeds ? feeds.check(requests) : requests,
  })
  return async (topic, data, from): Promise<GossipVerdict> => (await check(topic, data, from)).verdict
}

/** A message out of bytes that have passed the check, with its author; null where they are none. */
export function gossipIn(data: Uint8Array): Omit<Gossip, 'id'> | null {
  const envelope = openEnvelope(data)
  const kind = envelope.verdict === 'accept' ? GOSSIP_KINDS.get(envelope.value.kind) : undefined
  if (envelope.verdict !== 'accept' || kind === undefined) return null
  const { key, issuedAtMs, expiresAtMs } = envelope.value
  const body = kind.decode(envelope.value.body)
  if (body.verdict !== 'accept') return null
  return { message: { name: kind.name, body: body.value } as GossipMessage, key, issuedAtMs, expiresAtMs }
}

/** A request out of bytes that have passed the check; null for any other message. */
export function requestIn(
  data: Uint8Array,
): { request: Request; key: Uint8Array; issuedAtMs: number; expiresAtMs: number } | null {
  const heard = gossipIn(data)
  if (heard?.message.name !== 'request') return null
  const { key, issuedAtMs, expiresAtMs } = heard
  return { request: heard.message.body, key, issuedAtMs, expiresAtMs }
}
