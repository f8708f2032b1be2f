import { afterTimeout } from './after.ts'
import type { After, Leaf, LeafStatus, Link } from './ports.ts'

/** A leaf that can become another: with a new peer id and new connections, for the same listeners. */
export interface RenewingLeaf extends Leaf {
  renew(): Promise<void>
}

/** A new leaf that is not reachable by then is given up, and the old one stays. Ms. */
const READY_MS = 8000

/** Makes a leaf by `make`, and a new one at each `renew`: nobody can tie by addresses what comes after to what was before. */
export async function createRenewingLeaf(
  make: () => Promise<Leaf>,
  after: After = afterTimeout,
): Promise<RenewingLeaf> {
  let leaf = await make()
  let isStopped = false
  let renewing: Promise<void> | undefined
  const watchers = new Set<(status: LeafStatus) => void>()
  const handlers = new Map<string, (link: Link) => void>()
  const listeners = new Set<{ topic: string; fn: Parameters<Leaf['subscribe']>[1]; leave: () => void }>()
  const watch = (): (() => void) =>
    leaf.onStatus(status => {
      for (const fn of watchers) fn(status)
    })
  let unwatch = watch()

  const renew = async (): Promise<void> => {
    const next = await make()
    const isReady = await reachable(next, Math.max(1, leaf.addrs().length), after)
    if (!isReady || isStopped) return next.stop()
    const last = leaf
    unwatch()
    leaf = next
    unwatch = watch()
    for (const [protocol, fn] of handlers) leaf.handle(protocol, fn)
    for (const listener of listeners) listener.leave = leaf.subscribe(listener.topic, listener.fn)
    for (const fn of watchers) fn({ relays: leaf.connectedRelays(), addrs: leaf.addrs() })
    await last.stop()
  }
  return {
    get peerId() {
      return leaf.peerId
    },
    addrs: () => leaf.addrs(),
    connectedRelays: () => leaf.connectedRelays(),
    onStatus: fn => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    audience: topic => leaf.audience(topic),
    workBits: isBonded => leaf.workBits(isBonded),
    presence: topics => leaf.presence(topics),
    publish: (topic, data) => leaf.publish(topic, data),
    subscribe: (topic, fn) => {
      const listener = { topic, fn, leave: leaf.subscribe(topic, fn) }
      listeners.add(listener)
      return () => {
        if (listeners.delete(listener)) listener.leave()
      }
    },
    handle: (protocol, fn) => {
      handlers.set(protocol, fn)
      leaf.handle(protocol, fn)
    },
    dial: (addrs, protocol, options) => leaf.dial(addrs, protocol, options),
    renew: () => {
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      return renewing
    },
    stop: async () => {
      isStopped = true
      unwatch()
      watchers.clear()
      await renewing?.catch(() => {})
      await leaf.stop()
    },
  }
}

/** True once a leaf can be dialled through so many relays, or through fewer when that takes too long; false through none. */
export function reachable(leaf: Leaf, relays: number, after: After = afterTimeout): Promise<boolean> {
  return new Promise(resolve => {
    const done = (): void => {
      if (leaf.addrs().length < relays) return
      settle(true)
    }
    const settle = (isReady: boolean): void => {
      stop()
      cancel()
      resolve(isReady)
    }
    const stop = leaf.onStatus(done)
    const cancel = after(READY_MS, () => settle(leaf.addrs().length > 0))
    done()
  })
}
