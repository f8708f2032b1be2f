/** A process with one real relay: the check, the guard and the limits of `hexhail relay`. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Relay } from '@hexhail/net/ports.ts'
import { createRelay } from '@hexhail/net/relay.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { answer } from './child.ts'

/** How a relay is run; one that `drops` is the attacker's own. */
export interface RelayStart {
  readonly chainId: number
  readonly peers: readonly string[]
  /** Share of all messages that it does not pass on. */
  readonly drops: number
  readonly seed: number
}

/** What a relay has done and holds; the heap is counted after a collection. */
export interface RelayFigures {
  readonly heapMb: number
  readonly dropped: number
  readonly kicked: number
  readonly lagP99Ms: number
  readonly verdicts: readonly (readonly [string, number])[]
}

let relay: Relay
let gossip: ReturnType<typeof relayGossip>
const lag = monitorEventLoopDelay({ resolution: 10 })
lag.enable()

answer({
  start: async ({ chainId, peers, drops, seed }: RelayStart): Promise<string[]> => {
    gossip = relayGossip({ chainId, messagesPerS: 500, seen: createSeen(), now: Date.now })
    const { next } = createSeeded(seed)
    relay = await createRelay({
      port: 0,
      host: '127.0.0.1',
      peers,
      asked: gossip.asked,
      limits: { isExempt: ip => ip === '127.0.0.1' }, // the attacker comes from elsewhere
      authorOf,
      validate: async (...said) => (next() < drops ? 'ignore' : gossip.validate(...said)),
    })
    return relay.addrs
  },
  mesh: (addr: string) => relay.mesh(addr),
  figures: (): RelayFigures => {
    globalThis.gc?.()
    const { dropped, kicked } = relay.stats()
    const lagP99Ms = lag.percentile(99) / 1e6
    lag.reset()
    const heapMb = process.memoryUsage().heapUsed / 2 ** 20
    return { heapMb, dropped, kicked, lagP99Ms, verdicts: [...gossip.counts] }
  },
})
