import { fromHex } from '@hexhail/protocol/hex.ts'
import { createBuckets } from '@hexhail/protocol/limits.ts'
import { peerOf } from './addresses.ts'
import { decodeFrame, encodeFrame, type Frame, type FrameType } from './frame.ts'
import type { HelloCodec } from './hello.ts'
import type { ChannelState, Link } from './ports.ts'
import type { Refusal } from './switchboard.ts'

/** What is sealed: bodies of HELLOs, of kept messages and of notes. The number is bound to the seal. */
export type SealedType = Exclude<FrameType, 'ack' | 'gone'>

/** The conversation as one of its links sees it. */
export interface WireHost {
  readonly tag: string
  state(): ChannelState
  ownAddrs(): readonly string[]
  readonly hello: HelloCodec
  seal(type: SealedType, seq: number, bytes: Uint8Array): Promise<Uint8Array>
  open(type: SealedType, seq: number, bytes: Uint8Array): Promise<Uint8Array | undefined>
  /** The other side has all up to `seq`. */
  onAck(seq: number): Promise<void>
  /** Takes one kept message (in any order), settles when it is kept. */
  onData(seq: number, payload: Uint8Array): Promise<void>
  onNote(payload: Uint8Array): Promise<void>
  /** The other side is proven; `lastSeq` is what it has, `addrs` where it is. */
  onBound(wire: Wire, lastSeq: number, addrs: readonly string[]): Promise<void>
  /** Nobody at the other end knows the conversation. */
  onGone(): void
  onOver(wire: Wire): void
  refuse(code: Refusal): void
  report(error: unknown): void
  readonly now: () => number
}

/** One link of a conversation. */
export interface Wire {
  isBound(): boolean
  readonly isDirect: boolean
  /** True once the other side is proven, false when the link ends before that. */
  readonly settled: Promise<boolean>
  sayHello(): Promise<void>
  /** Sends what waits and was not sent on this link yet. */
  pump(): Promise<void>
  /** Has the next `pump` send again all that is not acknowledged. */
  rewind(): void
  note(bytes: Uint8Array): Promise<void>
  close(): void
}

/** Messages sent ahead of their acknowledgement: with padding 32 KiB, a quarter of what a circuit carries at the least. */
const WINDOW = 16
const RATE = { perS: 50, burst: 200 }
const MAX_PENDING = 128

/** Speaks the conversation's frames on a link; `first` is a HELLO that was read from it already. */
export function createWire(host: WireHost, link: Link, first?: Frame): Wire {
  let isBound = false
  let isOpen = true
  let hasGreeted = false
  let sentUpTo = 0
  let pumping: Promise<void> | undefined
  let pending = 0
  let chain: Promise<void> = Promise.resolve()
  const settled = Promise.withResolvers<boolean>()
  const bucket = createBuckets(RATE)

  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    settled.resolve(false)
    void link.close()
    host.onOver(wire)
  }
  const send = async (type: FrameType, seq: number, payload: Uint8Array): Promise<void> => {
    if (!isOpen) return
    await link.send(encodeFrame({ type, tag: host.tag, seq, payload })).catch(close)
  }
  const sendSealed = async (type: SealedType, seq: number, bytes: Uint8Array): Promise<void> =>
    send(type, seq, await host.seal(type, seq, bytes))

  const sayHello = async (): Promise<void> => {
    hasGreeted = true
    const lastSeq = host.state().lastReceived
    await sendSealed('hello', lastSeq, host.hello.write({ addrs: host.ownAddrs(), lastSeq }))
  }
  const onHello = async ({ seq, payload }: Frame): Promise<void> => {
    const plain = await host.open('hello', seq, payload)
    const body = plain && host.hello.read(plain)
    // The sealed addresses name the peer at the other end, so a stranger cannot replay a HELLO.
    if (body === undefined || !body.addrs.some(addr => peerOf(addr) === link.remotePeer)) {
      host.refuse('hello')
      close()
      return
    }
    if (!hasGreeted) await sayHello()
    if (!isOpen) return
    isBound = true
    sentUpTo = Math.max(sentUpTo, seq)
    settled.resolve(true)
    await host.onBound(wire, seq, body.addrs)
  }
  const take = async (frame: Frame): Promise<void> => {
    if (!isOpen) return
    if (frame.type === 'hello') await onHello(frame)
    else if (frame.type === 'gone') host.onGone()
    else if (!isBound) host.refuse('order')
    else if (frame.type === 'note') await host.onNote(frame.payload)
    else if (frame.type === 'data') {
      await host.onData(frame.seq, frame.payload)
      await send('ack', host.state().lastReceived, new Uint8Array(0))
    }
  }
  const hear = (frame: Frame): void => {
    // Acknowledgements overtake: whoever handles a message may wait for one.
    if (frame.type === 'ack') {
      if (isBound) host.onAck(frame.seq).then(pump).catch(host.report)
      return
    }
    pending++
    chain = chain
      .then(() => take(frame))
      .catch(host.report)
      .then(() => void pending--)
  }
  const pumpOnce = async (): Promise<void> => {
    for (;;) {
      const { outbox } = host.state()
      const at = outbox.findIndex(entry => entry.seq > sentUpTo)
      const entry = outbox[at]
      if (entry === undefined || at >= WINDOW || !isOpen) return
      sentUpTo = entry.seq
      await sendSealed('data', entry.seq, fromHex(`0x${entry.bytes}`))
    }
  }
  const pump = (): Promise<void> => {
    if (!isBound || !isOpen) return Promise.resolve()
    pumping ??= pumpOnce()
      .catch(host.report)
      .finally(() => {
        pumping = undefined
      })
    return pumping
  }
  const wire: Wire = {
    isBound: () => isBound && isOpen,
    isDirect: link.isDirect === true,
    settled: settled.promise,
    sayHello,
    pump,
    rewind: () => {
      sentUpTo = 0
    },
    note: bytes => sendSealed('note', 0, bytes),
    close,
  }
  if (first !== undefined) hear(first)
  link.onFrame(bytes => {
    const frame = decodeFrame(bytes)
    if (frame.verdict === 'accept' && frame.value.tag === host.tag) {
      if (pending < MAX_PENDING && bucket.take('', host.now())) hear(frame.value)
      else host.refuse('rate')
    } else {
      host.refuse(frame.verdict === 'accept' ? 'tag' : 'frame')
      if (frame.verdict === 'reject') close()
    }
  })
  link.onClose(close)
  return wire
}
