import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Entity } from '@hexhail/transit/realtime/entity.ts'
import { readFeedMessage } from '@hexhail/transit/realtime/feed-message.ts'

const TIMEOUT_MS = 10_000
/** The largest cities' feeds have a few megabytes. */
const MOST_BYTES = 20_000_000

/** Reads a GTFS-Realtime feed. @throws {HexhailError} 'feed' where there is none, with what to do */
export async function fetchFeed(url: string): Promise<readonly Entity[]> {
  const fault = (why: string, cause?: unknown) =>
    new HexhailError('feed', `${url} ${why}: give the address of a GTFS-Realtime feed.`, { url }, cause)
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(cause => {
    throw fault('does not answer', cause)
  })
  if (!answer.ok) throw fault(`answers ${answer.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > MOST_BYTES) throw fault(`has more than ${MOST_BYTES / 1e6} MB`)
    chunks.push(chunk)
  }
  const feed = readFeedMessage(new Uint8Array(Buffer.concat(chunks)))
  if (feed === null) throw fault('is no feed')
  return feed.entities
}
