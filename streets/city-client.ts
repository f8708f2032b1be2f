import type { LngLat } from '@hexhail/protocol/geo.ts'
import { type CallOptions, callWorker, type WorkerCalls } from './call-worker.ts'
import type { CityInfo } from './city.ts'
import type { PlaceKind } from './map/map-kinds.ts'
import type { DriverEta, Place, PlacedDriver, Route } from './router.ts'

/** What sort of answer of the search it is. */
export type FoundKind = 'street' | 'address' | 'corner' | 'stop' | PlaceKind

/** One answer of the place search. */
export interface FoundPlace {
  readonly kind: FoundKind
  /** What to show large: «Avenida 18 de Julio 1453». */
  readonly title: string
  /** What to show small, in the city's own words: the part of town, an address, the line of a stop. May be empty. */
  readonly detail: string
  readonly at: LngLat
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

/**
 * Talk to `city-worker.ts`, which the page starts: with Vite,
 * `import CityWorker from '@hexhail/streets/city-worker.ts?worker'` and `openCityWorker(new CityWorker())`.
 * Disposing ends the worker; calls still open are then rejected.
 */
export function openCityWorker(worker: Worker): AsyncCity {
  return cityOver(callWorker(worker))
}

/** The city behind a worker's calls. */
export function cityOver(calls: WorkerCalls): AsyncCity {
  const call = <M extends CityMethod>(
    method: M,
    args: CityArgs<M>,
    options?: CallOptions,
  ): Promise<CityResult<M>> => calls.call(method, args, options)
  return {
    load: (source, options) =>
      call(
        'load',
        [typeof source === 'string' ? new URL(source, globalThis.location?.href).href : source],
        options,
      ),
    info: () => call('info', []),
    snap: (at, options) => call('snap', [at], options),
    distanceS: (from, to, options) => call('distanceS', [from, to], options),
    nearest: (drivers, rider, k, options) => call('nearest', [drivers, rider, k], options),
    route: (from, to, options) => call('route', [from, to], options),
    find: (text, near, limit, options) => call('find', [text, near, limit], options),
    nameAt: (at, options) => call('nameAt', [at], options),
    tile: (z, x, y, options) => call('tile', [z, x, y], options),
    async [Symbol.asyncDispose]() {
      calls[Symbol.dispose]()
    },
  }
}

/** Names of the calls a city answers. */
type CityMethod = Exclude<keyof AsyncCity, typeof Symbol.asyncDispose>

/** Arguments of a call; a signal does not travel. */
type CityArgs<M extends CityMethod> =
  Parameters<AsyncCity[M]> extends [...infer A] ? Partial<A> & unknown[] : never

/** What a call gives. */
type CityResult<M extends CityMethod> = Awaited<ReturnType<AsyncCity[M]>>
