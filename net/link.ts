import type { Connection, Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import type { Link } from './ports.ts'

/** Longest frame of a link in bytes. */
const MAX_FRAME_BYTES = 4096

const MAX_WAITING = 64

/** A link over a libp2p stream: each frame with its length before it; anything longer than 4 KiB ends the link. */
export function streamLink(stream: Stream, connection: Connection): Link {
  const frames = lpStream(stream, { maxDataLength: MAX_FRAME_BYTES })
  const waiting: Uint8Array[] = []
  let isOpen = true
  let onFrame: ((frame: Uint8Array) => void) | undefined
  const closers = new Set<() => void>()

  const over = (): void => {
    if (!isOpen) return
    isOpen = false
    for (const fn of closers) fn()
    closers.clear()
  }
  const fail = (error: unknown): void => {
    if (isOpen) stream.abort(error instanceof Error ? error : new Error('link failed'))
    over()
  }
  const read = async (): Promise<void> => {
    while (isOpen) {
      const frame = (await frames.read()).slice()
      if (onFrame !== undefined) onFrame(frame)
      else if (waiting.push(frame) > MAX_WAITING) throw new Error('nobody reads the link')
    }
  }
  stream.addEventListener('close', over)
  read().catch(fail)

  return {
    remotePeer: connection.remotePeer.toString(),
    direction: stream.direction,
    send: async frame => {
      if (!isOpen) throw new Error('the link is closed')
      if (frame.length > MAX_FRAME_BYTES) throw new Error(`a frame of ${frame.length} bytes is too long`)
      await frames.write(frame)
    },
    onFrame: fn => {
      onFrame = fn
      for (const frame of waiting.splice(0)) fn(frame)
    },
    onClose: fn => {
      if (isOpen) closers.add(fn)
      else fn()
    },
    close: async () => {
      if (!isOpen) return
      await stream.close({ signal: AbortSignal.timeout(1000) }).catch(error => stream.abort(error))
      over()
    },
  }
}
