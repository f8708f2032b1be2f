/** A private message between the two parties of a ride: signed by the session key, then sealed to the other's seal key. */
import type { DecodeCode } from './codec.ts'
import { ROLES, type Role } from './delegation.ts'
import { blob, bytes, type Message, message, u8, u32 } from './fields.ts'
import { concat, equalBytes, fromHex } from './hex.ts'
import { isGossipKind, messageOfKind, messageOfName } from './kinds.ts'
import type { PrivateMessage } from './messages.ts'
import { openSealed, SEAL_OVERHEAD, type SealBucket, type SealKey, sealTo } from './seal.ts'
import { type SessionKey, verifySession } from './session-key.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'

const FIXED_BYTES = 1 + 4 + 64 + 64 + 4

/** Sizes of private messages: two, so that a size does not tell an offer from a greeting. */
export const PRIVATE_BUCKETS = [512, 2048] as const satisfies readonly SealBucket[]

/** Longest body of a private message. */
export const MAX_BODY_BYTES = 2048 - SEAL_OVERHEAD - FIXED_BYTES

const INNER = message(0, 'inner', {
  kind: u8,
  seq: u32,
  key: bytes(64),
  signature: bytes(64),
  body: blob(MAX_BODY_BYTES),
})

const TITLE = new TextEncoder().encode('hexhail private message\n')

/** Where in a conversation a message stands. */
interface Place {
  /** The conversation: 32 lower-case hex digits. */
  readonly tag: string
  /** Number of the message among those of its sender. */
  readonly seq: number
  /** The sender's side. */
  readonly role: Role
}

const tagSeq = ({ tag, seq }: Place): Uint8Array => concat(fromHex(`0x${tag}`, 16), u32.write(seq))

const signedBytes = (place: Place, kind: number, key: Uint8Array, body: Uint8Array): Uint8Array =>
  concat(TITLE, tagSeq(place), Uint8Array.of(ROLES[place.role], kind), key, body)

/** Signs and seals one message. Throws a `HexhailError` (`seal-key`) when the other's seal key is unusable. */
export async function packPrivate(
  options: Place & {
    readonly message: PrivateMessage
    readonly session: Pick<SessionKey, 'publicKey' | 'sign'>
    /** The other's seal key. */
    readonly to: Uint8Array
    /** Size of what comes out; the smaller of `PRIVATE_BUCKETS` that holds it, unless told. */
    readonly size?: SealBucket
  },
): Promise<Uint8Array> {
  const { seq, session, to } = options
  const table: Message = messageOfName(options.message.name)
  const body = table.encode(options.message.body as never)
  const key = session.publicKey
  const signature = await session.sign(signedBytes(options, table.kind, key, body))
  const inner = INNER.encode({ kind: table.kind, seq, key, signature, body })
  const size = options.size ?? PRIVATE_BUCKETS.find(bucket => inner.length + SEAL_OVERHEAD <= bucket)
  return sealTo(to, inner, tagSeq(options), size)
}

/** A private message that was opened, and whose it is. */
export interface Opened {
  readonly message: PrivateMessage
  /** The sender's session key, x‖y. */
  readonly key: Uint8Array
}

/** Why a private message was dropped. */
export type OpenCode = DecodeCode | 'seal-size' | 'sealed' | 'padding' | 'seq' | 'kind' | 'key' | 'signature'

/** Opens one message and checks its signature; `expectedKey` null takes a first message of anybody. Never throws. */
export async function openPrivate(
  options: Place & {
    readonly bytes: Uint8Array
    readonly sealKey: Pick<SealKey, 'keyPair'>
    readonly expectedKey: Uint8Array | null
  },
): Promise<Verdict<Opened, OpenCode>> {
  const { seq, sealKey, expectedKey } = options
  const plain = await openSealed(sealKey.keyPair, options.bytes, tagSeq(options))
  if (plain.verdict !== 'accept') return plain
  const inner = INNER.decode(plain.value)
  if (inner.verdict !== 'accept') return inner
  const { kind, key, signature, body } = inner.value
  if (inner.value.seq !== seq) return reject('seq')
  if (expectedKey !== null && !equalBytes(key, expectedKey)) return reject('key')
  if (!(await verifySession(key, signedBytes(options, kind, key, body), signature)))
    return reject('signature')
  const table = messageOfKind(kind)
  if (table === undefined) return ignore('kind')
  if (isGossipKind(kind)) return reject('kind')
  const decoded = table.decode(body)
  if (decoded.verdict !== 'accept') return decoded
  return accept({ message: { name: table.name, body: decoded.value } as PrivateMessage, key })
}
