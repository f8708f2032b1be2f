import type { LngLat } from '@hexhail/protocol/geo.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { CityInfo } from './city.ts'
import type { CityAnswer, CityArgs, CityMethod, CityResult } from './city-calls.ts'
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

/**
 * Talk to `city-worker.ts`, which the page starts: with Vite,
 * `import CityWorker from '@hexhail/streets/city-worker.ts?worker'` and `openCityWorker(new CityWorker())`.
 * Disposing ends the worker; calls still open are then rejected.
 */
export function openCityWorker(worker: Worker): AsyncCity {
  let lastId = 0
  let ended: Error | null = null
  const open = new Map<number, (answer: CityAnswer) => void>()
  const endAll = (error: Error): void => {
    ended = error
    for (const settle of open.values())
      settle({ id: 0, ok: false, code: 'CITY_WORKER', message: error.message })
    open.clear()
  }
  worker.onmessage = (event: MessageEvent<CityAnswer>) => {
    const settle = open.get(event.data.id)
    open.delete(event.data.id)
    settle?.(event.data)
  }
  worker.onerror = event =>
    endAll(new HexhailError('CITY_WORKER', `The city worker failed: ${event.message}. Reload the page.`))

  const call = <M extends CityMethod>(
    method: M,
    args: CityArgs<M>,
    options: CallOptions = {},
  ): Promise<CityResult<M>> =>
    new Promise((resolve, reject) => {
      const { signal } = options
      if (ended) return reject(ended)
      if (signal?.aborted) return reject(signal.reason)
      const id = ++lastId
      const giveUp = (): void => {
        open.delete(id)
        worker.postMessage({ cancel: id })
        reject(signal!.reason)
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      open.set(id, answer => {
        signal?.removeEventListener('abort', giveUp)
        if (answer.ok) resolve(answer.value as CityResult<M>)
        else reject(new HexhailError(answer.code, answer.message))
      })
      worker.postMessage({ id, method, args })
    })

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
      worker.terminate()
      endAll(new HexhailError('CITY_WORKER', 'The city was closed.'))
    },
  }
}
