import type { DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { carRides } from '@hexhail/protocol/sharing.ts'
import { MONEY } from '@hexhail/protocol/trip.ts'
import type { Route } from '@hexhail/streets/router.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { DriverClient } from './driver-client.ts'
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

/** Where a driver's car has to go now: to the next stop of those who share it, else where the ride under way goes. */
export const goalOf = ({ shift, stops }: Pick<DriverClient, 'shift' | 'stops'>): LngLat | null =>
  stops.value[0]?.at ?? targetOf(shift.value.trip)

/** Feeds a shift with the car's movement; where two share the car, `stops` are where it goes, the next one first. */
export function createDrive(
  { city, rules, now, every, report }: ClientPorts,
  runtime: Runtime<DriverState, DriverEvent>,
  stops: () => readonly { readonly tag: string; readonly at: LngLat }[] = () => [],
): Drive {
  const route = signal<Route | null>(null)
  const tellMs = Math.max(1_000, TELL_MS / rules.timeScale)
  let last: { at: LngLat; headingDeg: number } | null = null
  let toldOf = ''
  let target: LngLat | null = null
  const metered = new Map<string, number>()
  let lastOdometerM = 0

  /** The ride under way, and the one beside it. */
  const rides = (): DriverTrip[] => {
    const { trip, booked } = runtime.state.value
    const beside = carRides({ trip: null, booked })
    return trip ? [trip, ...beside] : []
  }
  const goalOf = (trip: DriverTrip | null): LngLat | null => stops()[0]?.at ?? targetOf(trip)

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
  /** Seconds to where a ride goes, by way of all stops before it. */
  const etaOf = async (at: LngLat, ride: DriverTrip, goal: LngLat): Promise<number | null> => {
    const until = stops().findIndex(stop => stop.tag === ride.tag)
    const way = [
      at,
      ...(until === -1
        ? [goal]
        : stops()
            .slice(0, until + 1)
            .map(stop => stop.at)),
    ]
    const legs = await Promise.all(way.slice(1).map((to, i) => etaTo(way[i]!, to)))
    return legs.reduce((sum, leg) => (sum === null || leg === null ? null : sum + leg), 0)
  }

  const tell = async () => {
    if (!last) return
    const { at, headingDeg } = last
    for (const ride of rides()) {
      const goal = targetOf(ride)
      if (!goal) continue
      if (ride === runtime.state.value.trip) toldOf = ride.digest
      const etaS = (await etaOf(at, ride, goal)) ?? ride.here?.etaS ?? 0
      await runtime.dispatch({ type: 'position', at, headingDeg, etaS, tag: ride.tag })
    }
  }
  const stop = every(tellMs, () => void tell().catch(report))

  return {
    route,
    stop,
    moved: async (at, headingDeg, odometerM) => {
      last = { at, headingDeg }
      const { trip } = runtime.state.value
      const goal = goalOf(trip)
      if (!trip || !goal) {
        target = null
        route.value = null
        return
      }
      const moving = odometerM > lastOdometerM
      lastOdometerM = odometerM
      for (const { tag, digest, meter, startedAtMs } of rides()) {
        if (!startedAtMs) continue
        const baseM = metered.get(digest) ?? odometerM - meter.metres
        metered.set(digest, baseM)
        const secs = Math.floor((now() - startedAtMs) / 1000)
        const place = { at, headingDeg }
        await runtime.dispatch({ type: 'meter', metres: odometerM - baseM, secs, moving, place, tag })
      }
      for (const digest of metered.keys())
        if (rides().every(ride => ride.digest !== digest)) metered.delete(digest)
      await refresh(at, goal)
      if (toldOf !== trip.digest) await tell() // the first word at once
    },
  }
}

/** True while some point of the line is near enough. */
function nearLine(at: LngLat, line: readonly LngLat[]): boolean {
  return line.some(point => greatCircleM(at, point) < OFF_ROUTE_M)
}
