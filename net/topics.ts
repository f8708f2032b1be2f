import { isHexhailTopic } from '@hexhail/protocol/cells.ts'

/** The topic that relays alone are in: it tells a relay which of its neighbours are relays. */
export const RELAY_TOPIC = '/hexhail/1/relay'

/** The topic of a chain's relay records. */
export const relaysTopic = (chainId: number): string => `/hexhail/1/${chainId}/relays`

/** Whether a topic carries relay records. */
export const isRelaysTopic = (topic: string): boolean => /^\/hexhail\/1\/[1-9]\d{0,14}\/relays$/.test(topic)

/** Whether a topic of ours is one in which a transit operator speaks for its fleet. */
export const isTransitTopic = (topic: string): boolean => topic.includes('/transit/')

const MAX_KNOWN = 20_000
const known = new Map<string, boolean>()

/** Whether a topic is one of Hexhail's; remembered, for scores ask it per peer, topic and second. */
export function isTopic(topic: string): boolean {
  let is = known.get(topic)
  if (is === undefined) {
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(topic, (is = topic.length < 100 && (isHexhailTopic(topic) || isRelaysTopic(topic))))
  }
  return is
}

/** The mark by which a relay tells the others that leaves of its own follow `topic`. Nothing is sent on it. */
export const localMark = (topic: string): string => `${topic}/local`
