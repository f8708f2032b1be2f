import { createLeaf, type LeafOptions } from '@hexhail/net/leaf.ts'
import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import { createRelay, type RelayOptions } from '@hexhail/net/relay.ts'

/** Real relays and leaves on loopback; all stopped at the end of a test. */
export interface Swarm extends AsyncDisposable {
  relay(options?: Partial<RelayOptions>): Promise<Relay>
  /** `count` relays that mesh with each other. */
  relays(count: number, options?: Partial<RelayOptions>): Promise<Relay[]>
  /** A leaf that is reachable through `want` relays. */
  leaf(relays: readonly Relay[], options?: Partial<LeafOptions>): Promise<Leaf>
}

export function createSwarm(): Swarm {
  const running: { stop(): Promise<void> }[] = []
  const relay = async (options: Partial<RelayOptions> = {}): Promise<Relay> => {
    const made = await createRelay({ port: 0, host: '127.0.0.1', ...options })
    running.push(made)
    return made
  }
  return {
    relay,
    relays: async (count, options) => {
      const made: Relay[] = []
      for (let i = 0; i < count; i++) {
        const next = await relay({ ...options, peers: made.map(r => r.addrs[0]!) })
        for (const other of made) other.mesh(next.addrs[0]!)
        made.push(next)
      }
      return made
    },
    leaf: async (relays, options) => {
      const leaf = await createLeaf({
        relays: relays.map(r => r.addrs[0]!),
        validate: async () => 'accept',
        now: Date.now,
        random: Math.random,
        ...options,
      })
      running.push(leaf)
      await until(leaf, () => leaf.addrs().length >= Math.min(options?.want ?? 2, relays.length))
      return leaf
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(running.map(r => r.stop()))
    },
  }
}

/** Resolves at the first change of the leaf after which `isTrue`. */
export function until(leaf: Leaf, isTrue: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (!isTrue()) return
      stop()
      resolve()
    }
    const stop = leaf.onStatus(check)
    check()
  })
}

/** Collects values; `take(n)` resolves with the first n once they are there. */
export function inbox<T>(): { put: (value: T) => void; all: T[]; take: (count: number) => Promise<T[]> } {
  const all: T[] = []
  const waiting: { count: number; resolve: (values: T[]) => void }[] = []
  return {
    all,
    put: value => {
      all.push(value)
      for (const w of waiting) if (all.length >= w.count) w.resolve(all.slice(0, w.count))
    },
    take: count =>
      all.length >= count
        ? Promise.resolve(all.slice(0, count))
        : new Promise(resolve => waiting.push({ count, resolve })),
  }
}

export const REQ = '/hexhail/1/31337/req/87c2e0d4effffff'
export const FAR = '/hexhail/1/31337/far/85c2e0d7fffffff'
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (data: Uint8Array): string => new TextDecoder().decode(data)
