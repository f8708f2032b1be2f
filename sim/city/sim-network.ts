import { guardMs } from '@hexhail/matcher/epoch/clock.ts'
import { normalOf } from './normal.ts'
import type { World } from './world.ts'

/** Gossip and private channels between views: lognormal latency, loss, partitions. */
export interface SimNetwork {
  readonly views: number
  /** Messages published, each counted once, and private ones. */
  readonly published: number
  readonly sent: number
  /** Half of what is measured lately took less. */
  medianMs(): number
  guardMs(): number
  viewOf(id: number): number
  /** To each view that it reaches, the own one at once. */
  publish(from: number, deliver: (view: number) => void): void
  /** Sent again each second until it arrives, six times at most. */
  send(from: number, to: number, deliver: () => void): void
}

const REMEMBERED = 65
const TRIES = 6
const AGAIN_MS = 1_000

/** The network of a world. */
export function createSimNetwork({ scenario, clock, network: rng }: World): SimNetwork {
  const { latencyMs, loss, views, partitions = [] } = scenario.network
  const measured: number[] = []
  let at = 0
  let guard = guardMs([])
  let median = latencyMs.p50
  let published = 0
  let sent = 0
  const latency = (): number => {
    const ms = Math.round(latencyMs.p50 * Math.exp(latencyMs.sigma * normalOf(rng)))
    measured[at++ % REMEMBERED] = ms
    if (at % REMEMBERED === 0) {
      guard = guardMs(measured)
      median = measured.toSorted((a, b) => a - b)[REMEMBERED >> 1]!
    }
    return ms
  }
  const isCut = (from: number, to: number): boolean =>
    2 * from < views !== 2 * to < views &&
    partitions.some(p => clock.nowMs >= 1000 * p.fromS && clock.nowMs < 1000 * p.untilS)
  const isLost = (from: number, to: number): boolean => isCut(from, to) || (loss > 0 && rng.next() < loss)
  const attempt = (from: number, to: number, deliver: () => void, tries: number): void => {
    if (!isLost(from, to)) clock.at(clock.nowMs + latency(), deliver)
    else if (tries > 1) clock.at(clock.nowMs + AGAIN_MS, () => attempt(from, to, deliver, tries - 1))
  }
  return {
    views,
    get published() {
      return published
    },
    get sent() {
      return sent
    },
    medianMs: () => median,
    guardMs: () => guard,
    viewOf: id => id % views,
    publish: (from, deliver) => {
      published++
      for (let view = 0; view < views; view++) {
        if (view === from) deliver(view)
        else if (!isLost(from, view)) clock.at(clock.nowMs + latency(), () => deliver(view))
      }
    },
    send: (from, to, deliver) => {
      sent++
      attempt(from, to, deliver, TRIES)
    },
  }
}
