import type { DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { MONEY } from '@hexhail/protocol/trip.ts'
import type { Route } from '@hexhail/streets/router.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { ClientPorts } from './ports.ts'
import type { Runtime } from './runtime.ts'

/** What follows from a car's movement: the rider is told, the meter runs, the way is kept fresh. */
export interface Drive {
  readonly route: ReadonlySignal<Route | null>
  moved(at: LngLat, headingDeg: number, odometerM: number): Promise<void>
  stop(): void
}

/** The rider is told the place just this often, whether the car moves or not: the rate says nothing. Ms (real time). */
const TELL_MS = 5_000
/** The way is computed anew when the car is this far from it, metres. */
const OFF_ROUTE_M = 250

/** Where the car has to go now: to the rider, then to the destination; null without a place to go to. */
export function targetOf(trip: DriverTrip | null): LngLat | null {
  if (!trip?.pickup || !MONEY.has(trip.phase)) return null
  if (trip.startedAtMs) return trip.dest?.at ?? null
  return [trip.pickup.lngE7 / 1e7, trip.pickup.latE7 / 1e7]
}

/** Feeds a shift with the car's movement. */
export function createDrive(
  { city, rules, now, every, report }: ClientPorts,
  runtime: Runtime<DriverState, DriverEvent>,
): Drive {
  const route = signal<Route | null>(null)
  const tellMs = Math.max(1_000, TELL_MS / rules.timeScale)
  let last: { at: LngLat; headingDeg: number } | null = null
  let toldOf = ''
  let target: LngLat | null = null
  let metered: { digest: string; baseM: number } | null = null
  let lastOdometerM = 0

  const refresh = async (at: LngLat, goal: LngLat) => {
    const same = target && target[0] === goal[0] && target[1] === goal[1]
    if (same && route.value && nearLine(at, route.value.geometry)) return
    const [from, to] = await Promise.all([city.snap(at), city.snap(goal)])
    target = goal
    route.value = from && to ? await city.route(from, to) : null
  }
  const etaTo = async (at: LngLat, goal: LngLat): Promise<number | null> => {
    const [from, to] = await Promise.all([city.snap(at), city.snap(goal)])
    if (!from || !to) return null
    const roadS = await city.distanceS(from, to)
    return Number.isFinite(roadS) ? Math.min(65_000, Math.ceil(roadS / rules.timeScale)) : null
  }

  const tell = async () => {
    const { trip } = runtime.state.value
    const goal = targetOf(trip)
    if (!trip || !goal || !last) return
    toldOf = trip.digest
    const { at, headingDeg } = last
    const etaS = (await etaTo(at, goal)) ?? trip.here?.etaS ?? 0
    await runtime.dispatch({ type: 'position', at, headingDeg, etaS })
  }
  const stop = every(tellMs, () => void tell().catch(report))

  return {
    route,
    stop,
    moved: async (at, headingDeg, odometerM) => {
      last = { at, headingDeg }
      const { trip } = runtime.state.value
      const goal = targetOf(trip)
      if (!trip || !goal) {
        target = null
        route.value = null
        return
      }
      const moving = odometerM > lastOdometerM
      lastOdometerM = odometerM
      if (trip.startedAtMs) {
        if (metered?.digest !== trip.digest)
          metered = { digest: trip.digest, baseM: odometerM - trip.meter.metres }
        const secs = Math.floor((now() - trip.startedAtMs) / 1000)
        const place = { at, headingDeg }
        await runtime.dispatch({ type: 'meter', metres: odometerM - metered.baseM, secs, moving, place })
      }
      await refresh(at, goal)
      if (toldOf !== trip.digest) await tell() // the first word at once
    },
  }
}

/** True while some point of the line is near enough. */
function nearLine(at: LngLat, line: readonly LngLat[]): boolean {
  return line.some(point => greatCircleM(at, point) < OFF_ROUTE_M)
}
