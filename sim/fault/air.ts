import type { Leaf, LeafStatus, Link } from '@hexhail/net/ports.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Seeded } from '../seeded.ts'
import type { Process } from './process.ts'
import type { World } from './world.ts'

/** What happens to a message on its way: none, or one of three. */
export type Mishap = 'drop' | 'dup' | 'late' | null

/** The network: gossip by topics, private links between leaves. */
export interface Air {
  /** A leaf for this life of a program. */
  leaf(process: Process): Leaf
  /** Nothing passes between these devices and all others until then. */
  partition(side: ReadonlySet<Process>, untilMs: number): void
  /** Ends every link of a device without a word. */
  cut(process: Process): void
  /** Tells a device's leaves that the network is back. */
  wake(process: Process): void
  /** Everything that anybody sends passes by: frames of links, and gossip with its topic. */
  onBytes(listener: (bytes: Uint8Array, topic: string | null, from: Process) => void): void
}

const RELAY = '/ip4/127.0.0.1/tcp/1/ws/p2p/12D3Re1ay'
/** A message that is late comes so late at most, ms. */
const LATE_MS = 60_000
const DIAL_MS = 200

interface Side {
  readonly process: Process
  readonly life: number
  onFrame: ((frame: Uint8Array) => void) | null
  readonly waiting: Uint8Array[]
  readonly closers: Set<() => void>
  isOpen: boolean
  lastMs: number
}

/** Makes the network. `mishap`: what befalls the next message. */
export function createAir(world: World, seeded: Seeded, mishap: () => Mishap): Air {
  const topics = new Map<
    string,
    Map<object, { process: Process; life: number; fn: (data: Uint8Array) => void }>
  >()
  const peers = new Map<string, { process: Process; life: number; take: (link: Link) => void }>()
  const listeners: ((bytes: Uint8Array, topic: string | null, from: Process) => void)[] = []
  const sides = new Set<Side>()
  const watchers = new Map<Process, Set<(status: LeafStatus) => void>>()
  let apart: ReadonlySet<Process> = new Set()
  let apartUntilMs = 0
  let peerCount = 0

  const passes = (from: Process, to: Process): boolean =>
    from.isOnline() && to.isOnline() && (world.now() >= apartUntilMs || apart.has(from) === apart.has(to))
  const delayMs = () => 20 + seeded.below(120)
  const tell = (bytes: Uint8Array, topic: string | null, from: Process) => {
    for (const listener of listeners) listener(bytes, topic, from)
  }
  /** Delivers once, twice, late or never. */
  const carry = (from: Process, to: Process, ms: number, give: () => void): void => {
    const one = (waitMs: number) =>
      world.after(waitMs, () => {
        if (!passes(from, to)) return false
        give()
      })
    const what = mishap()
    if (what === 'drop') return
    if (what === 'late') return void one(ms + seeded.below(LATE_MS))
    one(ms)
    if (what === 'dup') one(ms + delayMs())
  }
  const close = (side: Side): void => {
    if (!side.isOpen) return
    side.isOpen = false
    sides.delete(side)
    for (const fn of side.closers) fn()
    side.closers.clear()
  }
  const linkOf = (mine: Side, other: Side, remotePeer: string, direction: Link['direction']): Link => ({
    remotePeer,
    direction,
    send: async frame => {
      if (!mine.isOpen) throw new Error('the link is closed')
      tell(frame, null, mine.process)
      // In order, as streams are; only what is late is overtaken.
      const atMs = Math.max(mine.lastMs, world.now() + delayMs())
      mine.lastMs = atMs
      carry(mine.process, other.process, atMs - world.now(), () => {
        if (!other.isOpen || other.process.life !== other.life) return
        if (other.onFrame) other.onFrame(frame)
        else if (other.waiting.length < 64) other.waiting.push(frame)
      })
    },
    onFrame: fn => {
      mine.onFrame = fn
      for (const frame of mine.waiting.splice(0)) fn(frame)
    },
    onClose: fn => {
      if (mine.isOpen) mine.closers.add(fn)
      else fn()
    },
    close: async () => {
      if (!mine.isOpen) return
      close(mine)
      if (!passes(mine.process, other.process)) return
      world.after(delayMs(), () => other.process.life === other.life && close(other))
    },
  })

  return {
    partition: (side, untilMs) => {
      apart = side
      apartUntilMs = untilMs
    },
    cut: process => {
      for (const side of [...sides]) if (side.process === process) close(side)
    },
    wake: process => {
      for (const watch of watchers.get(process) ?? []) watch({ relays: 2, addrs: [] })
    },
    onBytes: listener => void listeners.push(listener),
    leaf: process => {
      const { life } = process
      const peerId = `12D3KooW${(++peerCount).toString(9).replace(/\d/g, digit => 'abcdefghj'[Number(digit)]!)}`
      const watching = new Set<(status: LeafStatus) => void>()
      watchers.set(process, watching)
      const sideOf = (who: Process): Side => ({
        process: who,
        life: who.life,
        onFrame: null,
        waiting: [],
        closers: new Set(),
        isOpen: true,
        lastMs: 0,
      })
      const followers = (topic: string) =>
        [...(topics.get(topic)?.values() ?? [])].filter(
          each => each.process !== process && each.process.life === each.life,
        )
      return {
        peerId,
        addrs: () => [`${RELAY}/p2p-circuit/p2p/${peerId}`],
        connectedRelays: () => 2,
        onStatus: fn => {
          watching.add(fn)
          return () => void watching.delete(fn)
        },
        audience: topic => followers(topic).length,
        presence: async asked => asked.map(topic => Math.min(5, followers(topic).length)),
        publish: async (topic, data) => {
          if (!process.isOnline()) return 0
          tell(data, topic, process)
          const hearers = followers(topic)
          for (const { process: to, life: toLife, fn } of hearers)
            carry(process, to, delayMs(), () => {
              if (to.life === toLife) fn(data)
            })
          return hearers.length
        },
        workBits: () => 0,
        subscribe: (topic, fn) => {
          const key = {}
          const all = topics.get(topic) ?? new Map()
          topics.set(topic, all)
          all.set(key, { process, life, fn: (data: Uint8Array) => fn(data, 'relay') })
          return () => void all.delete(key)
        },
        handle: (_protocol, take) => void peers.set(peerId, { process, life, take }),
        dial: (addrs, _protocol, { signal }) =>
          new Promise((resolve, reject) => {
            const fail = () => reject(new HexhailError('unreachable', 'Nobody is at these addresses.'))
            signal.addEventListener('abort', fail)
            const remote = /\/p2p\/([^/]+)$/.exec(addrs[0] ?? '')?.[1] ?? ''
            process.after(DIAL_MS + seeded.below(400), () => {
              const there = peers.get(remote)
              if (!there || there.process.life !== there.life || !passes(process, there.process))
                return fail()
              const [near, far] = [sideOf(process), sideOf(there.process)]
              sides.add(near)
              sides.add(far)
              resolve(linkOf(near, far, remote, 'outbound'))
              there.take(linkOf(far, near, peerId, 'inbound'))
            })
          }),
        stop: async () => {},
      }
    },
  }
}
