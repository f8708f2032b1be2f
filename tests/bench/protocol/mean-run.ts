import type { CityMetrics } from '@hexhail/sim/city/city-metrics.ts'
import type { CityRun } from '@hexhail/sim/city/run-scenario.ts'

/** The mean of several runs, figure by figure; the hash is the first one's, double bookings are summed. */
export function meanRun(runs: readonly CityRun[]): CityRun {
  const mean = (pick: (run: CityRun) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0) / runs.length
  const metric = (key: Exclude<keyof CityMetrics, 'waitsS'>): number => mean(({ metrics }) => metrics[key])
  return {
    hash: runs[0]!.hash,
    metrics: {
      requests: Math.round(metric('requests')),
      servedPct: metric('servedPct'),
      pickupS: metric('pickupS'),
      pickupP90S: metric('pickupP90S'),
      waitS: metric('waitS'),
      waitP90S: metric('waitP90S'),
      waitsS: runs[0]!.metrics.waitsS.map((_, i) => mean(({ metrics }) => metrics.waitsS[i]!)),
      emptyPct: metric('emptyPct'),
      gini: metric('gini'),
      liarIncome: metric('liarIncome'),
      honestIncome: metric('honestIncome'),
      lateLossPct: metric('lateLossPct'),
      doubleBookings: runs.reduce((sum, { metrics }) => sum + metrics.doubleBookings, 0),
    },
    publishedPerRequest: mean(run => run.publishedPerRequest),
    sentPerRequest: mean(run => run.sentPerRequest),
    refusalsPerRequest: mean(run => run.refusalsPerRequest),
    swapsPerRequest: mean(run => run.swapsPerRequest),
    declines: mean(run => run.declines),
  }
}
