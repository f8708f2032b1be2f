import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type After, afterTimeout } from './after.ts'
import { createTrail, type FactChange } from './block-trail.ts'
import { createMemoryShelf } from './mark-shelf.ts'
import type { ChainConfig, Follower } from './ports.ts'
import { createRpc, type Rpc } from './rpc.ts'
import type { FactFilter } from './vault-facts.ts'

/** What a follower needs. */
export interface FollowerInit extends FactFilter {
  readonly config: ChainConfig
  readonly rpc?: Rpc
  /** First block to read; the deployment's, when not given. */
  readonly from?: number
  readonly after?: After
  /** Time between two looks at the chain. */
  readonly pollMs?: number
  /** Told of faults; the follower goes on in any case. */
  readonly report?: (error: unknown) => void
}

/**
 * Follows the vault's facts, of all trips or of the given party's, and takes back those that a reorganisation takes
 * back. One is enough for a page: a listener that comes later is first told all that was told before.
 */
export function createFollower(init: FollowerInit): Follower {
  const { config, after = afterTimeout, pollMs = 400, report = () => {} } = init
  const stopped = new AbortController()
  const bare = init.rpc ?? createRpc(config.rpcUrl)
  const rpc: Rpc = (method, params) => bare(method, params, stopped.signal)
  const { vault, deployBlock } = config.contracts
  const { from = deployBlock } = init
  const confirmations = config.confirmations ?? 0
  const trail = createTrail({ rpc, vault, from, confirmations, filter: init, shelf: createMemoryShelf() })

  const listeners = new Map<object, (change: FactChange) => void>()
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
  const told: ChainFact[] = []
  const emit = (change: FactChange) => {
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
        for (const fact of told) tell(listener, { type: 'fact', fact } satisfies FactChange)
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

/** The facts of a stretch of calls of `on`: adds what became true and drops what was undone. For lists on a page. */
export function applyChange(facts: readonly ChainFact[], { type, fact }: FactChange): ChainFact[] {
  if (type === 'fact') return [...facts, fact]
  return facts.filter(each => each.blockHash !== fact.blockHash || each.logIndex !== fact.logIndex)
}
