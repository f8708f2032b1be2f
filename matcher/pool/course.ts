import { type PoolTravel, type PoolVehicle, placeOf } from './problem.ts'

/** A car's schedule with all that follows from its stops. */
export interface Course {
  readonly vehicle: PoolVehicle
  /** Seats taken as the car comes to its next place. */
  readonly loadNow: number
  /** Rows of `ROW` numbers, one a stop and one behind the last: close together, since many cars are looked into. */
  readonly rows: Int32Array
}

/** Length of a row of `Course`. */
export const ROW = 8
/** What stands where in a row. */
export const AT = {
  place: 0,
  /** When boarding or alighting begins: as soon as the car is there. */
  beginDs: 1,
  /** Seats taken after the stop. */
  load: 2,
  /** How much later this stop and all after it may begin by their latest times; 0 where one is late already. */
  slackDs: 3,
  /** How many riders are set down from this stop on. */
  dropoffs: 4,
  /** Where the rider who is set down was picked up: a stop, or -1 for one on board. */
  pickup: 5,
  /** How much longer the rider who is set down may be under way; `UNBOUND` at a pickup. */
  rideSlackDs: 6,
} as const
/** No bound. */
export const UNBOUND = 2 ** 30

/** Works out a car's schedule. */
export function courseOf(vehicle: PoolVehicle, { places, ds, stopDs }: PoolTravel): Course {
  const { stops, onBoard } = vehicle
  const rows = new Int32Array(ROW * (stops.length + 1))
  let loadNow = 0
  for (const { request } of onBoard) loadNow += request.seats
  let place = vehicle.place
  let freeDs = vehicle.atDs
  let load = loadNow
  for (let k = 0, row = 0; k < stops.length; k++, row += ROW) {
    const stop = stops[k]!
    const { request, kind } = stop
    const to = placeOf(stop)
    const begin = freeDs + ds[place * places + to]!
    let pickup = -1
    let rideSlack = UNBOUND
    if (kind === 'pickup') load += request.seats
    else {
      load -= request.seats
      pickup = stops.findIndex(other => other.request === request)
      if (pickup === k) pickup = -1
      const rider = pickup === -1 && onBoard.find(each => each.request === request)
      const leftDs = rider ? rider.leftDs : rows[ROW * pickup + AT.beginDs]! + stopDs
      rideSlack = Math.min(UNBOUND, Math.max(0, request.mostRideDs - (begin - leftDs)))
    }
    rows[row + AT.place] = to
    rows[row + AT.beginDs] = begin
    rows[row + AT.load] = load
    rows[row + AT.pickup] = pickup
    rows[row + AT.rideSlackDs] = rideSlack
    place = to
    freeDs = begin + stopDs
  }
  for (let k = stops.length - 1, least = UNBOUND; k >= 0; k--) {
    const { request, kind } = stops[k]!
    const row = ROW * k
    const latestDs = kind === 'pickup' ? request.latestPickupDs : request.latestDropoffDs
    least = Math.max(0, Math.min(least, latestDs - rows[row + AT.beginDs]!))
    rows[row + AT.slackDs] = least
    rows[row + AT.dropoffs] = rows[row + ROW + AT.dropoffs]! + (kind === 'dropoff' ? 1 : 0)
  }
  return { vehicle, loadNow, rows }
}

/** The same schedule when the car has come on along a shortest way to its first stop, and made none. */
export const comeOn = ({ vehicle, loadNow, rows }: Course, place: number, atDs: number): Course => ({
  vehicle: {
    id: vehicle.id,
    seats: vehicle.seats,
    place,
    atDs,
    onBoard: vehicle.onBoard,
    stops: vehicle.stops,
  },
  loadNow,
  rows,
})
