import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { peerOf } from './addresses.ts'
import { afterTimeout } from './after.ts'
import { backoffMs } from './backoff.ts'
import { acked, expired, MAX_OUTBOX, newChannelState, pushed } from './channel-state.ts'
import type { Frame } from './frame.ts'
import { type HelloCodec, PLAIN_HELLO } from './hello.ts'
import type { After, Channel, ChannelState, ChannelStatus, Link } from './ports.ts'
import { createSeeker, type Meet } from './seeker.ts'
import type { Switchboard } from './switchboard.ts'
import { createWire, type SealedType, type Wire, type WireHost } from './wire.ts'

/** A conversation and whose it is. */
export interface ChannelOptions {
  readonly switchboard: Switchboard
  /** 32 hex digits, the same on both sides. */
  readonly tag: string
  /** The caller dials at once; the answerer gives him a moment first. */
  readonly role: 'caller' | 'answerer'
  /** What `save` kept last, when the conversation is resumed. */
  readonly state?: ChannelState | undefined
  /** Where the other side is, for a new conversation. */
  readonly peerAddrs?: readonly string[]
  /** Keeps the state; a message goes out only once its state is kept, and is acknowledged only once that is kept. */
  readonly save: (state: ChannelState) => Promise<void>
  readonly seal: (type: SealedType, seq: number, bytes: Uint8Array) => Promise<Uint8Array>
  /** The opened bytes, or undefined when they are not from the other side. */
  readonly open: (type: SealedType, seq: number, bytes: Uint8Array) => Promise<Uint8Array | undefined>
  /**
   * Each kept message once and in order; notes have number 0. Called before the number is kept, so a crash in between
   * brings the same number again after the reload. When it throws, the message comes again.
   */
  readonly onMessage: (bytes: Uint8Array, seq: number) => void | Promise<void>
  readonly hello?: HelloCodec
  readonly meet?: Meet | undefined
  /** The conversation closes by itself then. */
  readonly expiresAtMs: number
  readonly now: () => number
  readonly random: () => number
  readonly after?: After
  /** Hears what the caller's own functions (`seal`, `open`, `save`, `onMessage`) threw. */
  readonly report?: (error: unknown) => void
}

const MAX_WIRES = 2
const MIN_RESEND_MS = 250
/** Longest wait between two resends, as a power of backoffMs, ms. */
const MAX_BACKOFF = 2
/** A link that acknowledges nothing for so long, however often it is asked, is none; each next one is given twice as long. Ms. */
const SILENT_MS = 4000
const MAX_SILENCES = 3
const PATIENCE_MS = 1000
/** A straight link on which the other side is not proven by then is none. */
const JOIN_MS = 6000

/** Begins or resumes a private conversation: acknowledged, resent, in order, over whatever links there are. */
export function createChannel(options: ChannelOptions): Channel {
  const { switchboard, tag, role, now, random, after = afterTimeout } = options
  const { leaf } = switchboard
  const report = options.report ?? (() => {})
  let state = options.state ?? newChannelState(tag, options.peerAddrs)
  let status: ChannelStatus = 'seeking'
  let wires: Wire[] = []
  let changes: Promise<void> = Promise.resolve()
  let deliveries: Promise<void> = Promise.resolve()
  let resends = 0
  let silentSinceMs = 0
  let silences = 0
  let cancelResend: (() => void) | undefined
  let told = ''
  let hasBegun = options.state !== undefined
  const watchers = new Set<(status: ChannelStatus) => void>()
  const flushers = new Set<() => void>()
  const current = (): Wire | undefined =>
    wires.findLast(wire => wire.isBound() && wire.isDirect) ?? wires.findLast(wire => wire.isBound())

  /** One change of state at a time, in force only once it is kept. */
  const change = (next: (state: ChannelState) => ChannelState): Promise<void> => {
    const done = changes.then(async () => {
      const changed = next(state)
      if (changed === state) return
      await options.save(changed)
      state = changed
    })
    changes = done.catch(() => {})
    return done
  }
  const setStatus = (next: ChannelStatus): void => {
    if (status === next || status === 'closed') return
    status = next
    for (const fn of watchers) fn(next)
  }
  const closedError = (): HexhailError => new HexhailError('channelClosed', `Conversation ${tag} is closed.`)
  const beginAnew = (): void => {
    resends = 0
    cancelResend?.()
    cancelResend = undefined
    if (state.outbox.length > 0) armResend()
    else for (const fn of [...flushers]) fn()
  }
  const armResend = (): void => {
    if (cancelResend !== undefined || status === 'closed') return
    if (resends === 0) silentSinceMs = now()
    const waitMs = backoffMs(Math.min(resends, MAX_BACKOFF), random, MIN_RESEND_MS)
    cancelResend = after(waitMs, () => void resend().catch(report))
  }
  const resend = async (): Promise<void> => {
    cancelResend = undefined
    const wire = current()
    if (wire === undefined || state.outbox.length === 0) return
    // Links that take everything and answer nothing are no links.
    if (++resends > 2 && now() - silentSinceMs >= SILENT_MS * 2 ** Math.min(silences, MAX_SILENCES)) {
      silences++
      return wire.close()
    }
    await change(s => expired(s, now()))
    wire.rewind()
    await wire.pump()
    armResend()
  }
  const onData = async (seq: number, payload: Uint8Array): Promise<void> => {
    if (seq <= state.lastReceived) return
    if (seq !== state.lastReceived + 1) return switchboard.refuse('order')
    const plain = await options.open('data', seq, payload)
    if (plain === undefined) return switchboard.refuse('payload')
    if (plain.length > 0) await options.onMessage(plain, seq)
    await change(s => ({ ...s, lastReceived: seq }))
  }
  const ownAddrs = (): readonly string[] => {
    const addrs = leaf.addrs()
    told = addrs.join()
    return addrs.length > 0 ? addrs : [`/p2p/${leaf.peerId}`]
  }
  const host: WireHost = {
    tag,
    now,
    ownAddrs,
    state: () => state,
    hello: options.hello ?? PLAIN_HELLO,
    seal: options.seal,
    open: options.open,
    refuse: switchboard.refuse,
    report,
    onAck: async seq => {
      const before = state
      await change(s => acked(s, Math.min(seq, s.nextSeq - 1)))
      if (state === before) return
      silences = 0
      beginAnew()
    },
    onData: (seq, payload) => {
      const done = deliveries.then(() => onData(seq, payload))
      deliveries = done.catch(() => {})
      return done
    },
    onNote: async payload => {
      const plain = await options.open('note', 0, payload)
      if (plain === undefined) switchboard.refuse('payload')
      else await options.onMessage(plain, 0)
    },
    onBound: async (wire, lastSeq, addrs) => {
      if (status === 'closed') return wire.close()
      const circuits = addrs.filter(addr => addr.includes('/p2p-circuit/'))
      await change(s => expired(acked(withAddrs(s, circuits), Math.min(lastSeq, s.nextSeq - 1)), now()))
      wires = [...wires.filter(w => w !== wire), wire]
      const alike = wires.filter(w => w.isBound() && w.isDirect === wire.isDirect)
      for (const old of alike.slice(0, -MAX_WIRES)) old.close()
      hasBegun = true
      seeker.stop()
      setStatus('linked')
      beginAnew()
      await wire.pump()
    },
    // Once begun, a conversation is not ended by whoever may sit at the other end's address now.
    onGone: () => void (hasBegun || close()),
    onOver: wire => {
      wires = wires.filter(w => w !== wire)
      if (status === 'closed') return
      const next = current()
      if (next !== undefined) {
        // What goes out on it now may be lost as well: the other link has its own time to answer.
        next.rewind()
        beginAnew()
        void next.pump()
      } else if (status === 'linked') {
        setStatus('seeking')
        seeker.start(role === 'caller' ? 0 : random() * PATIENCE_MS)
      }
    },
  }
  const attach = (link: Link, hello?: Frame): Wire => {
    const wire = createWire(host, link, hello)
    wires = [wire, ...wires]
    return wire
  }
  const connect = async (signal: AbortSignal): Promise<boolean> => {
    if (state.peerAddrs.length === 0) return false
    const link = await leaf.dial(state.peerAddrs, switchboard.protocol, { signal })
    const wire = attach(link)
    const giveUp = (): void => {
      if (!wire.isBound()) wire.close()
    }
    signal.addEventListener('abort', giveUp)
    await wire.sayHello().catch(giveUp)
    return wire.settled
  }
  const seeker = createSeeker({
    leaf,
    meet: options.meet,
    connect,
    onPeerAddrs: addrs => change(s => withAddrs(s, addrs)),
    random,
    after,
  })
  const unregister = switchboard.register(tag, attach)
  const stopLeaf = leaf.onStatus(({ addrs }) => {
    // The other side must know where we are before the last relay that it knows of is gone.
    if (addrs.length === 0 || addrs.join() === told) return
    current()?.sayHello().catch(report)
  })
  const close = async (): Promise<void> => {
    if (status === 'closed') return
    setStatus('closed')
    cancelExpiry()
    cancelResend?.()
    stopLeaf()
    unregister()
    seeker.stop()
    for (const wire of wires) wire.close()
    for (const fn of [...flushers]) fn()
    await changes
  }
  const cancelExpiry = after(Math.max(0, options.expiresAtMs - now()), () => void close())
  seeker.start(role === 'caller' ? 0 : PATIENCE_MS)

  return {
    tag,
    get status() {
      return status
    },
    send: async (bytes, { expiresAtMs = options.expiresAtMs } = {}) => {
      if (status === 'closed') throw closedError()
      if (bytes.length === 0)
        throw new HexhailError('emptyMessage', 'An empty message stands for an expired one.')
      let seq = 0
      await change(s => {
        if (s.outbox.length >= MAX_OUTBOX)
          throw new HexhailError('outboxFull', `${MAX_OUTBOX} messages wait for the other side of ${tag}.`)
        seq = s.nextSeq
        return pushed(s, bytes, expiresAtMs)
      })
      void current()?.pump()
      armResend()
      return seq
    },
    tell: async bytes => {
      await current()?.note(bytes)
    },
    flushed: async () => {
      await changes // what was just said may not be kept yet
      return new Promise((resolve, reject) => {
        const done = (): void => {
          flushers.delete(done)
          if (state.outbox.length === 0) resolve()
          else reject(closedError())
        }
        flushers.add(done)
        if (state.outbox.length === 0 || status === 'closed') done()
      })
    },
    reach: async addrs => {
      await change(s => withAddrs(s, addrs))
      seeker.hurry()
    },
    onStatus: fn => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    join: link => {
      // Whoever made the link knows only that it was agreed on in here.
      const remotePeer = peerOf(state.peerAddrs[0] ?? '') ?? ''
      const wire = attach({ ...link, remotePeer })
      // Else the other side might take for linked what is none for us.
      after(JOIN_MS, () => void (wire.isBound() || wire.close()))
      void wire.sayHello().catch(report)
    },
    state: () => state,
    close,
  }
}

const withAddrs = (state: ChannelState, peerAddrs: readonly string[]): ChannelState =>
  peerAddrs.length === 0 || peerAddrs.join() === state.peerAddrs.join()
    ? state
    : { ...state, peerAddrs: [...peerAddrs] }
