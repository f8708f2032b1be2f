import { AT, type Course, ROW, UNBOUND } from './course.ts'
import { directDs, type PoolRequest, type PoolStop, type PoolTravel, type PoolVehicle } from './problem.ts'

/** Where a rider fits into a schedule: he boards before stop `pickup` and alights before stop `dropoff` as they are now. */
export interface PoolInsertion {
  /**
   * What it adds to the delays of all: of a rider, how much later he arrives than if he had been driven straight away at
   * once when he asked.
   */
  readonly costDs: number
  readonly pickup: number
  readonly dropoff: number
}

/**
 * The cheapest place of a request in a schedule that breaks nobody's bounds and makes nobody later who is late already;
 * null where there is none. Exact, since travel times are shortest times: all pairs of places are looked at but those
 * that no later one could mend. Ties: boards earlier, then alights earlier.
 */
export function bestInsertion(
  course: Course,
  request: PoolRequest,
  travel: PoolTravel,
): PoolInsertion | null {
  const { vehicle, loadNow, rows } = course
  const { places, ds, turnedDs, stopDs } = travel
  const { origin, destination, latestPickupDs, latestDropoffDs, mostRideDs } = request
  const straightDs = directDs(travel, request)
  const room = vehicle.seats - request.seats
  if (room < 0 || straightDs > mostRideDs) return null
  const rowO = origin * places
  const rowD = destination * places
  const wishedDs = request.askedDs + straightDs
  const end = rows.length - ROW
  let best = Number.POSITIVE_INFINITY
  let pickup = -1
  let dropoff = -1
  let place = vehicle.place
  let freeDs = vehicle.atDs
  let load = loadNow
  for (let i = 0; i <= end; i += ROW) {
    if (i > 0) {
      place = rows[i - ROW + AT.place]!
      freeDs = rows[i - ROW + AT.beginDs]! + stopDs
      load = rows[i - ROW + AT.load]!
    }
    const atDs = freeDs + turnedDs[rowO + place]!
    // Driven from stop to stop he is there no sooner later on.
    if (atDs > latestPickupDs) break
    if (load > room) continue
    const leftDs = atDs + stopDs
    const straight = leftDs + straightDs
    const isLast = i === end
    if (straight <= latestDropoffDs) {
      const shift = isLast ? 0 : straight + stopDs + ds[rowD + rows[i]!]! - rows[i + AT.beginDs]!
      const cost = straight - wishedDs + shift * rows[i + AT.dropoffs]!
      const fits = isLast || (shift <= rows[i + AT.slackDs]! && ridesHold(rows, i, i, shift, shift))
      if (fits && cost < best) {
        best = cost
        pickup = i
        dropoff = i
      }
    }
    if (isLast) break
    const shift = leftDs + ds[rowO + rows[i]!]! - rows[i + AT.beginDs]!
    if (shift > rows[i + AT.slackDs]!) continue
    const settled = rows[i + AT.dropoffs]!
    for (let j = i + ROW; j <= end && rows[j - ROW + AT.load]! <= room; j += ROW) {
      const downDs = rows[j - ROW + AT.beginDs]! + shift + stopDs + turnedDs[rowD + rows[j - ROW]!]!
      if (downDs > latestDropoffDs || downDs - leftDs > mostRideDs) break
      const rest = j === end ? 0 : downDs + stopDs + ds[rowD + rows[j]!]! - rows[j + AT.beginDs]!
      if (j < end && rest > rows[j + AT.slackDs]!) continue
      const after = rows[j + AT.dropoffs]!
      const cost = downDs - wishedDs + shift * (settled - after) + rest * after
      if (cost < best && ridesHold(rows, i, j, shift, rest)) {
        best = cost
        pickup = i
        dropoff = j
      }
    }
  }
  return pickup === -1 ? null : { costDs: best, pickup: pickup / ROW, dropoff: dropoff / ROW }
}

/** Whether nobody is under way for too long when rows from `i` on are `shift` later and those from `j` on `rest`. */
function ridesHold(rows: Int32Array, i: number, j: number, shift: number, rest: number): boolean {
  for (let k = i; k < rows.length - ROW; k += ROW) {
    const up = ROW * rows[k + AT.pickup]!
    const slack = rows[k + AT.rideSlackDs]!
    if (slack === UNBOUND || up >= j) continue
    const later = k < j ? shift : rest
    if (later - (up >= i ? shift : 0) > slack) return false
  }
  return true
}

/** The car with the rider in its schedule. */
export function inserted(
  vehicle: PoolVehicle,
  request: PoolRequest,
  { pickup, dropoff }: PoolInsertion,
): PoolVehicle {
  const stops: PoolStop[] = [
    ...vehicle.stops.slice(0, pickup),
    { request, kind: 'pickup' },
    ...vehicle.stops.slice(pickup, dropoff),
    { request, kind: 'dropoff' },
    ...vehicle.stops.slice(dropoff),
  ]
  return { ...vehicle, stops }
}
