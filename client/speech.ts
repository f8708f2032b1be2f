import type { HelloCodec } from '@hexhail/net/hello.ts'
import type { Meet } from '@hexhail/net/seeker.ts'
import { meetTopic } from '@hexhail/protocol/cells.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import { openEnvelope, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { openPrivate, packPrivate } from '@hexhail/protocol/frame.ts'
import { concat, equalBytes, fromHex } from '@hexhail/protocol/hex.ts'
import { messageOfKind, messageOfName } from '@hexhail/protocol/kinds.ts'
import { HELLO, MEET, type PrivateMessage } from '@hexhail/protocol/messages.ts'
import type { SealBucket } from '@hexhail/protocol/seal.ts'
import type { Session } from './session.ts'

/** Whom a conversation is with: the session key he signs by, the key to seal to, and where he can be dialled. */
export interface Partner {
  readonly key: Uint8Array
  readonly sealKey: Uint8Array
  readonly addrs: readonly string[]
}

/** What is sealed in a channel: a greeting, a kept message, a note. */
type Sort = 'hello' | 'data' | 'note'

/** How one side of a conversation seals, signs and opens; what a channel is given. */
export interface Speech {
  seal(sort: Sort, seq: number, bytes: Uint8Array): Promise<Uint8Array>
  open(sort: Sort, seq: number, bytes: Uint8Array): Promise<Uint8Array | undefined>
  readonly hello: HelloCodec
  readonly meet: Meet
}

/** A message as a channel keeps it: kind byte, body. */
export function writeMessage(message: PrivateMessage): Uint8Array {
  const table = messageOfName(message.name)
  return concat(Uint8Array.of(table.kind), table.encode(message.body as never))
}

/** The message in kept bytes; null for what is none. */
export function readMessage(bytes: Uint8Array): PrivateMessage | null {
  const table = messageOfKind(bytes[0] ?? 0)
  const body = table?.decode(bytes.slice(1))
  return table && body?.verdict === 'accept'
    ? ({ name: table.name, body: body.value } as PrivateMessage)
    : null
}

/** How long a word at the rendezvous may be passed on, ms. */
const MEET_LIFE_MS = 60_000
/** Size of every word at the rendezvous. */
const MEET_BYTES = 1024

/** Makes one side's speech. A first greeting of an unknown caller names his keys; after that only he is heard. */
export function createSpeech(init: {
  readonly tag: string
  readonly role: Role
  readonly session: Session
  readonly chainId: number
  readonly now: () => number
  /** Bits of work that the relays ask for; the usual ones unless told. */
  readonly workBits?: () => number
  readonly partner: () => Partner | null
  readonly onPartner: (partner: Partner) => Promise<void>
}): Speech {
  const { tag, role, session, chainId, now, workBits, partner, onPartner } = init
  const other: Role = role === 'rider' ? 'driver' : 'rider'

  const seal = async (sort: Sort, seq: number, bytes: Uint8Array, size?: SealBucket): Promise<Uint8Array> => {
    const to = partner()
    // A kept message that expired is none, but its number must not be missed: a greeting in its place says nothing.
    const message = bytes.length === 0 && sort === 'data' ? helloOf([], 0) : readMessage(bytes)
    if (!to || !message) throw new Error(`Conversation ${tag} has nobody to speak to yet.`)
    const sealed = { tag, seq, role, message, session: session.key, to: to.sealKey }
    return packPrivate(size ? { ...sealed, size } : sealed)
  }
  const open = async (sort: Sort, seq: number, bytes: Uint8Array): Promise<Uint8Array | undefined> => {
    const known = partner()
    const opened = await openPrivate({
      tag,
      seq,
      role: other,
      bytes,
      sealKey: session.sealKey,
      expectedKey: known?.key ?? null,
    })
    if (opened.verdict !== 'accept') return undefined
    const { message, key } = opened.value
    if (message.name === 'hello' && sort === 'data') return new Uint8Array(0)
    if ((message.name === 'hello') !== (sort === 'hello')) return undefined
    if (message.name === 'hello') await learn(key, message.body.sealKey, message.body.replyTo)
    return writeMessage(message)
  }
  const learn = async (key: Uint8Array, sealKey: Uint8Array, addrs: readonly string[]) => {
    const known = partner()
    if (known && equalBytes(known.sealKey, sealKey) && known.addrs.join() === addrs.join()) return
    await onPartner({ key, sealKey, addrs })
  }
  const helloOf = (addrs: readonly string[], lastSeq: number): PrivateMessage => ({
    name: 'hello',
    body: { lastSeq, sealKey: session.sealKey.publicKey, replyTo: addrs.slice(0, 3) },
  })

  const topic = meetTopic(chainId, fromHex(`0x${tag}`))
  return {
    seal: (sort, seq, bytes) => seal(sort, seq, bytes),
    open,
    hello: {
      write: ({ addrs, lastSeq }) => writeMessage(helloOf(addrs, lastSeq)),
      read: bytes => {
        const body = HELLO.decode(bytes.slice(1))
        return body.verdict === 'accept' ? { addrs: body.value.replyTo } : undefined
      },
    },
    meet: {
      topic,
      write: async addrs => {
        const sealed = await seal('hello', 0, writeMessage(helloOf(addrs, 0)), MEET_BYTES)
        const body = { tag: fromHex(`0x${tag}`), sealed }
        return sealEnvelope({
          topic,
          message: MEET,
          body,
          session: session.key,
          issuedAtMs: now(),
          lifeMs: MEET_LIFE_MS,
          ...(workBits && { workBits: workBits() }),
        })
      },
      read: async data => {
        const envelope = openEnvelope(data)
        const known = partner()
        // Only the partner's own envelope: a stranger could put an old sealed word into a new one.
        if (envelope.verdict !== 'accept' || envelope.value.kind !== MEET.kind || !known) return undefined
        if (!equalBytes(envelope.value.key, known.key)) return undefined
        const meet = MEET.decode(envelope.value.body)
        if (meet.verdict !== 'accept') return undefined
        const plain = await open('hello', 0, meet.value.sealed)
        if (!plain) return undefined
        const hello = HELLO.decode(plain.slice(1))
        return hello.verdict === 'accept' ? hello.value.replyTo : undefined
      },
    },
  }
}
