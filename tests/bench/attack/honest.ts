/** A process with honest people: drivers who listen and riders who ask, on real leaves. */
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { authorOf, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { someRequest } from '../../attack/floods.ts'
import { until } from '../../unit/net/swarm.ts'
import { quantile } from '../quantile.ts'
import { answer } from './child.ts'

/** Who there is, and where. `cells` are the cells of `topics`. */
export interface HonestStart {
  readonly chainId: number
  readonly relays: readonly string[]
  readonly topics: readonly string[]
  readonly cells: readonly string[]
  readonly drivers: number
  readonly riders: number
  readonly seed: number
}

/** What became of the requests of one stretch of time. Percentages and milliseconds; unreached riders count as lost. */
export interface HonestFigures {
  readonly sent: number
  readonly deliveredPct: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly workBits: number
}

const nameOf = (data: Uint8Array): string => Buffer.from(data.subarray(90, 154)).toString('latin1')
const sentAt = new Map<string, number>()
let latencies: number[] = []
let riders: Leaf[] = []
let given: HonestStart
let random: () => number

answer({
  start: async (start: HonestStart): Promise<void> => {
    given = start
    random = createSeeded(start.seed).next
    const leaf = () =>
      createLeaf({
        relays: start.relays,
        validate: gossipValidator(start.chainId, Date.now),
        authorOf,
        now: Date.now,
        random: Math.random,
      })
    const drivers = await Promise.all(Array.from({ length: start.drivers }, leaf))
    riders = await Promise.all(Array.from({ length: start.riders }, leaf))
    for (const driver of drivers)
      for (const topic of start.topics)
        driver.subscribe(topic, data => {
          const at = sentAt.get(nameOf(data))
          if (at !== undefined) latencies.push(performance.now() - at)
        })
    const isReady = (rider: Leaf) =>
      start.topics.every(topic => rider.audience(topic) === start.relays.length)
    await Promise.all(riders.map(rider => until(rider, () => isReady(rider))))
  },
  /** Asks `perS` times a second for `ms`, each time a new rider's key, and waits a little for the last ones. */
  ask: async ({ ms, perS }: { ms: number; perS: number }): Promise<HonestFigures> => {
    sentAt.clear()
    latencies = []
    const startedAt = performance.now()
    let sent = 0
    let workBits = 0
    while (performance.now() - startedAt < ms) {
      const i = sent++
      const rider = riders[i % riders.length]!
      const where = Math.floor(i / riders.length) % given.topics.length
      const [topic, cell] = [given.topics[where]!, given.cells[where]!]
      const session = await createSessionKey()
      const body = someRequest(cell, random)
      workBits = Math.max(workBits, rider.workBits())
      const seal = { topic, message: REQUEST, body, session, issuedAtMs: Date.now(), lifeMs: 60_000 }
      const data = await sealEnvelope({ ...seal, workBits: rider.workBits() })
      sentAt.set(nameOf(data), performance.now())
      await rider.publish(topic, data)
      const waitMs = startedAt + (sent * 1000) / perS - performance.now()
      await new Promise(resolve => setTimeout(resolve, Math.max(0, waitMs)))
    }
    const expected = sent * given.drivers
    for (let i = 0; i < 50 && latencies.length < expected; i++)
      await new Promise(resolve => setTimeout(resolve, 100))
    const deliveredPct = (100 * latencies.length) / expected
    return {
      sent,
      deliveredPct,
      p50Ms: quantile(latencies, 0.5) ?? 0,
      p99Ms: quantile(latencies, 0.99) ?? 0,
      workBits,
    }
  },
})
