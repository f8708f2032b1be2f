import type { City } from '@hexhail/sim/city/city-times.ts'
import { gridCity } from '@hexhail/sim/city/grid-city.ts'
import { type CityRun, runScenario } from '@hexhail/sim/city/run-scenario.ts'
import type { ProtocolName, Scenario } from '@hexhail/sim/city/scenario.ts'

const SIZE = 24
let city: City | null = null

/** A small city whose cars are scarce, 200 ms apart, 1 % of messages lost. */
export const gridScenario = (name: ProtocolName, more: Partial<Scenario> = {}): Scenario => ({
  version: 1,
  seed: 7,
  city: { graph: 'grid', size: SIZE, timeFactor: [1_000] },
  demand: { perHour: [420] },
  supply: { drivers: 60 },
  behaviour: { accept: 1, waitS: 180, pickupS: 600 },
  network: { latencyMs: { p50: 200, sigma: 0.5 }, loss: 0.01, views: 4 },
  protocol: { name },
  measure: { warmupS: 300, untilS: 2_400 },
  ...more,
})

/** Runs it in Node and, as it stands, in a page. */
export function runGrid(scenario: Scenario): CityRun {
  city ??= gridCity(SIZE, 1)
  return runScenario(scenario, city)
}
