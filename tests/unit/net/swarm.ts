import { randomBytes } from 'node:crypto'
import { createLeaf, type LeafOptions } from '@hexhail/net/leaf.ts'
import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import { createRelay, type RelayOptions } from '@hexhail/net/relay.ts'
import { cellAt, farCell, farTopic, requestTopic } from '@hexhail/protocol/cells.ts'

/** Real relays and leaves on loopback; all stopped at the end of a test. */
export interface Swarm extends AsyncDisposable {
  relay(options?: Partial<RelayOptions>): Promise<Relay>
  /** The same relay once more, on its old port and with its old id. */
  relayAgain(stopped: Relay): Promise<Relay>
  /** `count` relays that mesh with each other. */
  relays(count: number, options?: Partial<RelayOptions>): Promise<Relay[]>
  /** A leaf that is reachable through `want` relays. */
  leaf(relays: readonly Relay[], options?: Partial<LeafOptions>): Promise<Leaf>
  /** A leaf with these relay addresses, wherever they lead. */
  leafAt(relays: readonly string[], options?: Partial<LeafOptions>): Promise<Leaf>
  /** Stops this, too, at the end; what came last stops first. */
  own<T extends { stop(): Promise<void> }>(running: T): T
}

export function createSwarm(): Swarm {
  const running: { stop(): Promise<void> }[] = []
  const again = new Map<Relay, () => Promise<Relay>>()
  const own: Swarm['own'] = made => {
    running.push(made)
    return made
  }
  const relay = async (options: Partial<RelayOptions> = {}): Promise<Relay> => {
    const fixed = { host: '127.0.0.1', seed: randomBytes(32), ...options }
    const made = own(await createRelay({ port: 0, ...fixed }))
    const port = Number(made.addrs[0]!.split('/')[4])
    again.set(made, () => createRelay({ ...fixed, port }))
    return made
  }
  const leafAt: Swarm['leafAt'] = async (relays, options) =>
    own(
      await createLeaf({
        relays,
        validate: async () => 'accept',
        now: Date.now,
        random: Math.random,
        ...options,
      }),
    )
  return {
    own,
    relay,
    relayAgain: async stopped => own(await again.get(stopped)!()),
    relays: async (count, options) => {
      const made: Relay[] = []
      for (let i = 0; i < count; i++) {
        const next = await relay({ ...options, peers: made.map(r => r.addrs[0]!) })
        for (const other of made) other.mesh(next.addrs[0]!)
        made.push(next)
      }
      return made
    },
    leafAt,
    leaf: async (relays, options) => {
      const leaf = await leafAt(
        relays.map(r => r.addrs[0]!),
        options,
      )
      await until(leaf, () => leaf.addrs().length >= Math.min(options?.want ?? 2, relays.length))
      return leaf
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of running.reverse()) await one.stop()
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

const CELL = cellAt([-56.16, -34.9], 7)
export const REQ = requestTopic(31337, CELL)
export const FAR = farTopic(31337, farCell(CELL))
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (data: Uint8Array): string => new TextDecoder().decode(data)
