import type { DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import { carRides } from '@hexhail/protocol/sharing.ts'
import { type SharedStretch, splitFare } from '@hexhail/protocol/split-fare.ts'
import { tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import { type CarNow, type CarStop, joinS, planStops } from './car-stops.ts'
import type { ClientPorts } from './ports.ts'
import type { Runtime } from './runtime.ts'

/** Two riders in one car: where it goes, and what each of them pays. */
export interface SharedCar {
  /** Where the car goes, the next stop first; empty while it carries one rider or none. */
  readonly stops: ReadonlySignal<readonly CarStop[]>
  /** Seconds of the road from a place until a rider who asks could be picked up; null where he does not fit in. */
  joinS(from: LngLat, request: Request, cell: string): Promise<number | null>
  stop(): void
}

/** Plans the stops of a car anew whenever a rider comes, boards, alights or goes. */
export function createSharedCar(
  { city, rules, now, report }: Pick<ClientPorts, 'city' | 'rules' | 'now' | 'report'>,
  runtime: Runtime<DriverState, DriverEvent>,
  here: () => LngLat | null,
): SharedCar {
  const stops = signal<readonly CarStop[]>([])
  const { timeScale } = rules
  let planned = ''
  const carAt = (at: LngLat): CarNow => ({
    ...{ at, nowMs: now(), timeScale },
    seats: runtime.state.value.car.seats,
  })
  const ridesNow = (): DriverTrip[] => carRides(runtime.state.value)
  /** All that the plan depends on but the car's own place. */
  const situation = (rides: readonly DriverTrip[]): string =>
    rides.map(({ tag, startedAtMs, dest }) => `${tag} ${startedAtMs !== 0} ${dest?.at}`).join()

  /** Metres and seconds of the planned way from here on, with who is aboard on each of its legs. */
  const stretchesOf = async (
    at: LngLat,
    rides: readonly DriverTrip[],
    order: readonly CarStop[],
  ): Promise<SharedStretch[] | null> => {
    const aboard = new Set(rides.flatMap((ride, i) => (ride.startedAtMs ? [i] : [])))
    const stretches: SharedStretch[] = []
    let from = await city.snap(at)
    for (const stop of order) {
      const to = await city.snap(stop.at)
      const way = from && to ? await city.route(from, to) : null
      if (!way) return null
      const [metres, secs] = [Math.round(way.distanceM), Math.round(way.durationS)]
      stretches.push({ metres, secs, aboard: [...aboard] })
      const ride = rides.findIndex(({ tag }) => tag === stop.tag)
      if (stop.kind === 'pickup') aboard.add(ride)
      else aboard.delete(ride)
      from = to
    }
    return stretches
  }
  /** Tells both what their rides cost from now on, once both are in the car: what is said then can only fall. */
  const share = async (
    at: LngLat,
    rides: readonly DriverTrip[],
    order: readonly CarStop[],
  ): Promise<void> => {
    const [first] = rides
    const isTold = rides.some(({ shared }) => shared !== null)
    if (!first || rides.length < 2 || isTold || rides.some(({ startedAtMs }) => !startedAtMs)) return
    const ahead = await stretchesOf(at, rides, order)
    if (ahead === null) return
    const early = rides.reduce((a, b) => (a.startedAtMs <= b.startedAtMs ? a : b))
    const before: SharedStretch = {
      metres: early.meter.metres,
      secs: Math.round(early.meter.secs * timeScale),
      aboard: [rides.indexOf(early)],
    }
    const bp = Math.min(...rides.map(({ terms }) => terms.bp))
    const alone = rides.map(({ agreed }) => agreed.fare)
    const parts = splitFare(tariffOf(rules, first.byDocument), bp, [before, ...ahead], alone)
    for (const [i, { tag }] of rides.entries())
      await runtime.dispatch({ type: 'share', tag, others: rides.length - 1, fare: parts[i]! })
  }
  /** The driver's next deed is about the ride of the next stop, unless something of this one is still to be done here. */
  const turn = async (order: readonly CarStop[]): Promise<void> => {
    const { trip } = runtime.state.value
    const next = order[0]?.tag
    if (next && trip && trip.tag !== next && (trip.phase === 'held' || trip.phase === 'riding'))
      await runtime.dispatch({ type: 'turn', tag: next })
  }
  const plan = async (): Promise<void> => {
    const rides = ridesNow()
    const at = here()
    const what = situation(rides)
    if (what === planned || at === null) return
    planned = what
    if (rides.length < 2) {
      stops.value = []
      return
    }
    const order = await planStops(city, carAt(at), rides).catch(fault => {
      planned = ''
      throw fault
    })
    // Something has happened meanwhile: that is planned, not this.
    if (what !== situation(ridesNow())) return
    stops.value = order
    await turn(order)
    await share(at, rides, order)
  }
  const stop = runtime.state.subscribe(() => void plan().catch(report))
  return {
    stops,
    joinS: (from, request, cell) => joinS(city, carAt(from), ridesNow(), request, cell),
    stop,
  }
}
