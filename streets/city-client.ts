import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { CityInfo } from './city.ts'
import type { DriverEta, Place, PlacedDriver, Route } from './router.ts'

/** One answer of the place search. */
export interface FoundPlace {
  readonly title: string
  readonly detail: string
  readonly at: LngLat
}

/** Every call can be given up. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** A city behind promises: in a worker (`openCityWorker`) or in the same thread (`createLocalCity`). */
export interface AsyncCity extends AsyncDisposable {
  /** Open a bundle; a string is a URL to fetch. Rejects with `HexhailError` where the bytes are no bundle. */
  load(source: string | Uint8Array, options?: CallOptions): Promise<CityInfo>
  /** The loaded city. */
  info(): Promise<CityInfo>
  snap(at: LngLat, options?: CallOptions): Promise<Place | null>
  distanceS(from: Place, to: Place, options?: CallOptions): Promise<number>
  nearest(
    drivers: readonly PlacedDriver[],
    rider: Place,
    k: number,
    options?: CallOptions,
  ): Promise<DriverEta[]>
  route(from: Place, to: Place, options?: CallOptions): Promise<Route | null>
  /** Places that match what was typed, best first. */
  find(text: string, near?: LngLat, limit?: number, options?: CallOptions): Promise<FoundPlace[]>
  /** Street and number nearest to a place: «Avenida 18 de Julio 1453». */
  nameAt(at: LngLat, options?: CallOptions): Promise<string>
  /** Mapbox vector tile; empty bytes where the city has nothing. */
  tile(z: number, x: number, y: number, options?: CallOptions): Promise<Uint8Array>
}

/** Talk to `city-worker.ts`: `openCityWorker(new Worker(new URL('…/city-worker.ts', import.meta.url), { type: 'module' }))`. */
export function openCityWorker(worker: Worker): AsyncCity {
  throw new Error(`City worker ${String(worker)} is not built yet.`)
}
