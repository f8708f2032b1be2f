import { join } from 'node:path'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { createTravelPlanner } from '@hexhail/transit/door/travel-planner.ts'
import { modelTimetable } from '@hexhail/transit/model/model-timetable.ts'
import { ROOT } from '../../runner/live.ts'
import { TARIFF } from '../../unit/protocol/demo-tariff.ts'
import { seeded } from '../../unit/streets/grid-town.ts'
import { type SearchTimes, timeSearches } from './time-searches.ts'

/** What the demo city takes: the search, and what the rider's page asks of its worker. */
export interface MontevideoTimes {
  readonly cpu: SearchTimes
  /** A whole plan: both doors to all stops by the streets, rides priced, search, legs to draw. CPU ms. */
  readonly planMs: readonly number[]
  readonly plans: number
}

const DAY_MS = 86_400_000
/** 2026-01-01, a Thursday, and the Thursday that the search is timed on. */
const START_DAY = Date.UTC(2026, 0, 1) / DAY_MS
const ASKED_DAY = START_DAY + 35
/** 00:00 in Montevideo is 03:00 of UTC. */
const OFFSET_H = 3

/** Times the modelled timetable of Montevideo by the thread's CPU time. */
export async function timeMontevideo(seed: number): Promise<MontevideoTimes> {
  const city = openCity((await buildMontevideo(join(ROOT, 'node_modules/.cache'))).bytes)
  const router = createCityRouter(city)
  const timetable = modelTimetable(city, router, {
    ...{ agency: 'Modelled', timezone: 'America/Montevideo', startDay: START_DAY, days: 60 },
  })
  const now = (): number => process.threadCpuUsage().user / 1000
  const cpu = timeSearches(timetable, seed, now)
  const planner = createTravelPlanner(city, router, timetable)
  const rng = seeded(seed)
  const { lngE7, latE7, id } = timetable.stops
  // Some steps off a stop: where people live.
  const door = (): LngLat => {
    const stop = Math.floor(rng() * id.length)
    return [lngE7[stop]! / 1e7 + (rng() - 0.5) / 200, latE7[stop]! / 1e7 + (rng() - 0.5) / 200]
  }
  let plans = 0
  const planMs = Array.from({ length: 110 }, () => {
    const departMs = ASKED_DAY * DAY_MS + (7 + OFFSET_H + Math.floor(rng() * 12)) * 3_600_000
    const query = { from: door(), to: door(), nowMs: departMs, departMs, etaS: 240 }
    const before = now()
    plans += planner.plan({
      ...query,
      tariff: TARIFF,
      payer: { currency: 'USD', category: '' },
      bp: 10_000,
      wheelchair: false,
      bicycle: false,
    }).length
    return now() - before
    // The first ones make the view of the day and look all stops up.
  }).slice(10)
  return { cpu, planMs, plans }
}
