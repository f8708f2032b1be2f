import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { type AsyncCity, openCityWorker } from '@hexhail/streets/city-client.ts'
import type { CityMap } from './parts/TripMap.tsx'

/** Degrees that the map may be moved beyond the city. */
const MARGIN = 0.35

/** The map of a city, whose streets are fetched when the first tile is asked for. */
export function cityMap(city: AppConfig['city'], openWorker: () => Worker, baseUrl: string): CityMap {
  let opened: Promise<AsyncCity> | null = null
  const open = async (): Promise<AsyncCity> => {
    const streets = openCityWorker(openWorker())
    await streets.load(new URL(city.url, baseUrl).href)
    return streets
  }
  const [west, south, east, north] = city.bounds
  return {
    tile: async (z, x, y, signal) => (await (opened ??= open())).tile(z, x, y, { signal }),
    centre: city.centre,
    zoom: 11,
    bounds: [
      [west - MARGIN, south - MARGIN],
      [east + MARGIN, north + MARGIN],
    ],
  }
}
