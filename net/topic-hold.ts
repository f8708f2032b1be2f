/** Takes messages of a topic. */
type Taker = (data: Uint8Array, from: string) => void

/** What a topic table does to the network. */
export interface TopicHoldOptions {
  readonly holdMs: number
  readonly join: (topic: string) => void
  readonly leave: (topic: string) => void
}

/** The topics that somebody listens to here. */
export interface TopicHold {
  subscribe(topic: string, fn: Taker): () => void
  deliver(topic: string, data: Uint8Array, from: string): void
  stop(): void
}

/**
 * Listeners by topic. A topic that the last one has left is held for a while before it is really left: joining it again within
 * gossipsub's backoff would leave us without a mesh, and a driver crosses cell borders back and forth.
 */
export function topicHold({ holdMs, join, leave }: TopicHoldOptions): TopicHold {
  const takers = new Map<string, Set<Taker>>()
  const held = new Map<string, ReturnType<typeof setTimeout>>()

  const drop = (topic: string): void => {
    held.delete(topic)
    takers.delete(topic)
    leave(topic)
  }
  return {
    subscribe: (topic, fn) => {
      let own = takers.get(topic)
      if (own === undefined) {
        takers.set(topic, (own = new Set()))
        join(topic)
      }
      clearTimeout(held.get(topic))
      held.delete(topic)
      // Wrapped, so that one function may listen twice.
      const taker: Taker = (data, from) => fn(data, from)
      own.add(taker)
      return () => {
        if (!own.delete(taker) || own.size > 0 || takers.get(topic) !== own) return
        held.set(
          topic,
          setTimeout(() => drop(topic), holdMs),
        )
      }
    },
    deliver: (topic, data, from) => {
      for (const taker of [...(takers.get(topic) ?? [])]) taker(data, from)
    },
    stop: () => {
      for (const timer of held.values()) clearTimeout(timer)
      held.clear()
      takers.clear()
    },
  }
}
