import { createSeeded, type Seeded } from '../seeded.ts'

/** Virtual time: events in the order of their moments, with all that they await done before the next. */
export interface World {
  /** Milliseconds since 1970, as a perfect clock shows them. */
  now(): number
  /** Runs `run` in `ms`; the returned function cancels it. `false` from `run`: it has begun nothing that must be awaited. */
  after(ms: number, run: () => unknown): () => void
  /** Random numbers of a stream of its own: one more draw in one stream moves no other. */
  stream(name: string): Seeded
  /** Takes part in the hash of the run. */
  note(what: string): void
  /** Keeps virtual time still until something outside it (real crypto) is done. */
  outside<T>(work: Promise<T>): Promise<T>
  /** Goes on until `isOver`, or until nothing happens any more, or until a moment. */
  run(untilMs: number, isOver: () => boolean): Promise<void>
  /** Hash over all notes in their order with their moments, hex. */
  hash(): string
  readonly events: number
}

interface Timed {
  readonly atMs: number
  readonly order: number
  run: (() => unknown) | null
}

/** Makes a world that begins at a moment. `trace` hears every note. */
export function createWorld(
  seed: number,
  startMs: number,
  trace?: (atMs: number, what: string) => void,
): World {
  const queue: Timed[] = []
  let nowMs = startMs
  let order = 0
  let events = 0
  let abroad = 0
  let [low, high] = [0x811c9dc5, 0x9747b28c]

  const isBefore = (a: Timed, b: Timed) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
  const push = (timed: Timed) => {
    let i = queue.length
    queue.push(timed)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!isBefore(timed, queue[parent]!)) break
      queue[i] = queue[parent]!
      i = parent
    }
    queue[i] = timed
  }
  const pop = (): Timed => {
    const first = queue[0]!
    const last = queue.pop()!
    if (queue.length === 0) return first
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= queue.length) break
      if (child + 1 < queue.length && isBefore(queue[child + 1]!, queue[child]!)) child++
      if (!isBefore(queue[child]!, last)) break
      queue[i] = queue[child]!
      i = child
    }
    queue[i] = last
    return first
  }
  /** Everything that was begun goes on until it waits for virtual time. */
  const settle = async () => {
    do await new Promise<void>(resolve => setImmediate(resolve))
    while (abroad > 0)
  }

  return {
    now: () => nowMs,
    after: (ms, run) => {
      const timed: Timed = { atMs: nowMs + Math.max(0, Math.round(ms)), order: order++, run }
      push(timed)
      return () => {
        timed.run = null
      }
    },
    stream: name => createSeeded(hashOf(`${seed}/${name}`)),
    note: what => {
      trace?.(nowMs, what)
      for (let i = 0; i < what.length; i++) {
        low = Math.imul(low ^ what.charCodeAt(i), 0x01000193)
        high = Math.imul(high + what.charCodeAt(i), 0x85ebca6b) ^ (high >>> 13)
      }
      low = Math.imul(low ^ (nowMs % 0x7fffffff), 0x01000193)
      high = Math.imul(high ^ low, 0xc2b2ae35)
    },
    outside: async work => {
      abroad++
      try {
        return await work
      } finally {
        abroad--
      }
    },
    run: async (untilMs, isOver) => {
      await settle()
      while (queue.length > 0 && !isOver()) {
        const timed = pop()
        if (timed.run === null) continue
        if (timed.atMs > untilMs) return
        nowMs = timed.atMs
        events++
        if (timed.run() !== false) await settle()
      }
    },
    hash: () => [low, high].map(half => (half >>> 0).toString(16).padStart(8, '0')).join(''),
    get events() {
      return events
    },
  }
}

/** FNV-1a: a number for a name. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
