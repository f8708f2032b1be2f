import type { Scenario } from '@hexhail/sim/city/scenario.ts'

/** One row of a table: a scenario that is run with each seed. */
export interface Cell {
  readonly name: string
  /** Percent of the trips that the cars can serve. */
  readonly load: number
  readonly parts: Partial<Pick<Scenario, 'behaviour' | 'network' | 'protocol'>>
}

/** Trips an hour that 1,000 cars can serve (reference/matching.md 5). */
const CAPACITY = 5_100
export const WARMUP_S = 2_700
export const BEHAVIOUR = { accept: 1, waitS: 180, pickupS: 600 }
/** Medians of the latency, ms. */
export const LATENCIES = [50, 500, 2_000]

/** A network of so many ms, and what else ails it. */
export const networkOf = (p50: number, more: Partial<Scenario['network']> = {}): Scenario['network'] => ({
  latencyMs: { p50, sigma: 0.5 },
  loss: 0,
  views: 4,
  ...more,
})

/** A cell with one seed. */
export const scenarioOf = ({ load, parts }: Cell, seed: number, hours: number): Scenario => ({
  version: 1,
  seed,
  city: { graph: 'manhattan', timeFactor: [1_600] },
  demand: { perHour: [Math.round((CAPACITY * load) / 100)] },
  supply: { drivers: 1_000 },
  behaviour: BEHAVIOUR,
  network: networkOf(200),
  protocol: { name: 'epoch' },
  measure: { warmupS: WARMUP_S, untilS: WARMUP_S + Math.round(3_600 * hours) },
  ...parts,
})

/** The table's rows of a load: the first is what others are measured by. */
export const tableCells = (load: number): Cell[] => [
  { name: 'central, 5 s', load, parts: { protocol: { name: 'central', epochMs: 5_000 } } },
  { name: 'central, 8 s', load, parts: { protocol: { name: 'central', epochMs: 8_000 } } },
  ...(['nearest', 'epoch', 'handover'] as const).flatMap(name =>
    LATENCIES.map(p50 => ({
      name: `${{ nearest: 'nearest offer', epoch: 'ours', handover: 'ours, handover' }[name]}, ${p50 / 1000} s`,
      load,
      parts: { protocol: { name }, network: networkOf(p50) },
    })),
  ),
]

const DECLINING = { ...BEHAVIOUR, accept: 0.8 }
const CUT = networkOf(200, { partitions: [{ fromS: WARMUP_S + 600, untilS: WARMUP_S + 660 }] })

/** What goes wrong, at 75 % load. */
export const HARD_CELLS: readonly Cell[] = (
  [
    ['declines, central', { behaviour: DECLINING, protocol: { name: 'central' } }],
    ['declines, ours', { behaviour: DECLINING }],
    ['declines, handover', { behaviour: DECLINING, protocol: { name: 'handover' } }],
    ['cut for 60 s, ours', { network: CUT }],
    ['cut for 60 s, handover', { network: CUT, protocol: { name: 'handover' } }],
    ['2 % lost, ours', { network: networkOf(200, { loss: 0.02 }) }],
    ['2 % lost, handover', { network: networkOf(200, { loss: 0.02 }), protocol: { name: 'handover' } }],
  ] as const
).map(([name, parts]) => ({ name, load: 75, parts }))
