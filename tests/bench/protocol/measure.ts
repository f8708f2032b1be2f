import type { City } from '@hexhail/sim/city/city-times.ts'
import { type CityRun, runScenario } from '@hexhail/sim/city/run-scenario.ts'
import { tableRow } from '@hexhail/sim/city/run-table.ts'
import { type Cell, scenarioOf } from './cells.ts'
import type { KeptRuns } from './kept-runs.ts'
import { meanRun } from './mean-run.ts'

/** What a bench runs its cells with. */
export interface MeasureInit {
  readonly city: City
  readonly seeds: readonly number[]
  readonly hours: number
  readonly kept: KeptRuns
}

/** Runs cells, or takes runs that are kept. */
export interface Measure {
  /** All that was booked twice so far. */
  readonly doubles: number
  /** The mean over all seeds; its row is printed. */
  mean(cell: Cell): CityRun
}

/** Nothing measured yet. */
export function createMeasure({ city, seeds, hours, kept }: MeasureInit): Measure {
  let doubles = 0
  return {
    get doubles() {
      return doubles
    },
    mean: cell => {
      const runs = seeds.map(seed => {
        const scenario = scenarioOf(cell, seed, hours)
        const had = kept.get(scenario)
        if (had !== undefined) return had
        const run = runScenario(scenario, city)
        kept.put(scenario, run)
        return run
      })
      const run = meanRun(runs)
      doubles += run.metrics.doubleBookings
      console.log(tableRow({ name: `${cell.load} % ${cell.name}`, run }))
      return run
    },
  }
}
