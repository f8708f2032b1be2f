import { central } from './central.ts'
import { type CityMetrics, cityMetrics } from './city-metrics.ts'
import type { City } from './city-times.ts'
import { nearest } from './nearest.ts'
import { peers } from './peers.ts'
import type { Scenario } from './scenario.ts'
import { createWorld } from './world.ts'

/** A run's figures, and the hash of all that happened in it. */
export interface CityRun {
  readonly metrics: CityMetrics
  /** Per request; a message counts once, however many hear it. */
  readonly publishedPerRequest: number
  readonly sentPerRequest: number
  readonly refusalsPerRequest: number
  readonly swapsPerRequest: number
  readonly declines: number
  readonly hash: string
}

/** Runs a scenario in a city from its first moment to the last drop-off: pure, the same on every machine. */
export function runScenario(scenario: Scenario, city: City): CityRun {
  const world = createWorld(scenario, city)
  const none = { refusals: 0, declines: 0, swaps: 0 }
  let [counts, network] = [none, { published: 0, sent: 0 }]
  const { name } = scenario.protocol
  if (name === 'central') world.run(central(world))
  else if (name === 'nearest') {
    const matchmaker = nearest(world)
    world.run(matchmaker)
    network = matchmaker.network
  } else {
    const matchmaker = peers(world, name === 'handover')
    world.run(matchmaker)
    network = matchmaker.town.network
    counts = matchmaker.town.counts
  }
  const requests = Math.max(1, world.riders.length)
  return {
    metrics: cityMetrics(world),
    publishedPerRequest: network.published / requests,
    sentPerRequest: network.sent / requests,
    refusalsPerRequest: counts.refusals / requests,
    swapsPerRequest: counts.swaps / requests,
    declines: counts.declines,
    hash: world.hash.digits(),
  }
}
