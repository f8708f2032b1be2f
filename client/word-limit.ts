import { createBuckets } from '@hexhail/protocol/limits.ts'

/** Words at a rendezvous that one session may leave: relays take two messages a second of an author, and ban who goes on. */
const WORDS = { perS: 0.5, burst: 6 }

/** Publishes as often as `WORDS` allows; reaches nobody beyond that: whoever seeks tries again later. */
export function limitWords(
  publish: (topic: string, data: Uint8Array) => Promise<number>,
  now: () => number,
): (topic: string, data: Uint8Array) => Promise<number> {
  const bucket = createBuckets(WORDS)
  return async (topic, data) => (bucket.take('', now()) ? publish(topic, data) : 0)
}
