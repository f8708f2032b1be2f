import type { After, Leaf, Link } from '@hexhail/net/ports.ts'
import { WORK_BITS } from '@hexhail/protocol/work.ts'

/** A clock that runs only when told to: timers fire in order, and promises settle in between. */
export interface VirtualTime {
  readonly now: () => number
  readonly after: After
  sleep(delayMs: number): Promise<void>
  /** Lets `forMs` go by, or less if `isDone` says so. */
  run(forMs: number, isDone?: () => boolean): Promise<void>
}

export function virtualTime(): VirtualTime {
  let nowMs = 0
  let count = 0
  const timers = new Map<number, { atMs: number; run: () => void }>()
  const after: After = (delayMs, run) => {
    const id = count++
    timers.set(id, { atMs: nowMs + Math.max(0, delayMs), run })
    return () => timers.delete(id)
  }
  const settle = async (): Promise<void> => {
    await new Promise(resolve => setImmediate(resolve))
  }
  return {
    now: () => nowMs,
    after,
    sleep: delayMs => new Promise(resolve => after(delayMs, resolve)),
    run: async (forMs, isDone = () => false) => {
      const endMs = nowMs + forMs
      for (;;) {
        await settle()
        if (isDone()) return
        let next: [number, { atMs: number; run: () => void }] | undefined
        for (const entry of timers) if (next === undefined || entry[1].atMs < next[1].atMs) next = entry
        if (next === undefined || next[1].atMs > endMs) break
        nowMs = next[1].atMs
        timers.delete(next[0])
        next[1].run()
      }
      nowMs = endMs
    },
  }
}

/** A network in memory: leaves that dial each other, links that lose frames, break, fall silent or cannot be made. */
export interface Air {
  leaf(): Leaf & { crash(): void }
  /** Breaks all links. */
  cut(): void
  /** Swallows all frames of all links; they break later, by default as a heartbeat would have them. */
  hush(breakAfterMs?: number): void
  block(forMs: number): void
  /** Joins two leaves without a relay: an end each. */
  pair(one: string, other: string): [Link, Link]
}

export function createAir(time: VirtualTime, random: () => number): Air {
  const lossRate = random() * 0.3
  const slowRate = random() * 0.2
  interface End extends Link {
    hear(frame: Uint8Array): void
    over(): void
  }
  const leaves = new Map<string, { handlers: Map<string, (link: Link) => void>; alive: boolean }>()
  const topics = new Map<string, Set<{ owner: string; fn: (data: Uint8Array, from: string) => void }>>()
  const pairs = new Set<{ ends: [End, End]; silent: boolean }>()
  let blockedUntilMs = 0
  let count = 0

  const join = (from: string, to: string): [End, End] => {
    const pair = { silent: false, ends: [] as unknown as [End, End] }
    const breakUp = (): void => {
      if (!pairs.delete(pair)) return
      for (const e of pair.ends) time.after(random() * 20, e.over)
    }
    const make = (other: () => End, remotePeer: string, direction: Link['direction']): End => {
      let onFrame: ((frame: Uint8Array) => void) | undefined
      const waiting: Uint8Array[] = []
      const closers: (() => void)[] = []
      let isOver = false
      let clearAtMs = 0
      return {
        remotePeer,
        direction,
        send: async frame => {
          if (isOver || !pairs.has(pair)) throw new Error('closed')
          if (pair.silent || random() < lossRate) return
          // Frames of a link keep their order.
          clearAtMs = Math.max(clearAtMs, time.now() + random() * (random() < slowRate ? 2000 : 40))
          time.after(clearAtMs - time.now(), () => other().hear(frame))
        },
        onFrame: fn => {
          onFrame = fn
          for (const frame of waiting.splice(0)) fn(frame)
        },
        onClose: fn => void (isOver ? fn() : closers.push(fn)),
        close: async () => breakUp(),
        hear: frame => {
          if (isOver || pair.silent) return
          if (onFrame) onFrame(frame)
          else waiting.push(frame)
        },
        over: () => {
          isOver = true
          for (const fn of closers.splice(0)) fn()
        },
      }
    }
    pair.ends = [make(() => pair.ends[1], to, 'outbound'), make(() => pair.ends[0], from, 'inbound')]
    pairs.add(pair)
    return pair.ends
  }
  const breakWhere = (isTrue: (peer: string) => boolean): void => {
    for (const pair of pairs) if (pair.ends.some(e => isTrue(e.remotePeer))) void pair.ends[0].close()
  }
  return {
    cut: () => breakWhere(() => true),
    hush: (breakAfterMs = 8000) => {
      for (const pair of pairs) {
        pair.silent = true
        time.after(breakAfterMs, () => void pair.ends[0].close())
      }
    },
    block: forMs => {
      blockedUntilMs = time.now() + forMs
    },
    pair: (one, other) => {
      const [near, far] = join(one, other)
      return [
        { ...near, isDirect: true },
        { ...far, isDirect: true },
      ]
    },
    leaf: () => {
      const peerId = `12D3KooW${'abcdefghij'[count % 10]}${'ABCDEFGHJK'[Math.floor(count / 10) % 10]}`
      count++
      const own = { handlers: new Map<string, (link: Link) => void>(), alive: true }
      leaves.set(peerId, own)
      const watchers = new Set<Parameters<Leaf['onStatus']>[0]>()
      const addrs = (): string[] => [`/ip4/127.0.0.1/tcp/1/ws/p2p/R/p2p-circuit/p2p/${peerId}`]
      return {
        peerId,
        addrs,
        connectedRelays: () => 1,
        onStatus: fn => {
          watchers.add(fn)
          return () => watchers.delete(fn)
        },
        audience: topic => (topics.has(topic) ? 1 : 0),
        workBits: () => WORK_BITS,
        presence: async () => null,
        publish: async (topic, data) => {
          if (!own.alive || time.now() < blockedUntilMs) return 0
          for (const taker of topics.get(topic) ?? [])
            if (taker.owner !== peerId) time.after(random() * 40, () => taker.fn(data, 'relay'))
          return 1
        },
        subscribe: (topic, fn) => {
          const taker = { owner: peerId, fn }
          if (!topics.has(topic)) topics.set(topic, new Set())
          topics.get(topic)!.add(taker)
          time.after(10, () => watchers.forEach(w => void w({ relays: 1, addrs: addrs() })))
          return () => topics.get(topic)!.delete(taker)
        },
        handle: (protocol, fn) => own.handlers.set(protocol, fn),
        dial: async (to, protocol, { signal }) => {
          await time.sleep(random() * 60)
          signal.throwIfAborted()
          const peer = to[0]?.split('/').at(-1) ?? ''
          const there = leaves.get(peer)
          if (!own.alive || !there?.alive || time.now() < blockedUntilMs) throw new Error('no reservation')
          const [near, far] = join(peerId, peer)
          there.handlers.get(protocol)?.(far)
          return near
        },
        stop: async () => {},
        crash: () => {
          own.alive = false
          for (const set of topics.values()) for (const t of set) if (t.owner === peerId) set.delete(t)
          breakWhere(peer => peer === peerId)
          for (const pair of pairs) if (pair.ends.some(e => e.remotePeer === peerId)) pairs.delete(pair)
        },
      }
    },
  }
}
