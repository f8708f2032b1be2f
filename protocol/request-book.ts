import { type Contradictions, type Said, wantedBefore, wantedIn } from './contradictions.ts'
import { equalBytes, hexDigits } from './hex.ts'
import type { Gossip } from './validate.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** `entity`: no vehicle or trip as operators write them; `stale`: nothing in it is newer than what is known. */
export type StateCode = 'state' | 'entity' | 'stale'

/** Step 10 of the gossip check: what the earlier messages of an author say about a new one. */
export type StateCheck = (gossip: Gossip, nowMs: number, said: Said) => Verdict<Gossip, StateCode>

/** What a book keeps. */
export interface RequestBookOptions {
  readonly maxRequests?: number
  /** Takes the proofs against those who contradict themselves; who is proven is not heard any more. */
  readonly contradictions?: Contradictions
}

/**
 * Holds authors to their word: under one request id one key wants one thing, in however many topics. Only where the
 * answers go may change, for a relay may die. A message lives 90 s at most, and as long its request is remembered.
 */
export function createRequestBook(options: RequestBookOptions = {}): StateCheck {
  const { maxRequests = 20_000, contradictions } = options
  const known = new Map<string, { readonly said: Said; readonly untilMs: number }>()
  return (gossip, nowMs, said) => {
    const { message, key, expiresAtMs } = gossip
    if (message.name !== 'request') return accept(gossip)
    if (contradictions?.has(key)) return reject('state')
    const { body } = message
    const name = hexDigits(key) + hexDigits(body.requestId)
    const before = known.get(name)
    if (before !== undefined && before.untilMs > nowMs) {
      const wanted = wantedBefore(before.said)
      if (wanted === null || !equalBytes(wanted, wantedIn(body))) {
        contradictions?.add({ key, first: before.said, second: kept(said) })
        return reject('state')
      }
    }
    known.delete(name) // to the end of the map: its order is that of the last message
    if (known.size >= maxRequests) known.delete(known.keys().next().value!)
    known.set(name, { said: kept(said), untilMs: Math.max(expiresAtMs, before?.untilMs ?? 0) })
    return accept(gossip)
  }
}

/** The bytes alone, without the buffer that they came in. */
const kept = ({ topic, raw }: Said): Said => ({ topic, raw: raw.slice() })
