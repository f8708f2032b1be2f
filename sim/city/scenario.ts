import type { LateRule } from '@hexhail/matcher/epoch/late-deduction.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Privacy } from './sight.ts'

/** Who matches riders and drivers. */
export type ProtocolName =
  /** One who sees all at once and solves every epoch: what nobody can beat without changing drivers. */
  | 'central'
  /** Each rider takes the nearest offer. */
  | 'nearest'
  /** Peers who solve what they heard, by `matcher/epoch`. */
  | 'epoch'
  /** The same with `matcher/handover`. */
  | 'handover'

/** `scenario.json`: all that a run depends on besides the city's own files. Source: reference/matching.md 6. */
export interface Scenario {
  readonly version: 1
  readonly seed: number
  readonly city: {
    /** `grid` is made by the scenario; any other is a folder of nodes.csv, edges.csv and od.csv.gz. */
    readonly graph: string
    /** Side of a grid in crossings. */
    readonly size?: number
    /** Thousandths by hour of day by which all road times are multiplied; the last holds for the hours after. */
    readonly timeFactor: readonly number[]
  }
  /** Requests by hour of the run; the last holds for the hours after. */
  readonly demand: { readonly perHour: readonly number[] }
  readonly supply: {
    readonly drivers: number
    /** Shares of the drivers and when they work, seconds of the run; all of it where none is told. */
    readonly shifts?: readonly { readonly share: number; readonly fromS: number; readonly untilS: number }[]
  }
  readonly behaviour: {
    /** Share of rides that a driver takes when he is asked. */
    readonly accept: number
    /** How long a rider waits for a driver. */
    readonly waitS: number
    /** The longest pickup that he takes. */
    readonly pickupS: number
    /** Share of riders who cancel within two minutes of asking, unless they ride by then. */
    readonly cancel?: number
    /** Spread of the true way to a pickup about the time that is known beforehand, as a share of it. */
    readonly wayNoise?: number
    /** Share of drivers who claim an ETA of `claim` thousandths of the true one. */
    readonly liars?: { readonly share: number; readonly claim: number }
  }
  readonly network: {
    readonly latencyMs: { readonly p50: number; readonly sigma: number }
    readonly loss: number
    /** When the first half of the views does not hear the second. */
    readonly partitions?: readonly { readonly fromS: number; readonly untilS: number }[]
    /** How many different views of what was said there are. */
    readonly views: number
  }
  readonly protocol: {
    readonly name: ProtocolName
    /** Of `central`, ms; 5,000 where it is not told. */
    readonly epochMs?: number
    readonly idleCredit?: { readonly perMille: number; readonly mostDs: number }
    readonly privacy?: Privacy
    readonly late?: LateRule
    readonly handover?: {
      readonly freezeMs: number
      readonly stickPerMille: number
      readonly mostSwaps: number
      readonly laterDs: number
    }
  }
  /** What is counted: riders who ask from `warmupS` on; the run ends at `untilS` and lets them finish. */
  readonly measure: { readonly warmupS: number; readonly untilS: number }
}

const isWhole = (n: unknown, least: number, most: number): boolean =>
  Number.isInteger(n) && (n as number) >= least && (n as number) <= most
const isShare = (n: unknown): boolean => typeof n === 'number' && n >= 0 && n <= 1
const areWhole = (list: unknown, least: number, most: number): boolean =>
  Array.isArray(list) && list.length > 0 && list.every(n => isWhole(n, least, most))
const DAY_S = 7 * 86_400

/** What must hold of each part; the name of the first that does not is told. */
const RULES: readonly (readonly [string, (s: Scenario) => boolean])[] = [
  ['version: 1', s => s.version === 1],
  ['seed: a whole number', s => isWhole(s.seed, 0, 2 ** 32 - 1)],
  ['city.graph: a name', s => typeof s.city.graph === 'string' && s.city.graph !== ''],
  ['city.size: 4 to 60 for a grid', s => s.city.graph !== 'grid' || isWhole(s.city.size, 4, 60)],
  ['city.timeFactor: thousandths', s => areWhole(s.city.timeFactor, 1, 100_000)],
  ['demand.perHour: requests an hour', s => areWhole(s.demand.perHour, 0, 1_000_000)],
  ['supply.drivers: at most 65,535', s => isWhole(s.supply.drivers, 1, 65_535)],
  [
    'supply.shifts: shares and seconds',
    s => (s.supply.shifts ?? []).every(x => isShare(x.share) && x.untilS > x.fromS),
  ],
  ['behaviour.accept: a share', s => isShare(s.behaviour.accept)],
  ['behaviour.waitS: seconds', s => isWhole(s.behaviour.waitS, 1, 86_400)],
  ['behaviour.pickupS: at most 3 hours', s => isWhole(s.behaviour.pickupS, 1, 10_800)],
  ['behaviour.cancel: a share', s => isShare(s.behaviour.cancel ?? 0)],
  [
    'behaviour.liars: a share and thousandths',
    s => isShare(s.behaviour.liars?.share ?? 0) && isWhole(s.behaviour.liars?.claim ?? 1, 1, 10_000),
  ],
  [
    'behaviour.wayNoise: below a third',
    s => isShare(s.behaviour.wayNoise ?? 0) && (s.behaviour.wayNoise ?? 0) < 0.34,
  ],
  ['network.latencyMs: p50 and sigma', s => s.network.latencyMs.p50 >= 0 && s.network.latencyMs.sigma >= 0],
  ['network.loss: a share below 1', s => isShare(s.network.loss) && s.network.loss < 1],
  ['network.partitions: seconds', s => (s.network.partitions ?? []).every(p => p.untilS > p.fromS)],
  ['network.views: 1 to 64', s => isWhole(s.network.views, 1, 64)],
  [
    'protocol.name: central, nearest, epoch or handover',
    s => ['central', 'nearest', 'epoch', 'handover'].includes(s.protocol.name),
  ],
  [
    'measure: warmupS before untilS',
    s =>
      isWhole(s.measure.warmupS, 0, DAY_S) &&
      isWhole(s.measure.untilS, 1, DAY_S) &&
      s.measure.warmupS < s.measure.untilS,
  ],
]

/** A scenario out of JSON. Throws `HexhailError` `scenario` that names the part that is wrong. */
export function parseScenario(json: unknown): Scenario {
  const scenario = json as Scenario
  const wrong = RULES.find(([, holds]) => {
    try {
      return !holds(scenario)
    } catch {
      return true
    }
  })
  if (wrong)
    throw new HexhailError('scenario', `The scenario is wrong: it needs ${wrong[0]}.`, { part: wrong[0] })
  return scenario
}
