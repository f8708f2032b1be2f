import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type After, afterTimeout } from './after.ts'
import type { FactChange, Trail } from './block-trail.ts'
import type { Follower } from './ports.ts'
import type { Rpc } from './rpc.ts'

/** What it takes to follow a trail. */
export interface FollowOptions {
  readonly after?: After
  /** Time between two looks at the chain. */
  readonly pollMs?: number
  /** Told of faults; the follower goes on in any case. */
  readonly report?: (error: unknown) => void
}

/**
 * Walks a trail for ever, and tells listeners what became true and what is undone. The trail is made over an RPC that
 * ends with the follower.
 */
export function followTrail<F>(
  bare: Rpc,
  trailOver: (rpc: Rpc) => Trail<F>,
  { after = afterTimeout, pollMs = 400, report = () => {} }: FollowOptions = {},
): Follower<F> {
  const stopped = new AbortController()
  const trail = trailOver((method, params) => bare(method, params, stopped.signal))

  const listeners = new Map<object, (change: FactChange<F>) => void>()
  const statusListeners = new Set<(up: boolean) => void>()
  let up: boolean | null = null
  let running: Promise<void> | null = null
  let cancelTimer = () => {}
  let waiting: PromiseWithResolvers<void>[] = []

  const tell = <T>(listener: (value: T) => void, value: T) => {
    try {
      listener(value)
    } catch (error) {
      report(error)
    }
  }
  const told: F[] = []
  const emit = (change: FactChange<F>) => {
    if (change.type === 'fact') told.push(change.fact)
    else told.pop()
    for (const listener of [...listeners.values()]) tell(listener, change)
  }
  const setUp = (now: boolean) => {
    if (up === now || stopped.signal.aborted) return
    up = now
    for (const listener of [...statusListeners]) tell(listener, now)
  }

  async function poll(): Promise<void> {
    const served = waiting
    waiting = []
    try {
      while (!(await trail.advance(emit))) setUp(true)
      setUp(true)
      for (const each of served) each.resolve()
    } catch (error) {
      waiting.unshift(...served)
      setUp(false)
      if (!(error instanceof HexhailError)) report(error)
    }
  }

  function run(): void {
    if (running || stopped.signal.aborted) return
    cancelTimer()
    running = poll().then(() => {
      running = null
      // Whoever came during the poll wants one that began later; after a fault all wait for the timer.
      if (waiting.length > 0 && up) return run()
      if (!stopped.signal.aborted) cancelTimer = after(pollMs, run)
    })
  }
  run()

  return {
    on(listener) {
      const key = {}
      let on = true
      queueMicrotask(() => {
        if (!on) return
        listeners.set(key, listener)
        for (const fact of told) tell(listener, { type: 'fact', fact } satisfies FactChange<F>)
      })
      return () => {
        on = false
        listeners.delete(key)
      }
    },
    onStatus(listener) {
      statusListeners.add(listener)
      if (up !== null) tell(listener, up)
      return () => void statusListeners.delete(listener)
    },
    caughtUp() {
      if (stopped.signal.aborted) return Promise.reject(hasStopped())
      const wait = Promise.withResolvers<void>()
      waiting.push(wait)
      run()
      return wait.promise
    },
    async [Symbol.asyncDispose]() {
      cancelTimer()
      stopped.abort()
      listeners.clear()
      statusListeners.clear()
      await running
      for (const wait of waiting.splice(0)) wait.reject(hasStopped())
    },
  }
}

const hasStopped = () => new HexhailError('follower-stopped', 'The follower was stopped: make a new one.')
