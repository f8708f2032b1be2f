/** A transport's connection as far as its end goes. */
interface TransportConnection extends EventTarget {
  readonly status?: string
  readonly websocket?: { terminate?(): void }
}

/**
 * Makes an aborted connection end for real. @libp2p/websockets 10.1.21 asks the socket to close with code 1006, which
 * `ws` refuses: the socket of a peer that was cut off or turned away would stay open, and be read, for ever.
 */
export function endOnAbort(connection: EventTarget): void {
  const { websocket } = connection as TransportConnection
  connection.addEventListener('close', () => {
    if ((connection as TransportConnection).status !== 'closed') websocket?.terminate?.()
  })
}
