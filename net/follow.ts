import type { SubscriptionChangeData } from '@libp2p/gossipsub'
import type { GossipRouter } from './gossip.ts'
import { isRelaysTopic, isTopic, localMark, RELAY_TOPIC } from './topics.ts'

/** Bounds of what a relay follows. */
export interface FollowLimits {
  readonly maxTopics: number
  /** A topic without followers is held this long: joining again earlier meets gossipsub's backoff. */
  readonly holdMs: number
}

const LIMITS: FollowLimits = { maxTopics: 10_000, holdMs: 60_000 }

/**
 * Keeps a relay in exactly the topics that leaves follow, its own or another relay's. A relay marks the topics that its
 * own leaves follow, and other relays go by that mark alone: following a follower would keep two relays in a
 * topic for ever. So all relays must mesh with each other. `isRelay` tells who is one for sure. Returns the way to stop.
 */
export function follow(
  router: GossipRouter,
  join: (topic: string) => void,
  isRelay: (peer: string) => boolean,
  now: () => number,
  limits: Partial<FollowLimits> = {},
): () => void {
  const { maxTopics, holdMs } = { ...LIMITS, ...limits }
  const unwantedSinceMs = new Map<string, number>()
  const relays = (): Set<string> => new Set(router.getSubscribers(RELAY_TOPIC).map(String).filter(isRelay))

  const set = (topic: string, wanted: boolean, isOwn: boolean): void => {
    if (wanted) {
      unwantedSinceMs.delete(topic)
      const room = isOwn ? maxTopics : maxTopics / 2 // other relays' leaves do not crowd out our own
      if (!router.subscriptions.has(topic) && router.subscriptions.size < room) join(topic)
    } else if (router.subscriptions.has(topic)) {
      const sinceMs = unwantedSinceMs.get(topic) ?? now()
      unwantedSinceMs.set(topic, sinceMs)
      if (now() - sinceMs < holdMs) return
      unwantedSinceMs.delete(topic)
      router.unsubscribe(topic)
      router.topicValidators.delete(topic)
    }
  }
  const sync = (topics: Iterable<string>): void => {
    const others = relays()
    for (const topic of topics) {
      // Relay records are every relay's own business, whoever follows them.
      if (!isTopic(topic) || isRelaysTopic(topic)) continue
      const local = router.getSubscribers(topic).some(p => !others.has(String(p)))
      const remote = router.getSubscribers(localMark(topic)).some(p => others.has(String(p)))
      set(localMark(topic), local, local)
      set(topic, local || remote, local)
    }
  }
  const ofTopics = (marked: Iterable<string>): Set<string> =>
    new Set([...marked].map(topic => topic.replace(/\/local$/, '')))
  const onChange = (event: CustomEvent<SubscriptionChangeData>): void => {
    const topics = event.detail.subscriptions.map(s => s.topic)
    // A neighbour that turns out to be a relay changes what its earlier subscriptions mean.
    sync(ofTopics(topics.includes(RELAY_TOPIC) ? [...router.subscriptions, ...topics] : topics))
  }
  join(RELAY_TOPIC)
  sync(ofTopics(router.topics.keys()))
  router.addEventListener('subscription-change', onChange)
  const timer = setInterval(
    () => sync(ofTopics([...router.topics.keys(), ...router.subscriptions])),
    Math.min(15_000, holdMs),
  )
  return () => {
    clearInterval(timer)
    router.removeEventListener('subscription-change', onChange)
  }
}
