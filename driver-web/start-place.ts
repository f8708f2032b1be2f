import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { PLACE_KEY } from './wheels.ts'

/** How far from the centre a car starts at most by chance, degrees. */
const SPREAD = 0.03

/** Where the simulated car stands at first: on its trip, where it was told, where it was left, or anywhere near the centre. */
export async function startPlace(
  { city, store, random }: Pick<ClientPorts, 'city' | 'store' | 'random'>,
  { city: { centre } }: Pick<AppConfig, 'city'>,
  trip: DriverTrip | null,
  wanted: LngLat | null,
): Promise<LngLat> {
  const known = trip?.here?.at ?? wanted ?? (await store.get<LngLat>(PLACE_KEY))
  if (known) return known
  for (let tries = 0; tries < 8; tries++) {
    const [a = 0, b = 0] = random(2)
    const near: LngLat = [centre[0] + (a / 255 - 0.5) * SPREAD, centre[1] + (b / 255 - 0.5) * SPREAD]
    const place = await city.snap(near)
    if (place) return place.at
  }
  return centre
}

/** The place in a page's address (`?at=lng,lat`), for the demo and its tests; null when there is none. */
export function placeInUrl(search: string): LngLat | null {
  const found = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(
    new URLSearchParams(search).get('at') ?? '',
  )
  if (!found) return null
  const [lng, lat] = [Number(found[1]), Number(found[2])]
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null
}
