/** What every gossip message travels in. The topic is signed with it, so that it cannot be moved to another one. */
import { type DecodeCode, u32At } from './codec.ts'
import { blob, bytes, type Message, message, u8, u64, type ValueOf } from './fields.ts'
import { concat } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import type { SessionKey } from './session-key.ts'
import type { Verdict } from './verdict.ts'
import { findWork, WORK_BITS, workIn } from './work.ts'

/** Version of the wire; a peer ignores the others without blame. */
export const WIRE_VERSION = 1

/** Longest gossip message in bytes, with its envelope. */
export const MAX_GOSSIP_BYTES = 2048

/** Longest life of a gossip message. */
export const MAX_LIFE_MS = 90_000

const HEAD = {
  kind: u8,
  version: u8,
  issuedAtMs: u64,
  expiresAtMs: u64,
  key: bytes(64),
  work: u64,
  signature: bytes(64),
}

/** Fixed part first: kind and version are bytes 0 and 1, the times begin at 2 and 10, the key is bytes 18..82. */
export const ENVELOPE = message(0, 'envelope', { ...HEAD, body: blob(MAX_GOSSIP_BYTES - 158) })

/** Where the body begins in an envelope without fault. */
export const BODY_AT = ENVELOPE.minBytes

/** Times of an envelope without fault, without opening it. */
export const timesOf = (raw: Uint8Array): readonly [issuedAtMs: number, expiresAtMs: number] => [
  u32At(raw, 2) + u32At(raw, 6) * 2 ** 32,
  u32At(raw, 10) + u32At(raw, 14) * 2 ** 32,
]

/** An envelope as data. */
export type Envelope = ValueOf<typeof ENVELOPE>

/** Takes an envelope apart; checks its form only. */
export const openEnvelope = (raw: Uint8Array): Verdict<Envelope, DecodeCode> => ENVELOPE.decode(raw)

const u16At = (raw: Uint8Array, at: number): number => raw[at]! | (raw[at + 1]! << 8)

/**
 * The author of a message, read without any check; undefined when the bytes are too short. A name for buckets, of the
 * first 16 bytes of his key: nobody can make another key that begins with them.
 */
export function authorOf(raw: Uint8Array): string | undefined {
  if (raw.length < ENVELOPE.minBytes) return undefined
  return String.fromCharCode(
    u16At(raw, 18),
    u16At(raw, 20),
    u16At(raw, 22),
    u16At(raw, 24),
    u16At(raw, 26),
    u16At(raw, 28),
    u16At(raw, 30),
    u16At(raw, 32),
  )
}

const SIGNED = message(0, 'signed', { ...HEAD, signature: bytes(0), body: blob(MAX_GOSSIP_BYTES) })
const STAMPED = message(0, 'stamped', {
  ...HEAD,
  signature: bytes(0),
  work: bytes(0),
  body: blob(MAX_GOSSIP_BYTES),
})
const NONE = new Uint8Array(0)

const under = (purpose: string, topic: string, content: Uint8Array): Uint8Array =>
  concat(new TextEncoder().encode(`hexhail ${purpose} ${topic}\n`), content)

/** What the author signs: the topic and every field but the signature. Two envelopes that agree in it say the same. */
export const signedBytes = (topic: string, envelope: Envelope): Uint8Array =>
  under('gossip', topic, SIGNED.encode({ ...envelope, signature: NONE }))

/** What the work is done on: the topic and every field but the work and the signature. */
const stampedBytes = (topic: string, envelope: Envelope): Uint8Array =>
  under('work', topic, STAMPED.encode({ ...envelope, signature: NONE, work: NONE }))

/** Puts a message into a stamped and signed envelope for one topic. */
export async function sealEnvelope<B>(options: {
  readonly topic: string
  readonly message: Pick<Message, 'kind'> & { encode(body: B): Uint8Array }
  readonly body: NoInfer<B>
  readonly session: Pick<SessionKey, 'publicKey' | 'sign'>
  readonly issuedAtMs: number
  /** How long it may be passed on; at most `MAX_LIFE_MS`. */
  readonly lifeMs: number
  readonly workBits?: number
}): Promise<Uint8Array> {
  const { topic, message, body, session, issuedAtMs, lifeMs, workBits = WORK_BITS } = options
  const draft: Envelope = {
    kind: message.kind,
    version: WIRE_VERSION,
    issuedAtMs,
    expiresAtMs: issuedAtMs + lifeMs,
    key: session.publicKey,
    work: 0,
    signature: new Uint8Array(64),
    body: message.encode(body),
  }
  const work = findWork(stampedBytes(topic, draft), workBits)
  if (work === null) throw new HexhailError('work', `No stamp of ${workBits} bits was found.`, { workBits })
  const stamped = { ...draft, work }
  return ENVELOPE.encode({ ...stamped, signature: await session.sign(signedBytes(topic, stamped)) })
}

/** Bits of work that the envelope carries for this topic. */
export const envelopeWork = (topic: string, envelope: Envelope): number =>
  workIn(stampedBytes(topic, envelope), envelope.work)
