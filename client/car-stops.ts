import { AT, courseOf, ROW } from '@hexhail/matcher/pool/course.ts'
import { bestInsertion, inserted } from '@hexhail/matcher/pool/insertion.ts'
import { orderStops } from '@hexhail/matcher/pool/order-stops.ts'
import {
  type PoolRequest,
  type PoolStop,
  type PoolTravel,
  type PoolVehicle,
  placeOf,
  poolTravel,
} from '@hexhail/matcher/pool/problem.ts'
import { cellCentre } from '@hexhail/protocol/cells.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import { targetOf } from './drive.ts'

/** Where a car goes next, and for whom. */
export interface CarStop {
  /** Of the ride. */
  readonly tag: string
  readonly kind: 'pickup' | 'dropoff'
  readonly at: LngLat
}

/** The car as its stops are planned from. */
export interface CarNow {
  readonly at: LngLat
  readonly seats: number
  readonly nowMs: number
  /** How many seconds of road it drives in one. */
  readonly timeScale: number
}

type Streets = Pick<AsyncCity, 'snap' | 'distanceS'>

/** Nobody who shares rides longer than his own ride by this part and these seconds of the road. */
const MOST_RIDE = { times: 1.5, more: 300 }
/** Nobody who asks is promised a car that comes later than this, seconds of the road. */
const MOST_WAIT_S = 900
/** What boarding or alighting takes, tenths of a second. */
const STOP_DS = 300
/** A way by road against the straight line. */
const DETOUR = 1.3
const FAR_DS = 2 ** 20

interface Plan {
  readonly vehicle: PoolVehicle
  readonly travel: PoolTravel
  readonly rides: ReadonlyMap<PoolRequest, DriverTrip>
  readonly places: readonly LngLat[]
}

const mostRideDs = (secs: number): number => Math.round(10 * (MOST_RIDE.times * secs + MOST_RIDE.more))

/** The stops of the rides in one car in the best order: seats, promised pickups and the time in the car are kept where they can be. */
export async function planStops(
  city: Streets,
  car: CarNow,
  rides: readonly DriverTrip[],
): Promise<CarStop[]> {
  const plan = await planOf(city, car, rides, [])
  return plan.vehicle.stops.map(stop => ({
    tag: plan.rides.get(stop.request)!.tag,
    kind: stop.kind,
    at: plan.places[placeOf(stop)]!,
  }))
}

/**
 * Seconds of the road until the car could pick up a rider who asks, by the cell that is known of him and what his request
 * tells of his way; null where somebody would come too late, ride too long or have no seat.
 */
export async function joinS(
  city: Streets,
  car: CarNow,
  rides: readonly DriverTrip[],
  request: Pick<Request, 'distanceKm' | 'minutes' | 'heading' | 'seats'>,
  cell: string,
): Promise<number | null> {
  const origin = cellCentre(cell)
  const aheadM = (1000 * request.distanceKm) / DETOUR
  const turn = (request.heading * Math.PI) / 4
  const destination = shifted(origin, aheadM * Math.sin(turn), aheadM * Math.cos(turn))
  const { vehicle, travel, places } = await planOf(city, car, rides, [origin, destination])
  const [o, d] = [places.length - 2, places.length - 1]
  const straightS = travel.ds[o * places.length + d]! / 10
  if (straightS * 10 >= FAR_DS) return null
  const asks: PoolRequest = {
    id: 'asks',
    ...{ origin: o, destination: d, seats: request.seats, askedDs: 0 },
    ...{ latestPickupDs: 10 * MOST_WAIT_S, latestDropoffDs: FAR_DS },
    mostRideDs: mostRideDs(Math.max(straightS, 60 * request.minutes)),
  }
  const fit = bestInsertion(courseOf(vehicle, travel), asks, travel)
  if (fit === null) return null
  const { rows } = courseOf(inserted(vehicle, asks, fit), travel)
  return rows[ROW * fit.pickup + AT.beginDs]! / 10
}

async function planOf(
  city: Streets,
  { at, seats, nowMs, timeScale }: CarNow,
  rides: readonly DriverTrip[],
  more: readonly LngLat[],
): Promise<Plan> {
  const places: LngLat[] = [at]
  const roadDs = (ms: number): number => Math.round((ms / 100) * timeScale)
  const byRequest = new Map<PoolRequest, DriverTrip>()
  const onBoard: { request: PoolRequest; leftDs: number }[] = []
  const stops: PoolStop[] = []
  for (const ride of rides) {
    const next = targetOf(ride)
    if (next === null || ride.dest === null) continue
    const isAboard = ride.startedAtMs !== 0
    const origin = isAboard ? 0 : places.push(next) - 1
    const destination = places.push(ride.dest.at) - 1
    const request: PoolRequest = {
      id: ride.tag,
      ...{ origin, destination, seats: ride.asked.passengers, askedDs: 0 },
      latestPickupDs: roadDs(1000 * ride.terms.details.lateAt - nowMs),
      latestDropoffDs: FAR_DS,
      mostRideDs: mostRideDs(ride.agreed.secs),
    }
    byRequest.set(request, ride)
    if (isAboard) onBoard.push({ request, leftDs: -roadDs(nowMs - ride.startedAtMs) })
    else stops.push({ request, kind: 'pickup' })
    stops.push({ request, kind: 'dropoff' })
  }
  places.push(...more)
  const snapped = await Promise.all(places.map(place => city.snap(place)))
  const ds = await Promise.all(
    snapped.flatMap(from =>
      snapped.map(async to => {
        if (from === to) return 0
        const secs = from && to ? await city.distanceS(from, to) : Number.POSITIVE_INFINITY
        return Math.min(FAR_DS, Math.round(10 * secs))
      }),
    ),
  )
  const travel = poolTravel(places.length, ds, STOP_DS)
  const vehicle = { id: 'car', seats, place: 0, atDs: 0, onBoard, stops }
  return { vehicle: { ...vehicle, stops: orderStops(vehicle, travel) }, travel, rides: byRequest, places }
}
