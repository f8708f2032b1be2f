import type { Link } from './ports.ts'
import { cardOf, type DirectCard, descriptionOf, isCard } from './session-description.ts'

/** A straight connection in the making. */
export interface DirectAttempt {
  /** What the other side must be told. */
  readonly card: DirectCard
  /** The offering side: takes the other's card. Rejects for a card that is none. */
  accept(card: DirectCard): Promise<void>
  /** Resolves when frames pass; rejects when that comes to nothing. */
  readonly link: Promise<Link>
  close(): void
}

/** Makes straight connections to a peer with whom words can be exchanged already. */
export interface DirectDialer {
  offer(): Promise<DirectAttempt>
  /** Rejects for a card that is none. */
  answer(card: DirectCard): Promise<DirectAttempt>
}

/** Longest frame, and most bytes that may wait to be sent. */
const MAX_FRAME_BYTES = 4096
const MAX_BUFFERED_BYTES = 256 * 1024
/** Addresses are gathered for so long at the most: a STUN server may be silent. */
const GATHER_MS = 2000

/** What a browser makes WebRTC connections with; absent in Node and where a person has turned it off. */
export type PeerConnections = typeof RTCPeerConnection

/** Straight connections by WebRTC data channels. `stun`: URLs of servers that tell a page its public address; asked only then. */
export function createDirectDialer(Connection: PeerConnections, stun: readonly string[] = []): DirectDialer {
  const begin = (): { pc: RTCPeerConnection; link: Promise<Link>; over: () => void } => {
    const pc = new Connection({ iceServers: stun.map(urls => ({ urls })) })
    const channel = pc.createDataChannel('hexhail', { negotiated: true, id: 0 })
    channel.binaryType = 'arraybuffer'
    const { link, over } = linkOf(pc, channel)
    link.catch(() => {}) // nobody may be waiting yet
    return { pc, link, over }
  }
  const attempt = async (
    { pc, link, over }: ReturnType<typeof begin>,
    describe: () => Promise<RTCSessionDescriptionInit>,
  ): Promise<DirectAttempt> => {
    try {
      await pc.setLocalDescription(await describe())
      await gathered(pc)
      const card = cardOf(pc.localDescription?.sdp ?? '')
      if (card === null) throw new Error('The browser names no address at which it can be reached.')
      return {
        card,
        accept: async theirs => {
          if (!isCard(theirs)) throw new Error('No card of a connection.')
          await pc.setRemoteDescription({ type: 'answer', sdp: descriptionOf(theirs, 'answer') })
        },
        link,
        close: over,
      }
    } catch (error) {
      over()
      throw error
    }
  }
  return {
    offer: () => {
      const made = begin()
      return attempt(made, () => made.pc.createOffer())
    },
    answer: async theirs => {
      if (!isCard(theirs)) throw new Error('No card of a connection.')
      const made = begin()
      return attempt(made, async () => {
        await made.pc.setRemoteDescription({ type: 'offer', sdp: descriptionOf(theirs, 'offer') })
        return made.pc.createAnswer()
      })
    },
  }
}

/** Resolves when all addresses are known, or enough time has passed. */
function gathered(pc: RTCPeerConnection): Promise<void> {
  if (pc.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(resolve, GATHER_MS)
    pc.addEventListener('icegatheringstatechange', () => {
      if (pc.iceGatheringState !== 'complete') return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The link over a data channel, once that is open: a frame a message. */
function linkOf(pc: RTCPeerConnection, channel: RTCDataChannel): { link: Promise<Link>; over: () => void } {
  const opened = Promise.withResolvers<Link>()
  const waiting: Uint8Array[] = []
  const closers = new Set<() => void>()
  let onFrame: ((frame: Uint8Array) => void) | undefined
  let isOpen = true
  const over = (): void => {
    if (!isOpen) return
    isOpen = false
    pc.close()
    opened.reject(new Error('The straight connection came to nothing.'))
    for (const fn of closers) fn()
    closers.clear()
  }
  channel.addEventListener('message', ({ data }) => {
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : undefined
    if (frame === undefined || frame.length > MAX_FRAME_BYTES) over()
    else if (onFrame !== undefined) onFrame(frame)
    else if (waiting.push(frame) > 64) over()
  })
  channel.addEventListener('close', over)
  channel.addEventListener('error', over)
  pc.addEventListener('connectionstatechange', () => {
    // A path that was lost may come back; the relays have it meanwhile, and it is made anew.
    if (['disconnected', 'failed', 'closed'].includes(pc.connectionState)) over()
  })
  const link: Link = {
    remotePeer: '',
    direction: 'outbound',
    isDirect: true,
    send: async frame => {
      if (!isOpen || channel.readyState !== 'open') throw new Error('the link is closed')
      if (frame.length > MAX_FRAME_BYTES) throw new Error(`a frame of ${frame.length} bytes is too long`)
      if (channel.bufferedAmount > MAX_BUFFERED_BYTES) throw new Error('the link takes no more')
      channel.send(frame.slice())
    },
    onFrame: fn => {
      onFrame = fn
      for (const frame of waiting.splice(0)) fn(frame)
    },
    onClose: fn => {
      if (isOpen) closers.add(fn)
      else fn()
    },
    close: async () => over(),
  }
  channel.addEventListener('open', () => opened.resolve(link))
  return { link: opened.promise, over }
}
