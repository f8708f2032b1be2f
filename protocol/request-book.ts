import { hexDigits } from './hex.ts'
import { REQUEST } from './messages.ts'
import type { Gossip } from './validate.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** Step 10 of the gossip check: what the earlier messages of an author say about a new one. */
export type StateCheck = (gossip: Gossip, nowMs: number) => Verdict<Gossip, 'state'>

/**
 * Holds authors to their word: under one request id one key wants one thing, in however many topics. Only where the
 * answers go may change, for a relay may die. A message lives 90 s at most, and as long its request is remembered.
 */
export function createRequestBook(maxRequests = 20_000): StateCheck {
  const known = new Map<string, { readonly wanted: string; readonly untilMs: number }>()
  return (gossip, nowMs) => {
    const { message, key, expiresAtMs } = gossip
    if (message.name !== 'request') return accept(gossip)
    const { body } = message
    const name = hexDigits(key) + hexDigits(body.requestId)
    const wanted = hexDigits(REQUEST.encode({ ...body, replyTo: [] }))
    const before = known.get(name)
    if (before !== undefined && before.untilMs > nowMs && before.wanted !== wanted) return reject('state')
    known.delete(name) // to the end of the map: its order is that of the last message
    if (known.size >= maxRequests) known.delete(known.keys().next().value!)
    known.set(name, { wanted, untilMs: Math.max(expiresAtMs, before?.untilMs ?? 0) })
    return accept(gossip)
  }
}
