import type { Connection } from '@libp2p/interface'

/**
 * Closes a circuit some time after its last stream of ours has ended: the relay carries it, and every heartbeat pings it.
 * Call the result whenever a stream on a connection ends.
 */
export function idleCircuits(
  isOurs: (protocol: string) => boolean,
  idleMs = 10_000,
): (connection: Connection) => void {
  const waiting = new WeakSet<Connection>()
  return connection => {
    if (connection.limits === undefined || waiting.has(connection)) return
    waiting.add(connection)
    const timer: unknown = setTimeout(() => {
      waiting.delete(connection)
      if (connection.status !== 'open' || connection.streams.some(s => isOurs(s.protocol))) return
      connection.close({ signal: AbortSignal.timeout(1000) }).catch(error => connection.abort(error))
    }, idleMs)
    // A program in Node need not wait for it.
    if (typeof timer === 'object') (timer as { unref(): void }).unref()
  }
}
