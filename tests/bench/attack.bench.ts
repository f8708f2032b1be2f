/**
 * Attacks on real relays: `npm run bench -- attack [--seconds 6] [--only NAME] [--seed 7]`. Two relays, the honest and
 * the attacker are a process each, so that the attacker's own work is not taken for the relay's.
 */
import { parseArgs } from 'node:util'
import { cellAt, requestTopic } from '@hexhail/protocol/cells.ts'
import type { FloodFigures } from './attack/attacker.ts'
import { startChild } from './attack/child.ts'
import type { HonestFigures } from './attack/honest.ts'
import { timeRefusals } from './attack/refusals.ts'
import type { RelayFigures } from './attack/relay.ts'
import { crowdScenarios, FLOODS, type Scenario } from './attack/scenarios.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '7' },
  },
})
const ms = 1000 * Number(values.seconds)
const seed = Number(values.seed)

const CHAIN = 31_337
const CELLS = [cellAt([-56.1645, -34.9011], 7), cellAt([-56.21, -34.87], 7)]
const TOPICS = CELLS.map(cell => requestTopic(CHAIN, cell))
const DRIVERS = 8
/** Each asks once in two seconds, which is more than a rider does. */
const RIDERS = 10
const ASKS_PER_S = 5
/** Honest peers that a crowd is counted by, as in reference/trust.md T16. */
const HONEST = 12
const VARIETY = { 'one author': 400, 'sybil authors': 2000 }

interface Result {
  readonly name: string
  readonly honest: HonestFigures
  readonly flood: FloodFigures | null
  readonly heapMb: number
  readonly lagP99Ms: number
}

async function run(scenario: Scenario): Promise<Result> {
  const { name, flood, drops = 0, crowd } = scenario
  const children = [startChild('relay'), startChild('relay'), startChild('honest'), startChild('attacker')]
  const [first, second, honest, attacker] = children as [(typeof children)[0], ...typeof children]
  try {
    const [one] = await first.ask<string[]>('start', { chainId: CHAIN, peers: [], drops: 0, seed })
    const [two] = await second!.ask<string[]>('start', { chainId: CHAIN, peers: [one], drops, seed })
    await first.ask('mesh', two)
    const relays = [one!, two!]
    const people = {
      chainId: CHAIN,
      relays,
      topics: TOPICS,
      cells: CELLS,
      drivers: DRIVERS,
      riders: RIDERS,
      seed,
    }
    const gather = () => {
      const { perHonest, onOneRelay, ...order } = crowd!
      const count = perHonest * HONEST
      return attacker!.ask('crowd', {
        ...order,
        count,
        topics: TOPICS,
        relays: onOneRelay ? [one] : relays,
        seed,
      })
    }
    if (crowd?.isFirst) await gather()
    await honest!.ask('start', people)
    if (crowd && !crowd.isFirst) await gather()
    if (flood !== undefined) {
      const variety = VARIETY[flood as keyof typeof VARIETY] ?? 1
      await attacker!.ask('prepare', {
        chainId: CHAIN,
        relays,
        topic: TOPICS[0],
        cell: CELLS[0],
        flood,
        variety,
        seed,
      })
    }
    await honest!.ask('ask', { ms: 2000, perS: ASKS_PER_S })
    const before = await Promise.all([first, second!].map(relay => relay.ask<RelayFigures>('figures')))
    const asking = honest!.ask<HonestFigures>('ask', { ms, perS: ASKS_PER_S })
    const flooding =
      flood === undefined ? null : attacker!.ask<FloodFigures>('flood', { relays, ms, perS: scenario.perS })
    const growth: number[] = []
    const lags: number[] = []
    const look = async (): Promise<void> => {
      const now = await Promise.all([first, second!].map(relay => relay.ask<RelayFigures>('figures')))
      growth.push(...now.map((figures, i) => figures.heapMb - before[i]!.heapMb))
      lags.push(...now.map(figures => figures.lagP99Ms))
    }
    const timer = setInterval(() => void look(), 1000)
    const [asked, flooded] = await Promise.all([asking, flooding])
    clearInterval(timer)
    await look()
    return { name, honest: asked, flood: flooded, heapMb: Math.max(...growth), lagP99Ms: Math.max(...lags) }
  } finally {
    for (const child of children) child.stop()
  }
}

const refusals = await timeRefusals()
for (const { what, perS } of refusals)
  console.log(`refused: ${what.padEnd(30)} ${Math.round(perS / 1000)} k/s`)
const all = [...FLOODS, ...crowdScenarios(console.log)].filter(({ name }) => name.includes(values.only))
const results: Result[] = []
console.log(
  '\nscenario                                  sent  delivered  p50 ms  p99 ms  kicks  worst kick ms  heap + MB  lag p99',
)
for (const scenario of all) {
  const result = await run(scenario)
  results.push(result)
  const { name, honest, flood, heapMb, lagP99Ms } = result
  const kicks = flood === null ? '-' : String(flood.connections)
  const worst = flood === null ? '-' : Math.max(...flood.kickMs).toFixed(0)
  const cells = [
    name.padEnd(40),
    String(honest.sent).padStart(5),
    `${honest.deliveredPct.toFixed(2)} %`.padStart(10),
    honest.p50Ms.toFixed(0).padStart(7),
    honest.p99Ms.toFixed(0).padStart(7),
    kicks.padStart(6),
    worst.padStart(14),
    heapMb.toFixed(1).padStart(10),
    lagP99Ms.toFixed(0).padStart(8),
  ]
  console.log(cells.join(' ') + (flood?.cameBack ? '  CAME BACK under the same id' : ''))
}
const worst = (figures: readonly number[]): number => Math.round(10 * Math.max(0, ...figures)) / 10
console.log(
  JSON.stringify({
    scenarios: results.length,
    worstDeliveredPct: Math.round(100 * Math.min(...results.map(({ honest }) => honest.deliveredPct))) / 100,
    worstP99Ms: worst(results.map(({ honest }) => honest.p99Ms)),
    worstKickMs: worst(results.flatMap(({ flood }) => flood?.kickMs ?? [])),
    heapMb: worst(results.map(({ heapMb }) => heapMb)),
    cheapRefusalsPerS: Math.round(Math.min(...refusals.map(({ perS }) => perS))),
  }),
)
