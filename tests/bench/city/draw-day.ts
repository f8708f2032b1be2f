import type { PoolRequest } from '@hexhail/matcher/pool/problem.ts'
import type { City } from '@hexhail/sim/city/city-times.ts'
import type { Seeded } from '@hexhail/sim/seeded.ts'
import type { Setting } from './settings.ts'

/** Share of a weekday's trips by hour, tenths of a percent: remembered of yellow taxis, so only the shape is like a day. */
const BY_HOUR = [
  32, 22, 15, 11, 9, 10, 23, 39, 48, 48, 46, 46, 49, 48, 50, 47, 42, 51, 62, 64, 60, 58, 55, 45,
]
const ALL = BY_HOUR.reduce((sum, share) => sum + share)
/** Nobody takes a car for less. */
const SHORTEST_DS = 300

/** The orders of a day: real pairs of places, each at any time of the day alike; times by Poisson and the hour's share. */
export function drawDay(city: City, setting: Setting, random: Seeded): PoolRequest[] {
  const requests: PoolRequest[] = []
  for (let hour = 0; hour < 24; hour++) {
    const perDs = (setting.orders * BY_HOUR[hour]!) / ALL / 36_000
    for (let t = 0; ; ) {
      t -= Math.log(1 - random.next()) / perDs
      if (t >= 36_000) break
      requests.push(drawRequest(`r${requests.length}`, Math.floor(36_000 * hour + t), city, setting, random))
    }
  }
  return requests
}

function drawRequest(
  id: string,
  askedDs: number,
  { nodes, times, trips }: City,
  { promise }: Setting,
  random: Seeded,
): PoolRequest {
  for (;;) {
    const trip = 2 * random.below(trips.length / 2)
    const [origin, destination] = [trips[trip]!, trips[trip + 1]!]
    const rideDs = times[origin * nodes + destination]!
    if (rideDs < SHORTEST_DS) continue
    const { waitS, delayS } = promise(rideDs / 10)
    const latestPickupDs = askedDs + Math.floor(10 * waitS)
    const latestDropoffDs = askedDs + rideDs + Math.floor(10 * delayS)
    const mostRideDs = latestDropoffDs - askedDs
    return { id, origin, destination, seats: 1, askedDs, latestPickupDs, latestDropoffDs, mostRideDs }
  }
}
