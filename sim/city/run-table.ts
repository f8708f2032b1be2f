import type { CityRun } from './run-scenario.ts'

/** A run with what it is called. */
export interface NamedRun {
  readonly name: string
  readonly run: CityRun
}

type Column = readonly [string, (run: CityRun) => string]

const COLUMNS: readonly Column[] = [
  ['requests', ({ metrics }) => `${metrics.requests}`],
  ['served %', ({ metrics }) => metrics.servedPct.toFixed(2)],
  ['pickup s', ({ metrics }) => metrics.pickupS.toFixed(1)],
  ['p90', ({ metrics }) => metrics.pickupP90S.toFixed(0)],
  ['wait s', ({ metrics }) => metrics.waitS.toFixed(1)],
  ['p90', ({ metrics }) => metrics.waitP90S.toFixed(0)],
  ['empty %', ({ metrics }) => metrics.emptyPct.toFixed(1)],
  ['gini', ({ metrics }) => metrics.gini.toFixed(3)],
  ['swaps', run => run.swapsPerRequest.toFixed(2)],
  ['refused', run => run.refusalsPerRequest.toFixed(3)],
  ['published', run => run.publishedPerRequest.toFixed(2)],
  ['sent', run => run.sentPerRequest.toFixed(1)],
  ['double', ({ metrics }) => `${metrics.doubleBookings}`],
]

/** The head of a table of runs. */
export const tableHead = (): string =>
  ['run'.padEnd(26), ...COLUMNS.map(([head]) => head.padStart(9))].join(' ')

/** A run's row; swaps, refusals and messages are by request. */
export const tableRow = ({ name, run }: NamedRun): string =>
  [name.padEnd(26), ...COLUMNS.map(([, tell]) => tell(run).padStart(9))].join(' ')
