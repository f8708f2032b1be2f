import { RPC } from '@libp2p/gossipsub/message'
import type { Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'

const PROTOCOL = '/meshsub/1.2.0'

/** A libp2p peer that says to a relay whatever it likes, byte for byte, and hears nothing. */
export interface RawPeer {
  readonly isConnected: boolean
  /** Resolves when the relay has ended the connection. */
  readonly gone: Promise<void>
  /** Resolves once the bytes are with the transport, or when the relay is gone. */
  sendBytes(bytes: Uint8Array): Promise<void>
  send(rpc: Partial<RPC>): Promise<void>
  /** Dials the relay once more; false when it is refused. */
  dialAgain(): Promise<boolean>
  stop(): Promise<void>
}

/** Connects to a relay and opens a gossip stream. */
export async function createRawPeer(relay: string): Promise<RawPeer> {
  const node = await createLibp2p({
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionManager: { reconnectRetries: 0 },
    connectionMonitor: { enabled: false },
  })
  // What the relay says is read and thrown away, so that it does not wait for us.
  await node.handle(PROTOCOL, stream => stream.addEventListener('message', () => {}))
  const gone = Promise.withResolvers<void>()
  const connection = await node.dial(multiaddr(relay))
  connection.addEventListener('close', () => gone.resolve())
  const stream: Stream = await connection.newStream(PROTOCOL)
  stream.addEventListener('close', () => {
    if (connection.status !== 'open') gone.resolve()
  })
  const isConnected = (): boolean => connection.status === 'open'
  const sendBytes = async (bytes: Uint8Array): Promise<void> => {
    if (!isConnected() || stream.status !== 'open') return
    try {
      if (stream.send(bytes)) return
      await Promise.race([stream.onDrain(), gone.promise])
    } catch {
      // closed in the midst of it
    }
  }
  return {
    get isConnected() {
      return isConnected()
    },
    gone: gone.promise,
    sendBytes,
    send: rpc => sendBytes(framed(RPC.encode({ subscriptions: [], messages: [], ...rpc }))),
    dialAgain: async () => {
      try {
        const again = await node.dial(multiaddr(relay), { signal: AbortSignal.timeout(5000) })
        await again.newStream(PROTOCOL, { signal: AbortSignal.timeout(2000) })
        return again.status === 'open'
      } catch {
        return false
      }
    },
    stop: async () => node.stop(),
  }
}

/** Bytes with their length before them, as varint. */
export function framed(bytes: Uint8Array): Uint8Array {
  const head: number[] = []
  let rest = bytes.length
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) head.push((rest & 0x7f) | 0x80)
  head.push(rest)
  const out = new Uint8Array(head.length + bytes.length)
  out.set(head)
  out.set(bytes, head.length)
  return out
}
