import { blob, list, message } from '@hexhail/protocol/fields.ts'
import { createBuckets, type Rate } from '@hexhail/protocol/limits.ts'
import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { MAX_RECORD_BYTES } from './relay-record.ts'

/** Records that one answer carries at most: a full table and the answering relay's own. */
const MAX_RECORDS = 65
const ANSWER = message(83, 'relay-records', { records: list(blob(MAX_RECORD_BYTES), MAX_RECORDS) })
const TIMEOUT_MS = 5000

/** The protocol by which a peer asks a relay for the records it believes; the relay's own one comes first. */
export const relaysProtocol = (chainId: number): string => `/hexhail/relays/1/${chainId}`

const PER_PEER: Rate = { perS: 0.1, burst: 10 }
const ALL: Rate = { perS: 20, burst: 100 }

/** Answers those who ask, each a few times a minute; returns the way to stop. */
export function serveRecords(
  node: Libp2p,
  protocol: string,
  records: () => readonly Uint8Array[],
  now: () => number,
): () => void {
  const perPeer = createBuckets(PER_PEER)
  const all = createBuckets(ALL)
  const answer = async (stream: Stream, { remotePeer }: Connection): Promise<void> => {
    if (!perPeer.take(remotePeer.toString(), now()) || !all.take('', now()))
      return stream.abort(new Error('asked too often'))
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    await lpStream(stream).write(ANSWER.encode({ records: records().slice(0, MAX_RECORDS) }), { signal })
    await stream.close({ signal })
  }
  const handle = (stream: Stream, connection: Connection): void => {
    answer(stream, connection).catch(error => stream.abort(error))
  }
  void node.handle(protocol, handle, { maxInboundStreams: 1, force: true })
  return () => void node.unhandle(protocol)
}

/** The records of the relay at the other end; none where it speaks no such protocol. */
export async function askRecords(connection: Connection, protocol: string): Promise<readonly Uint8Array[]> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  let stream: Stream | undefined
  try {
    stream = await connection.newStream(protocol, { signal })
    const bytes = await lpStream(stream, { maxDataLength: ANSWER.maxBytes }).read({ signal })
    await stream.close({ signal })
    const answer = ANSWER.decode(bytes.subarray())
    return answer.verdict === 'accept' ? answer.value.records : []
  } catch (error) {
    stream?.abort(error instanceof Error ? error : new Error('no answer'))
    return []
  }
}
