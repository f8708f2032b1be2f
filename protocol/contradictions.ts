import { openEnvelope, signedBytes } from './envelope.ts'
import { equalBytes, hexDigits } from './hex.ts'
import { REQUEST, type Request } from './messages.ts'
import { verifySession } from './session-key.ts'

/** A gossip message as it went over the wire; the topic is signed with it. */
export interface Said {
  readonly topic: string
  readonly raw: Uint8Array
}

/** Two signed requests of one author under one id that want different things: a proof that anybody can check again. */
export interface Contradiction {
  /** The author's session key, x‖y. */
  readonly key: Uint8Array
  readonly first: Said
  readonly second: Said
}

/** Proofs against authors, one each. */
export interface Contradictions {
  /** Authors proven since the start. */
  readonly total: number
  has(key: Uint8Array): boolean
  /** Keeps a proof whose signatures are checked already; the first against an author is enough. */
  add(proof: Contradiction): void
  /** Those that are kept, the oldest first. */
  all(): readonly Contradiction[]
  onNew(fn: (proof: Contradiction) => void): () => void
}

/** Keeps at most `most` proofs; the oldest gives way. A key lives for one trip, so an old proof says little. */
export function createContradictions(most = 256): Contradictions {
  const proofs = new Map<string, Contradiction>()
  const listeners = new Set<(proof: Contradiction) => void>()
  let total = 0
  return {
    get total() {
      return total
    },
    has: key => proofs.size > 0 && proofs.has(hexDigits(key)),
    add: proof => {
      const author = hexDigits(proof.key)
      if (proofs.has(author)) return
      if (proofs.size >= most) proofs.delete(proofs.keys().next().value!)
      proofs.set(author, proof)
      total++
      for (const fn of [...listeners]) fn(proof)
    },
    all: () => [...proofs.values()],
    onNew: fn => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
  }
}

/** The request in a message, and who said it; null for anything else. */
function requestOf({ raw }: Said): { readonly key: Uint8Array; readonly body: Request } | null {
  const envelope = openEnvelope(raw)
  if (envelope.verdict !== 'accept' || envelope.value.kind !== REQUEST.kind) return null
  const body = REQUEST.decode(envelope.value.body)
  return body.verdict === 'accept' ? { key: envelope.value.key, body: body.value } : null
}

/** What a request wants, besides where the answers go: that may change, for a relay may die. */
export const wantedIn = (body: Request): Uint8Array => REQUEST.encode({ ...body, replyTo: [] })

/** What an earlier message wanted; null for what is no request. */
export function wantedBefore(said: Said): Uint8Array | null {
  const request = requestOf(said)
  return request && wantedIn(request.body)
}

/** Checks a proof from anywhere: both words are the author's, under one id, and cannot both be true. Never throws. */
export async function isContradiction({ key, first, second }: Contradiction): Promise<boolean> {
  const [one, other] = [requestOf(first), requestOf(second)]
  if (!one || !other || !equalBytes(one.body.requestId, other.body.requestId)) return false
  if (equalBytes(wantedIn(one.body), wantedIn(other.body))) return false
  for (const { topic, raw } of [first, second]) {
    const envelope = openEnvelope(raw)
    if (envelope.verdict !== 'accept' || !equalBytes(envelope.value.key, key)) return false
    if (!(await verifySession(key, signedBytes(topic, envelope.value), envelope.value.signature)))
      return false
  }
  return true
}
