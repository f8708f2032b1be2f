import type { Connection, Libp2p } from '@libp2p/interface'
import { byteStream } from '@libp2p/utils'

const PING = '/ipfs/ping/1.0.0'
const PING_BYTES = 32

/** Options of the heartbeat. */
export interface HeartbeatOptions {
  readonly node: Libp2p
  /** Time between two pings, and the longest wait for an answer. */
  readonly everyMs?: number
  /** Pings without an answer that end a connection. */
  readonly maxMisses?: number
}

/** Pings every connection. */
export interface Heartbeat {
  /** Pings all connections now, and waits this long for their answers. */
  beat(timeoutMs?: number): void
  stop(): void
}

/** Ends half-open connections: a ping each few seconds on every one, dead after two in a row without an answer. */
export function heartbeat({ node, everyMs = 4000, maxMisses = 2 }: HeartbeatOptions): Heartbeat {
  const misses = new WeakMap<Connection, number>()
  const busy = new WeakSet<Connection>()

  const check = async (connection: Connection, timeoutMs: number): Promise<void> => {
    if (busy.has(connection) || connection.status !== 'open') return
    busy.add(connection)
    const isAlive = await ping(connection, timeoutMs)
    busy.delete(connection)
    const missed = isAlive ? 0 : (misses.get(connection) ?? 0) + 1
    misses.set(connection, missed)
    if (missed >= maxMisses)
      end(connection, new Error(`No answer to ${missed} pings within ${timeoutMs} ms each`))
    else if (missed > 0) void check(connection, timeoutMs)
  }
  const beat = (timeoutMs = everyMs): void => {
    for (const connection of node.getConnections()) void check(connection, timeoutMs)
  }
  const timer = setInterval(() => beat(), everyMs)
  return { beat, stop: () => clearInterval(timer) }
}

/** Aborts a connection, and its WebSocket: libp2p closes that with code 1006, which WebSockets refuse, so it would stay open. */
function end(connection: Connection, error: Error): void {
  connection.abort(error)
  const { maConn } = connection as Connection & { maConn?: { websocket?: { close(): void } } }
  maConn?.websocket?.close()
}

async function ping(connection: Connection, timeoutMs: number): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const stream = await connection.newStream(PING, { signal, runOnLimitedConnection: true })
    try {
      const bytes = byteStream(stream)
      await bytes.write(new Uint8Array(PING_BYTES), { signal })
      await bytes.read({ bytes: PING_BYTES, signal })
      await stream.close({ signal })
      return true
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error('ping failed'))
      return false
    }
  } catch (error) {
    // The other side answered, only not to pings.
    return error instanceof Error && error.name === 'UnsupportedProtocolError'
  }
}
